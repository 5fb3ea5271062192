"""Generated values: anything that an author could have written, for laws that always hold."""

from datetime import date

from hypothesis import strategies as st

from peer_xblocks.core.dialogue import (
    Amount,
    Benefit,
    Choice,
    Dialogue,
    Effects,
    Ending,
    Meters,
    Person,
    Scene,
    StoryTold,
)
from peer_xblocks.core.fact import Fact, FactSource
from peer_xblocks.core.lesson import Check, HoursKind, Lesson, Option, Reflection, Source, Text
from peer_xblocks.core.plan import (
    CasePerson,
    Column,
    FieldForm,
    PlanField,
    PlanKind,
    PlanTemplate,
    Section,
    StepPart,
)
from peer_xblocks.core.plan import (
    Check as Gentle,
)
from peer_xblocks.core.role_play import OtherScene, RolePlay
from peer_xblocks.core.rubric import (
    Behaviour,
    BehaviourKind,
    Criterion,
    CriticalError,
    CriticalErrors,
    PassRule,
    PointLevel,
    Rubric,
)
from peer_xblocks.core.scenario import (
    ActorPart,
    Anchor,
    AssessorPart,
    Cue,
    Mode,
    Prompt,
    PromptedLine,
    Scenario,
    ScenarioCritical,
    TraineePart,
)

# Everything that XML can hold, with what YAML and Markdown are touchy about drawn more often.
_CHARACTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
_TOUCHY = st.sampled_from([*" \n\t:#-'\"|>*&!%@`{}[],?~\\<\u0085\u2028é", "\n\n", "no", "12"])
_ANY = st.lists(st.one_of(_CHARACTERS, _TOUCHY), min_size=1, max_size=30).map("".join)

slugs = st.from_regex(r"\A[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?\Z")
lines = _ANY.map(str.strip).filter(bool)
proses = _ANY.map(lambda text: text.strip("\n").rstrip()).filter(bool)
maybe = st.one_of(st.just(""), _ANY)
competencies = st.lists(st.sampled_from(["I.1", "IX.2", "XII.10"]), max_size=3).map(tuple)
days = st.dates(min_value=date(1900, 1, 1))


def _tuples(of: st.SearchStrategy, least: int = 0, by=None) -> st.SearchStrategy:
    return st.lists(of, min_size=least, max_size=3, unique_by=by).map(tuple)


def _id(value) -> str:
    return value.id


sources = st.builds(
    Source,
    id=slugs,
    title=lines,
    author=maybe,
    url=maybe,
    as_of=days,
    status=st.sampled_from(["checked", "recalled"]),
)
facts = st.builds(
    Fact,
    id=slugs,
    area=st.sampled_from(["crisis", "benefits", "other"]),
    text=lines,
    about=lines,
    source=st.builds(FactSource, title=lines, author=maybe, url=maybe),
    as_of=days,
    valid_until=st.none() | days,
    status=st.sampled_from(["checked", "recalled"]),
)
texts = st.builds(Text, markdown=proses)
options = st.builds(Option, id=slugs, text=lines, feedback=proses, correct=st.just(False))


@st.composite
def checks(draw) -> Check:
    """A knowledge check with at least one right answer."""
    found = list(draw(_tuples(options, 2, _id)))
    right = draw(st.sets(st.integers(0, len(found) - 1), min_size=1))
    found = [o.model_copy(update={"correct": n in right}) for n, o in enumerate(found)]
    multiple = len(right) > 1 or draw(st.booleans())
    return Check(id=draw(slugs), question=draw(proses), multiple=multiple, options=tuple(found))


reflections = st.builds(Reflection, id=slugs, prompt=proses, hint=maybe)


@st.composite
def lessons(draw) -> Lesson:
    """A lesson with parts of every kind."""
    blocks = draw(_tuples(st.one_of(checks(), reflections), 0, _id))
    parts: list = list(blocks) or [draw(texts)]
    if draw(st.booleans()) and blocks:
        parts.insert(draw(st.integers(0, len(parts))), draw(texts))
    return Lesson(
        url_name=draw(slugs),
        title=draw(lines),
        minutes=draw(st.integers(1, 600)),
        hours_kind=draw(st.sampled_from(HoursKind)),
        competencies=draw(competencies),
        objectives=draw(_tuples(lines)),
        sources=draw(_tuples(sources)),
        facts=draw(_tuples(facts)),
        parts=tuple(parts),
    )


