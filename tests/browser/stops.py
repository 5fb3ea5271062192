"""Every page of the site in many states: a site on which a lot has happened, and the way to each.

`STOPS` names each state; a page that nobody stops at makes `test_every_page.py` fail.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from course_text import lessons, role_play, whole
from people import Assessor, Auditor, Lead, Person, Trainee
from playwright.sync_api import Page, expect
from recorded import tone
from sites import Site

from peer_xblocks.core.role_play import RolePlay
from peer_xblocks.core.rubric import BehaviourKind, Criterion, Rubric

BOARD = "Example Certification Board"
SAID = (
    "Ask first.",
    "You were there.",
    "I saw you listen.",
    "I saw you stay.",
    "The wrong file.",
)
"""What people write that stands in a record, between facts in the words of the page."""
TALK = "Me: Stay, please.\n\nMe: I'm Toni, one of the peer supporters here."
KEYS = (
    "nothing-i-am-good-at",
    "back-to-drinking",
    "what-counts-here",
    "angry-advocate",
    "rounds-at-two",
    "have-you-been-through-this",
    "owning-a-mistake",
    "teach-me-what-you-do",
    "ten-weeks-at-sea",
    "two-good-options",
    "one-voice-fills-the-room",
    "somebody-for-pepper",
)
AMARA, LUIS, INGRID, TOMAS, WEN, RUTH, FARID = (
    "Amara Okonkwo",
    "Luis Herrera Vega",
    "Ingrid Solberg",
    "Tomás Reyes",
    "Wen Zhao",
    "Ruth Abernathy",
    "Farid Haddad",
)
KINDS = {AMARA: Trainee, LUIS: Trainee, RUTH: Lead, FARID: Auditor}
HAND_IN = "button[name=go][value=hand_in]"
NOBODY = "nobody"
OF = "pss-2026"
PX = "/peer_xblocks"


@dataclass(frozen=True)
class Stop:
    """One state of one page: who is there, where, and what they press once they are there."""

    who: str
    place: str
    press: tuple[str, ...] = ()
    """Selectors of what is pressed, one after the other; of a form, it is sent as it stands."""
    status: int = 200

    @property
    def name(self) -> str:
        """What a test is called by."""
        return " ".join((self.who.split()[0], self.place, *self.press))


STOPS = [
    Stop(NOBODY, "/sign-in"),
    Stop(AMARA, "/course/"),
    Stop(AMARA, "lesson answered"),
    Stop(AMARA, "lesson new"),
    *(
        Stop(LUIS, f"role play {step}")
        for step in (
            "note",
            "written",
            "recorder",
            "recording",
            "reflect",
            "prompted",
            "agreed",
            "observed",
        )
    ),
    Stop(LUIS, "role play note", ("button[name=go][value=brief]",)),
    Stop(LUIS, "role play recording", ("button[name=go][value=reflect]",)),
    Stop(LUIS, "role play reflect", (HAND_IN,)),
    Stop(LUIS, "role play reflect", (HAND_IN, "button[id$=-hand-in]")),
    Stop(LUIS, "role play sealed"),
    Stop(LUIS, "role play sealed", ("button[id$=-rate-self]",)),
    Stop(NOBODY, "partner asked"),
    Stop(NOBODY, "partner asked", ("form:has([name=agreed])",), 422),
    Stop(NOBODY, "partner agreed"),
    Stop(NOBODY, f"{PX}/partner/nothing/", status=404),
    Stop(LUIS, "partner asked", status=403),
    *(Stop(AMARA, f"dialogue {step}") for step in ("note", "talk", "end")),
    *(Stop(AMARA, f"plan {step}") for step in ("note", "written")),
    Stop(AMARA, "plan written", ("button[id$=-look]",)),
    Stop(AMARA, "portfolio"),
    Stop(AMARA, "portfolio", ("button[id$=-choose]",)),
    Stop(AMARA, "role play waiting"),
    Stop(AMARA, "role play result"),
    Stop(AMARA, "role play voided"),
    Stop(AMARA, f"{PX}/me/{OF}/"),
    Stop(AMARA, f"{PX}/me/{OF}/accommodations/"),
    Stop(AMARA, "result appealed"),
    Stop(AMARA, "result voided"),
    Stop(LUIS, "result"),
    Stop(LUIS, "result", ("form[action$='appeal/']",), 422),
    Stop(AMARA, f"{PX}/notices/"),
    Stop(AMARA, f"{PX}/ties/{OF}/"),
    Stop(AMARA, f"{PX}/ties/{OF}/", ("form[action$='declare/']",), 422),
    Stop(AMARA, "/course/nothing-here/", status=404),
    Stop(AMARA, f"{PX}/assess/", status=403),
    Stop(INGRID, "/course/"),
    Stop(INGRID, "guide"),
    Stop(INGRID, "lesson new"),
    Stop(INGRID, "role play note"),
    Stop(INGRID, f"{PX}/assess/"),
    Stop(INGRID, "desk written"),
    Stop(INGRID, "desk written", ("[data-keys]",)),
    Stop(INGRID, "review"),
    Stop(INGRID, f"{PX}/referrals/{OF}/"),
    Stop(TOMAS, f"{PX}/assess/"),
    Stop(TOMAS, "desk recording"),
    Stop(TOMAS, "desk recording", ("form[action$='refer/']",), 422),
    Stop(TOMAS, f"{PX}/ties/{OF}/"),
    Stop(WEN, "seat lost", status=409),
    Stop(WEN, f"{PX}/notices/"),
    Stop(RUTH, f"{PX}/lead/"),
    Stop(RUTH, f"{PX}/lead/progress/{OF}/"),
    Stop(RUTH, "seat"),
    Stop(RUTH, "case released and appealed"),
    Stop(RUTH, "case released and appealed", ("form[action$='appeal/']",), 422),
    Stop(RUTH, "case released and appealed", ("form[action$='correct/']",), 422),
    Stop(RUTH, "case voided"),
    Stop(RUTH, "case to settle"),
    Stop(RUTH, "case to settle", ("form[action$='settle/']",), 422),
    Stop(RUTH, "case to sign"),
    Stop(RUTH, "case to release"),
    Stop(RUTH, "case to release", ("form[action*='release/']",), 422),
    Stop(RUTH, "case to release", ("form[action$='void/']",), 422),
    Stop(RUTH, f"{PX}/lead/time/{OF}/"),
    Stop(RUTH, f"{PX}/lead/{OF}/assessors/"),
    Stop(RUTH, f"{PX}/lead/{OF}/ratings/"),
    Stop(RUTH, f"{PX}/lead/{OF}/ratings/?names=1"),
    Stop(RUTH, f"{PX}/lead/{OF}/ratings/?since=never", status=422),
    Stop(RUTH, f"{PX}/referrals/{OF}/"),
    Stop(RUTH, f"{PX}/ties/{OF}/"),
    Stop(FARID, f"{PX}/audit/{OF}/"),
    Stop(FARID, f"{PX}/audit/{OF}/?kind=rating"),
    Stop(FARID, f"{PX}/audit/{OF}/?since=never", status=422),
    *(Stop(FARID, f"record {kind}") for kind in ("Submission", "Rating", "Resolution", "Void")),
]


def ticks(rubric: Rubric, *harmful_in: Criterion) -> dict[str, list[str]]:
    """All of the basics on each criterion, and a harmful behaviour on the named ones instead."""
    kinds = {
        one.id: BehaviourKind.HARMFUL if one in harmful_in else BehaviourKind.BASIC
        for one in rubric.criteria
    }
    return {
        one.id: [b.id for b in one.of_kind(kinds[one.id])][: 1 if one in harmful_in else None]
        for one in rubric.criteria
    }


@dataclass
class World:
    """The people, each signed in, and where the named places are."""

    site: Site
    open_page: Callable[..., Page]
    folder: Path
    people: dict[str, Person] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.people[NOBODY] = Person(self.open_page(), self.site)
        for name in dict.fromkeys(stop.who for stop in STOPS if stop.who != NOBODY):
            kind = KINDS.get(name, Assessor)
            self.people[name] = kind(self.open_page(), self.site, hurries=True)
            self.people[name].sign_in(name)
        self.plays = [role_play(key) for key in KEYS]
        self._course()
        self._dialogues()
        self._plans()
        self._results()
        self._parked()
        self._at_the_desk()

    def address(self, stop: Stop) -> str:
        """Where a stop is on the site."""
        return self.places.get(stop.place, stop.place)

    def _here(self, name: str, person: Person) -> None:
        self.places[name] = person.page.url.removeprefix(self.site.url).partition("#")[0]

    def _unit(self, name: str, play: RolePlay) -> None:
        self.places[name] = f"/course/unit-{play.url_name}/"

    def _course(self) -> None:
        """A lesson with every check answered, half of them right, a reflection and the end."""
        amara = self.people[AMARA]
        first, second, *_ = lessons()
        amara.open_unit(first.title)
        for number, check in enumerate(first.checks):
            amara.answer(first, check, right=number % 2 == 0)
        amara.reflect_privately("A word to myself.")
        self._here("lesson answered", amara)
        self.places["lesson new"] = f"/course/unit-{second.url_name}/"
        guides = [guide for module in whole().modules for guide in module.guides]
        self.places["guide"] = f"/course/unit-{guides[0].url_name}/"

    def _dialogues(self) -> None:
        """A talk that is not begun, one in its middle, and one that is over."""
        amara = self.people[AMARA]
        note, talk, end, *_ = (one for module in whole().modules for one in module.dialogues)
        for step, one in (("note", note), ("talk", talk), ("end", end)):
            self.places[f"dialogue {step}"] = f"/course/unit-{one.url_name}/"
        for one, turns in ((talk, 1), (end, 30)):
            amara.go(f"/course/unit-{one.url_name}/")
            self._press(amara, "button[id$=-go]")
            for _turn in range(turns):
                if amara.page.locator(".px-debrief").count():
                    break
                if amara.page.locator("button[id$=-ask]").count():
                    self._press(amara, "button[id$=-ask]")
                amara.page.locator("input[name=choice]").first.check()
                self._press(amara, "button[id$=-say]")

    def _plans(self) -> None:
        """A plan that is not begun, and one with hints on it; the portfolio, with a lesson done."""
        amara = self.people[AMARA]
        note, written, *_ = (one for module in whole().modules for one in module.plans)
        for step, one in (("note", note), ("written", written)):
            self.places[f"plan {step}"] = f"/course/unit-{one.url_name}/"
        amara.go(self.places["plan written"])
        self._press(amara, "button[id$=-go]")
        amara.page.locator("textarea").first.fill("She will comply. Call 312-867-4455.")
        amara.page.locator("button[id$=-keep]").click()
        amara.sees("Only you see it.")
        self.places["portfolio"] = f"/course/unit-{whole().portfolio.url_name}/"

    @staticmethod
    def _press(person: Person, selector: str) -> None:
        """Press what leads on inside a block, and wait until what was pressed is gone."""
        pressed = person.page.locator(selector).first.element_handle()
        pressed.click()
        pressed.wait_for_element_state("hidden")

    def _results(self) -> None:
        """Results in every state that a lead meets."""
        amara, luis, ruth = self.people[AMARA], self.people[LUIS], self.people[RUTH]
        released, voided, to_sign, to_settle, to_release = self.plays[:5]
        self._rated(amara, released)
        self._release(released)
        amara.open_my_record()
        amara.page.get_by_role("link", name="Read the result").first.click()
        self._here("result appealed", amara)
        self._appeal(amara)
        self._unit("role play result", released)
        self._case("case released and appealed", released)
        self._rated(amara, voided)
        self._case("case voided", voided)
        self._void()
        self._unit("role play voided", voided)
        self.places["result voided"] = self.places["case voided"].replace(
            "/lead/", "/me/submission/"
        )
        self._rated(amara, to_sign, to_sign.rubric.criteria[0], third=True)
        self._case("case to sign", to_sign)
        self._rated(luis, to_settle, to_settle.rubric.criteria[0])  # Wen is tied, so no third
        self._case("case to settle", to_settle)
        self._rated(luis, self.plays[5])
        self._release(self.plays[5])
        luis.go(f"{PX}/notices/")
        luis.page.locator("form button[name=notice]").first.click()
        self._here("result", luis)
        self._rated(luis, to_release)
        self._case("case to release", to_release)
        ruth.go("/")

    def _rated(
        self, trainee: Person, play: RolePlay, *harmful_in: Criterion, third: bool = False
    ) -> None:
        assert isinstance(trainee, Trainee)
        trainee.role_play(play, TALK, BOARD)
        raters = [(INGRID, ()), (TOMAS, harmful_in), *([(WEN, ())] if third else [])]
        for name, harmful in raters:
            assessor = self.people[name]
            assert isinstance(assessor, Assessor)
            assessor.rate(play.rubric, ticks(play.rubric, *harmful))

    def _case(self, name: str, play: RolePlay) -> None:
        ruth = self.people[RUTH]
        assert isinstance(ruth, Lead)
        ruth.open_case(play.title)
        self._here(name, ruth)

    def _release(self, play: RolePlay) -> None:
        ruth = self.people[RUTH]
        assert isinstance(ruth, Lead)
        ruth.open_case(play.title)
        ruth.release("Ask first.", play.rubric.criteria[0], "You were there.")

    def _appeal(self, trainee: Person) -> None:
        page = trainee.page
        page.locator("details#appeal > summary").click()
        page.locator("input[name=ground]").first.check()
        page.locator("textarea[name=words]").fill("It was loud.")
        trainee.button("Send the appeal").click()
        trainee.sees("Your appeal is with a lead")

    def _void(self) -> None:
        ruth = self.people[RUTH]
        ruth.page.locator("details#void > summary").click()
        ruth.page.locator("input[name=cause]").first.check()
        ruth.page.locator("textarea[name=void_reason]").fill("The wrong file.")
        ruth.button("Void this submission").click()
        ruth.sees("This counts no more.")

    def _parked(self) -> None:
        """A role play in each of its steps: the draft stays where it was left."""
        luis = self.people[LUIS]
        assert isinstance(luis, Trainee)
        note, written, recorder, recording, reflect = self.plays[:3] + self.plays[6:8]
        self._unit("role play note", note)
        luis.open_unit(written.title)
        luis.begin()
        luis.say("Stay, please.")
        expect(luis.page.locator(".px-talk__turn--mine")).to_have_count(1)
        self._unit("role play written", written)
        luis.open_unit(recorder.title)
        luis.begin("Perform it with a partner")
        self._unit("role play recorder", recorder)
        for step, play in (("recording", recording), ("reflect", reflect)):
            luis.open_unit(play.title)
            luis.begin("Perform it with a partner")
            luis.add_recording(tone(self.folder))
            self._unit(f"role play {step}", play)
        luis.next("Next: look back")
        luis.look_back("I waited.")
        prompted, agreed = self.plays[8:10]
        luis.open_unit(prompted.title)
        luis.begin("Answer lines aloud")
        self._unit("role play prompted", prompted)
        luis.open_unit(recorder.title)
        self._link("partner asked", luis)
        luis.open_unit(agreed.title)
        luis.begin("Perform it with a partner")
        self._unit("role play agreed", agreed)
        self._link("partner agreed", luis)
        sealed = self.plays[11]
        luis.open_unit(sealed.title)
        luis.begin()
        luis.say("Stay, please.")
        luis.next("End here and look back")
        luis.look_back("I waited.")
        luis.next("Rate yourself")
        self._unit("role play sealed", sealed)
        luis.open_unit(self.plays[10].title)
        luis.begin("Perform it in the room")
        self._unit("role play observed", self.plays[10])
        partner = self.people[NOBODY]
        partner.go(self.places["partner agreed"])
        partner.page.locator("[name=code]").fill("R.")
        partner.page.locator("[name=agreed]").check()
        partner.page.locator("button[name=then][value=agree]").click()
        expect(partner.page.locator("[name=agreed]")).to_have_count(0)

    def _link(self, name: str, luis: Trainee) -> None:
        """Make a link for a partner."""
        luis.button("Make the link for my partner").click()
        made = luis.page.locator("input[id$=-link]")
        expect(made).to_be_visible()
        self.places[name] = made.input_value().removeprefix(self.site.url)

    def _at_the_desk(self) -> None:
        """A written performance and a recording, each at a desk; a worry told; a seat lost."""
        amara, ruth = self.people[AMARA], self.people[RUTH]
        ingrid, tomas, wen = (self.people[name] for name in (INGRID, TOMAS, WEN))
        assert isinstance(amara, Trainee)
        spoken, said = role_play("the-clinics-goal"), self.plays[4]
        amara.with_a_partner(spoken, tone(self.folder))
        for assessor in (tomas, wen):
            assert isinstance(assessor, Assessor)
            assessor.take_next()
        self._here("desk recording", tomas)
        self._here("seat lost", wen)
        criterion = spoken.rubric.criteria[0]
        assert isinstance(wen, Assessor)
        wen.tick(criterion, ticks(spoken.rubric)[criterion.id])
        wen.button("Save for later").click()
        self._hand_on(ruth)
        self._worry(tomas)
        amara.role_play(said, TALK)
        self._unit("role play waiting", said)
        assert isinstance(ingrid, Assessor)
        ingrid.take_next()
        if spoken.title in ingrid.page.get_by_role("heading", level=1).inner_text():
            ingrid.button("Pass this one on").click()
            ingrid.take_next()
        self._here("desk written", ingrid)
        first, *_ = said.rubric.criteria
        ingrid.tick(first, ticks(said.rubric)[first.id])
        ingrid.quote(first, "Stay, please.")
        ingrid.comment_overall("I saw you stay.")
        ingrid.review()
        self._here("review", ingrid)
        ruth.go(f"{PX}/lead/progress/{OF}/")
        ruth.page.get_by_role("link", name="Keep for somebody").first.click()
        self._here("seat", ruth)
        farid = self.people[FARID]
        assert isinstance(farid, Auditor)
        for kind in ("Submission", "Rating", "Resolution", "Void"):
            farid.open_oldest(kind)
            self._here(f"record {kind}", farid)

    def _hand_on(self, ruth: Person) -> None:
        ruth.go(f"{PX}/lead/progress/{OF}/")
        held = ruth.page.get_by_role("listitem").filter(has_text=WEN).last
        held.get_by_role("link").click()
        ruth.page.locator("button[name=then][value=free]").click()
        expect(
            ruth.page.get_by_role("heading", level=1, name="What is being rated")
        ).to_be_visible()

    def _worry(self, tomas: Person) -> None:
        page = tomas.page
        page.get_by_text("Worried about a real person?").click()
        page.locator("form[action$='refer/'] textarea").fill("He slept in his car.")
        page.locator("form[action$='refer/'] button").click()
        tomas.sees("and to nobody else")
