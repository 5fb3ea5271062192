"""The gentle hints of a plan: what they point out, and the good sentences they leave alone."""

import pytest

from peer_xblocks.authoring import plan_words
from peer_xblocks.core.plan import (
    CasePerson,
    Check,
    Column,
    FieldForm,
    PlanField,
    PlanKind,
    PlanTemplate,
    Section,
    StepPart,
)
from peer_xblocks.core.plan_checks import hints
from peer_xblocks.core.plan_content import Plan

STEPS = [
    Column(id="what", label="What", part=StepPart.WHAT),
    Column(id="who", label="Who", part=StepPart.WHO),
    Column(id="when", label="By when", part=StepPart.WHEN),
    Column(id="known", label="How we know", part=StepPart.KNOWN),
]
FIELDS = [
    PlanField(
        id="goal",
        label="Goal",
        form=FieldForm.TEXT,
        competencies=["V.1"],
        checks=[Check.FIRST_PERSON, Check.WORKERS_GOAL, Check.DEFICIT_LANGUAGE],
    ),
    PlanField(id="strengths", label="Strengths", form=FieldForm.LIST, competencies=["IV.3"]),
    PlanField(
        id="steps",
        label="Steps",
        form=FieldForm.TABLE,
        columns=STEPS,
        competencies=["V.2"],
        checks=[Check.SMALL_STEP, Check.STRENGTHS_USED],
        strengths="strengths",
    ),
]
TEMPLATE = PlanTemplate(
    url_name="plan-x",
    title="A plan",
    kind=PlanKind.SERVICE,
    minutes=10,
    person=CasePerson(name="Marisela Quintanilla", situation="She sold tamales."),
    content_note="None.",
    support="Somebody.",
    way_out="Any time.",
    brief="Write it.",
    sections=[Section(id="all", title="All", fields=FIELDS)],
)


def found(plan: Plan) -> set[str]:
    """The checks that have something to say about a plan."""
    return {one.check for one in hints(TEMPLATE, plan, plan_words.known())}


def about_goal(text: str) -> set[str]:
    """The checks that have something to say about a goal."""
    return found(Plan(texts={"goal": text}))


def step(what: str, when: str = "Friday", who: str = "Lupe", known: str = "It rang") -> Plan:
    """A plan with one step."""
    row = {"what": what, "who": who, "when": when, "known": known}
    return Plan(rows={"steps": [{name: text for name, text in row.items() if text}]})


@pytest.mark.parametrize(
    "text",
    [
        "I want them waiting for me at five thirty again. With their dollar bills out already.",
        "“I want a chair that’s mine, and somebody waiting at seven.”",
        "Hair on the floor by noon.",
        "To see my daughter the whole weekend",
        "My sister says she will come, and she will.",
        "I’d like to bite into corn in August.",
        "I want to stay sober so I can drive the bus again.",
        "I want to take my meds as prescribed until the baby is here.",
        "Marisela’s corner, open at five.",
        "Somebody to eat with on Sundays",
        "Quiero vender tamales otra vez.",
        "I'm an addict and I want my kids back.",
        "I don't want to hear “noncompliant” ever again.",
        "A clean kitchen, and the dirty boots outside.",
        "I refuse to let go of the house.",
        "We want to keep the room for whoever comes.",
        "I want to attend my granddaughter's recital.",
        "Go to mass with my comadre every Sunday",
        "I want to manage my own money.",
        "Reduce the rent I pay",
        "Be home when Nico is home, and we cook.",
        "I want to complete high school.",
        "Nobody laughs at me in my house",
    ],
)
def test_good_goals_are_left_alone(text: str):
    """What people say of their own lives, in whatever form, raises nothing."""
    assert about_goal(text) == set()


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("Client will explore vocational options.", "first_person"),
        ("The resident needs to improve his hygiene.", "first_person"),
        ("Marisela will get up on time.", "first_person"),
        ("She wants to sell tamales again.", "first_person"),
        ("Patient will comply with medication.", "workers_goal"),
        ("I will comply with my medication regimen.", "workers_goal"),
        ("Attend all appointments and groups", "workers_goal"),
        ("Increase socialization", "workers_goal"),
        ("Maintain sobriety for 90 days.", "workers_goal"),
        ("Get better at it, since she is non-compliant.", "deficit_language"),
        ("Work on poor insight", "deficit_language"),
        ("Help with substance abuse", "deficit_language"),
    ],
)
def test_what_speaks_for_the_person_is_pointed_out(text: str, check: str):
    """The words of files are found, whatever else is."""
    assert check in about_goal(text)