@st.composite
def rubrics(draw, key: str | None = None) -> Rubric:
    """A rubric of behaviours and of plain levels."""
    criteria = []
    for number in range(draw(st.integers(1, 3))):
        of_behaviours = draw(st.booleans())
        behaviours = [
            Behaviour(id=f"c{number}-{n}", kind=kind, text=draw(lines))
            for n, kind in enumerate(
                [BehaviourKind.BASIC, *draw(st.lists(st.sampled_from(BehaviourKind), max_size=3))]
            )
        ]
        points = draw(_tuples(st.builds(PointLevel, text=lines), 1, lambda p: p.level))
        criteria.append(
            Criterion(
                id=f"c{number}",
                title=draw(lines),
                question=draw(lines),
                critical=draw(st.booleans()),
                competencies=draw(competencies),
                behaviours=tuple(behaviours) if of_behaviours else (),
                levels=() if of_behaviours else points,
                no_opportunity_hint=draw(maybe),
            )
        )
    return Rubric(
        key=key or draw(slugs),
        title=draw(lines),
        edition=draw(st.integers(1, 99)),
        summary=draw(lines),
        not_scored=draw(_tuples(lines)),
        pass_rule=PassRule(others_below_3_at_most=draw(st.integers(0, 3))),
        criteria=tuple(criteria),
    )


_codes = st.integers(0, 99).map(lambda n: f"CE-{n}")
cues = st.builds(Cue, when=lines, then=lines)
prompts = st.builds(Prompt, id=slugs, prompt=lines)
critical_errors = st.builds(
    CriticalErrors,
    title=lines,
    edition=st.integers(1, 9),
    errors=_tuples(
        st.builds(
            CriticalError,
            code=_codes,
            title=lines,
            text=lines,
            counts=_tuples(lines),
            does_not_count=_tuples(lines),
        ),
        1,
        lambda e: e.code,
    ),
)
scenarios = st.builds(
    Scenario,
    key=slugs,
    title=lines,
    code=lines,
    edition=st.integers(1, 9),
    rubric=slugs,
    minutes=st.integers(1, 120),
    modes=_tuples(st.sampled_from(Mode), 1),
    competencies=competencies.filter(bool),
    setting=proses,
    content_note=proses,
    support=proses,
    trainee=st.builds(
        TraineePart,
        brief=proses,
        aims=_tuples(lines),
        ways_to_say_no=proses,
        reflection=_tuples(prompts, 1),
        de_role=proses,
    ),
    actor=st.builds(
        ActorPart,
        name=lines,
        age=st.integers(0, 120),
        pronouns=lines,
        character=proses,
        opening_line=lines,
        reveals=_tuples(cues),
        escalation=_tuples(cues),
        never=_tuples(lines),
        stop_word=lines,
        de_role=proses,
        prompted_lines=_tuples(st.builds(PromptedLine, id=slugs, text=lines, cue=maybe)),
    ),
    assessor=st.builds(
        AssessorPart,
        overview=proses,
        listen_for=_tuples(lines),
        critical=_tuples(st.builds(ScenarioCritical, code=_codes, when=lines)),
        anchors=_tuples(st.builds(Anchor, level=st.integers(1, 4), text=proses)),
        safeguarding=proses,
    ),
    note_for_authors=st.one_of(st.just(""), proses),
    sources=_tuples(sources),
)


other_scenes = st.builds(
    OtherScene,
    url_name=slugs,
    title=lines.map(lambda text: text[:200]),
    minutes=st.integers(1, 120),
    content_note=proses,
)


@st.composite
def role_plays(draw) -> RolePlay:
    """A role play whose parts belong together."""
    scenario = draw(scenarios)
    title = draw(st.one_of(st.just(scenario.title[:200]), lines.map(lambda t: t[:200])))
    return RolePlay(
        url_name=draw(slugs),
        title=title,
        formative=draw(st.booleans()),
        prompted_counts=draw(st.booleans()),
        others=tuple(draw(st.lists(other_scenes, max_size=2))),
        scenario=scenario,
        rubric=draw(rubrics(key=scenario.rubric)),
        critical_errors=draw(critical_errors),
    )


_effects = st.builds(Effects, **dict.fromkeys(("trust", "hope", "choice"), st.integers(-3, 3)))
_heights = dict.fromkeys(("trust", "hope", "choice", "safety"), st.integers(0, 10))
_told = st.builds(
    StoryTold,
    amount=st.sampled_from(Amount),
    benefit=st.sampled_from(Benefit),
    purpose=lines,
    length=lines,
    feelings=lines,
    hope=lines,
)
_maybe_prose = st.one_of(st.just(""), proses)


@st.composite
def dialogues(draw) -> Dialogue:
    """A dialogue of any shape: rounds, lost scenes and all."""
    ids = draw(st.lists(slugs, min_size=2, max_size=7, unique=True))
    cut = draw(st.integers(1, len(ids) - 1))
    scenes = []
    for name in ids[:cut]:
        tells = draw(st.booleans())
        choices = [
            Choice(
                id=one,
                words=draw(proses),
                effects=draw(_effects),
                note=draw(proses),
                competency=draw(st.sampled_from(["I.1", "IX.2", "XII.10"])),
                behaviour=draw(lines),
                told=draw(_told) if tells else None,
                next=draw(st.sampled_from(ids)),
            )
            for one in draw(st.lists(slugs, min_size=2, max_size=4, unique=True))
        ]
        scenes.append(
            Scene(
                id=name,
                speaker=draw(maybe),
                shows=draw(_maybe_prose),
                says=draw(proses),
                own_words=draw(_maybe_prose),
                role_modeling=tells,
                choices=tuple(choices),
            )
        )
    endings = [
        Ending(
            id=name,
            name=draw(lines),
            shows=draw(_maybe_prose),
            says=draw(_maybe_prose),
            left=draw(proses),
            to_you=draw(proses),
        )
        for name in ids[cut:]
    ]
    return Dialogue(
        url_name=draw(slugs),
        title=draw(lines),
        minutes=draw(st.integers(1, 120)),
        person=draw(
            st.builds(Person, name=lines, age=st.integers(0, 120), pronouns=lines, want=proses)
        ),
        place=draw(lines),
        content_note=draw(proses),
        support=draw(proses),
        way_out=draw(proses),
        brief=draw(proses),
        start=draw(st.builds(Meters, **_heights)),
        scenes=tuple(scenes),
        endings=tuple(endings),
    )


@st.composite
def _plan_field(draw, name: str, strengths: str) -> PlanField:
    form = draw(st.sampled_from(FieldForm))
    ids = draw(st.lists(slugs, min_size=1, max_size=3, unique=True))
    parts = [StepPart.WHAT, *(draw(st.none() | st.sampled_from(StepPart)) for _one in ids[1:])]
    is_table = form == FieldForm.TABLE
    checks = [Gentle.FIRST_PERSON, Gentle.DEFICIT_LANGUAGE, Gentle.WORKERS_GOAL]
    checks += [Gentle.SMALL_STEP] if is_table else []
    used = draw(st.sampled_from(["", strengths]))
    chosen = draw(st.lists(st.sampled_from(checks), unique=True, max_size=3))
    return PlanField(
        id=name,
        label=draw(lines),
        form=form,
        hint=draw(_maybe_prose),
        example=draw(_maybe_prose),
        needed=draw(st.booleans()),
        rows=draw(st.integers(1, 6)),
        competencies=draw(competencies.filter(bool)),
        columns=[
            Column(id=one, label=draw(lines), part=part)
            for one, part in zip(ids, parts, strict=True)
            if is_table
        ],
        checks=(*chosen, *([Gentle.STRENGTHS_USED] if used else [])),
        strengths=used,
    )


@st.composite
def plan_templates(draw) -> PlanTemplate:
    """A plan template of any shape that fits on a page."""
    ids = draw(st.lists(slugs, min_size=3, max_size=6, unique=True))
    first, listed, *rest = ids
    strengths = PlanField(id=listed, label=draw(lines), form=FieldForm.LIST, competencies=["I.1"])
    fields = [draw(_plan_field(one, listed)) for one in rest]
    return PlanTemplate(
        url_name=draw(slugs),
        title=draw(lines),
        kind=draw(st.sampled_from(PlanKind)),
        minutes=draw(st.integers(1, 240)),
        person=CasePerson(
            name=draw(lines),
            age=draw(st.none() | st.integers(0, 120)),
            pronouns=draw(maybe),
            situation=draw(proses),
        ),
        content_note=draw(proses),
        support=draw(proses),
        way_out=draw(proses),
        brief=draw(proses),
        sections=[
            Section(
                id=first, title=draw(lines), about=draw(_maybe_prose), fields=[strengths, *fields]
            )
        ],
    )