@pytest.mark.parametrize(
    ("what", "when"),
    [
        ("Ring Lupe and ask about the stove", "Friday"),
        ("Set two alarms", "tonight"),
        ("Walk to the corner and back", "every morning for a week"),
        ("Knead one batch of masa", "in two weeks"),
        ("Ask what the card costs", "December 3"),
        ("Fold husks with Nico", "next Thursday"),
        ("Sit on the step", "within 10 days"),
        ("Go by the yard at shift change", "in a week"),
    ],
)
def test_small_steps_are_left_alone(what: str, when: str):
    """A step that somebody could do this week raises nothing."""
    assert found(step(what, when)) == set()


@pytest.mark.parametrize(
    ("what", "when"),
    [
        ("Ring Lupe", "in three months"),
        ("Ring Lupe", "ongoing"),
        ("Ring Lupe", "within the next 6 weeks"),
        ("Ring Lupe", "by the end of the year"),
        ("Ring Lupe", "TBD"),
        ("Ring Lupe", ""),
        ("Ring Lupe, and then pay for the card", "Friday"),
        ("Ring Lupe; get the cooler", "Friday"),
        ("one two three " * 9, "Friday"),
    ],
)
def test_steps_that_are_large_or_open_are_pointed_out(what: str, when: str):
    """Several in one, no day, or a day far off."""
    assert found(step(what, when)) == {"small_step"}


def test_what_is_open_in_a_step_is_named():
    """One hint tells all that is missing, at the row where it is."""
    plan = Plan(rows={"steps": [{}, {"what": "Ring Lupe", "when": "Friday"}]})
    (one,) = hints(TEMPLATE, plan, plan_words.known())
    assert (one.field, one.row) == ("steps", 1)
    assert one.sentence == "Still open here: who does it, how you will know."


@pytest.mark.parametrize(
    ("strength", "what", "is_seen"),
    [
        ("Cooks for thirty without a recipe", "Cook one pot for the yard", True),
        ("Knows her masa by its sound", "Knead the masa and listen", True),
        ("Knows her masa by its sound", "Pay forty dollars at the county window", False),
        ("", "Pay forty dollars at the county window", True),
    ],
)
def test_strengths_are_looked_for_in_steps(strength: str, what: str, is_seen: bool):
    """A word of a strength in a step is enough, in any of its forms; no strengths, no hint."""
    rows = {"steps": step(what).rows["steps"]}
    rows |= {"strengths": [{"item": strength}]} if strength else {}
    assert (found(Plan(rows=rows)) == set()) is is_seen


@pytest.mark.parametrize(
    "text",
    [
        "Call 988 or 911 at any hour.",
        "Bus 6 at 6:15, then 20 minutes on foot",
        "40 a week in the can, 1,040 by May",
        "On 12/03 at ten",
        "Thursday, December 3, 2026",
        "Two doors from Fifth and Main",
        "The third slot, folder 212",
        "1-800-273-8255",
        "555-0134 is the number in the film",
        "somebody@example.org",
        "Section 504, 28 CFR 35.160",
        "Born in the year of the flood",
        "12 steps, and the way home",
    ],
)
def test_nothing_private_is_left_alone(text: str):
    """Times, amounts, days ahead and help lines are nobody's private facts."""
    assert about_goal(f"I want this: {text}") == set()


@pytest.mark.parametrize(
    "text",
    [
        "Lupe, (212) 736-5000",
        "212.736.5000",
        "lupe.q@mail.com",
        "078-05-1120",
        "born on 3/14/1971",
        "DOB: 1971-03-14",
        "date of birth is March 14, 1971",
        "03/14/1971",
        "1426 Alder Street",
        "88 N. Division St. back door",
    ],
)
def test_what_may_be_private_is_pointed_out_in_every_field(text: str):
    """Also where no other check looks, as in a list."""
    assert found(Plan(rows={"strengths": [{"item": f"She has {text}"}]})) == {"private"}
