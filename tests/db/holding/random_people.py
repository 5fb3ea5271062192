"""Random people who do random things in one programme, and what has to hold after each of them."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any, ClassVar

from django.contrib.auth.models import User
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from peer_xblocks.assessment.api import (
    all_ratings,
    appeals,
    assessors,
    assignments,
    corrections,
    drafts,
    feedback,
    notices,
    queue,
    ratings,
    releases,
    resolutions,
    seats,
    ties,
    voids,
)
from peer_xblocks.assessment.listed import RatingsWanted
from peer_xblocks.assessment.models import CaseRecord, RatingRecord, ReleaseRecord, Seat, Tie
from peer_xblocks.assessment.values import Ground
from peer_xblocks.core.errors import Error
from peer_xblocks.core.rating import Rating
from peer_xblocks.core.record import Change, Role
from peer_xblocks.core.resolution import Signed
from peer_xblocks.records.api import checkpoints, grants, programmes
from peer_xblocks.work.api import submissions
from tests.db.assessment.rating import GOALS
from tests.db.holding.promises import Promises
from tests.db.work.scene import RUBRIC, hand_in, place
from tests.unit.core.performances import CODES, rating

ROLES = {
    "tara": (Role.TRAINEE,),
    "theo": (Role.TRAINEE,),
    "anna": (Role.ASSESSOR,),
    "ben": (Role.ASSESSOR,),
    "cleo": (Role.ASSESSOR,),
    "dora": (Role.ASSESSOR,),
    "lea": (Role.LEAD,),
    "leo": (Role.LEAD, Role.TRAINEE),
}
TRAINEES = st.sampled_from(["tara", "theo", "leo"])
RATERS = st.sampled_from(["anna", "ben", "cleo", "dora", "ben", "cleo", "lea", "leo"])
LEADS = st.sampled_from(["lea", "leo"] * 4 + list(ROLES))
SCENES = st.sampled_from(["one", "two"])
LEVELS = st.sampled_from([(3, 3, 3)] * 3 + [(3, 4, 3), (3, 1, 3), (2, 2, 4), (None, 3, 3)])
ERRORS = st.sampled_from([(), (), (), CODES[:1]])
NUMBERS = st.integers(0, 5)
HOW = st.sampled_from(["dismissed", "corrected", "rated_anew", "rated_anew"])
KINDS = st.sampled_from(["trainer", "family", "no such kind"])
State = CaseRecord.State
_programmes, _canaries, _keys = count(), count(), count()


class RandomPeople(RuleBasedStateMachine):
    """Trainees hand in, assessors rate, leads sign; in any order, and as often as they like."""

    users: ClassVar[dict[str, User]]

    @initialize(rated=st.lists(st.tuples(RATERS, LEVELS), min_size=3, max_size=8))
    def begin(self, rated: list[tuple[str, Any]]) -> None:
        """A programme of its own, with two submissions, one of them on some part of its way, and
        some ratings.
        """
        number = next(_programmes)
        self.programme = f"random-{number}"
        course = f"course-v1:Random+{self.programme}+2026"
        programmes.create(None, self.programme, "Random", course, {})
        for name, roles in ROLES.items():
            for role in roles:
                grants.give(None, self.users[name], self.programme, role)
        for name in ("anna", "cleo", "leo"):
            assessors.qualify(self.users["lea"], self.users[name], self.programme, RUBRIC.key)
        self.promises = Promises(self.programme, self.users)
        self.pressed: dict[str, tuple[Any, ...]] = {}
        self.steps = 0
        self.hand_in("tara", "one")
        self.come_far(number % 4)
        self.hand_in("theo", "one")
        for who, levels in rated:
            self.take_and_rate_plainly(who, levels)

    def come_far(self, stage: int) -> None:
        """Let the first submission stay as it is, be disputed, be released, or be rated anew."""
        if stage:
            self.take_and_rate_plainly("anna", (3, 3, 3))
            self.take_and_rate_plainly("ben", (3, 1, 3) if stage == 1 else (3, 3, 3))
        if stage == 2:
            self.release("lea", 0)
        if stage == 3:
            self.release_and_hear("lea", 0, "rated_anew")

    def act(self, who: str, does: Callable[..., Any], *args: Any, **more: Any) -> Any:
        """What somebody is shown when they do something; None when they are refused."""
        try:
            shown = does(self.users[who], *args, **more)
            shown = tuple(shown) if isinstance(shown, Iterator) else shown
        except Error as refused:
            self.promises.check_shown(who, (str(refused), refused.facts))
            return None
        self.promises.check_shown(who, shown)
        return shown

    def key(self) -> str:
        """A fresh key."""
        return f"key {next(_keys)}"

    def submission(self, number: int, *states: str, **how: Any) -> str:
        """One of the submissions: one of these states where there is one and the number is low."""
        every = CaseRecord.objects.filter(programme=self.programme).order_by("id")
        fitting = every.filter(state__in=states, **how).values_list("submission", flat=True)
        ids = (number < 4 and list(fitting)) or list(every.values_list("submission", flat=True))
        return ids[number % len(ids)]

    def held(self, who: str) -> str | None:
        """The seat that somebody holds."""
        mine = Seat.objects.filter(programme=self.programme, holder=self.users[who])
        return mine.values_list("uuid", flat=True).first()

    @rule(who=TRAINEES, scene=SCENES)
    def hand_in(self, who: str, scene: str) -> None:
        """Somebody hands in."""
        self.act(who, submissions.submit, place(scene, self.programme), hand_in(), self.key())

    @rule(who=RATERS)
    def press(self, who: str) -> None:
        """Somebody takes a seat."""
        self.act(who, seats.take_next, self.programme)

    @rule(who=RATERS, levels=LEVELS, errors=ERRORS, asks=st.sampled_from([False, False, True]))
    def take_and_rate(self, who: str, levels: Any, errors: Any, asks: bool) -> None:
        """Somebody rates the seat they hold, or the next."""
        self.press(who)
        if seat := self.held(who):
            one = self.marked(who, rating(levels, errors, asks))
            self.pressed[who] = (seat, one, self.key())
            self.act(who, ratings.submit, *self.pressed[who])

    @rule(who=RATERS, levels=LEVELS)
    def take_and_rate_plainly(self, who: str, levels: Any) -> None:
        """The same, more often than anything else."""
        self.take_and_rate(who, levels, (), False)

    @rule(who=RATERS, again=st.booleans())
    def press_submit_again(self, who: str, again: bool) -> None:
        """The last press comes again, or the same seat with another rating."""
        if who in self.pressed:
            seat, one, key = self.pressed[who]
            other = self.marked(who, rating((4, 4, 4)))
            before = RatingRecord.objects.count()
            self.act(who, ratings.submit, seat, one if again else other, key if again else "other")
            still_held = again or seat == self.held(who)
            assert RatingRecord.objects.count() == before or still_held

    @rule(who=RATERS, version=st.sampled_from([0, 1, 2, 99]))
    def note(self, who: str, version: int) -> None:
        """Somebody saves a draft, perhaps an old one."""
        if seat := self.held(who):
            self.act(who, seats.desk, seat)
            noted = self.marked(who, rating((3, 3, 3)), is_draft=True)
            self.act(who, drafts.save, seat, version, noted)

    @rule(who=RATERS)
    def skip(self, who: str) -> None:
        """Somebody passes their seat on."""
        if seat := self.held(who):
            self.act(who, seats.skip, seat)

    @rule(number=NUMBERS)
    def time_passes(self, number: int) -> None:
        """A lease runs out, and whoever had it comes back to it."""
        held = list(Seat.objects.filter(programme=self.programme).exclude(holder=None))
        if held:
            seat = held[number % len(held)]
            Seat.objects.filter(id=seat.id).update(lease_until=timezone.now())

    @rule(who=RATERS, number=NUMBERS, kind=KINDS)
    def know(self, who: str, number: int, kind: str) -> None:
        """Somebody knows whom they rate, or says beforehand whom they know."""
        if seat := self.held(who):
            self.act(who, ties.declare_at_seat, seat, kind)
        else:
            trainee = self.users[["tara", "theo", "leo"][number % 3]]
            self.act(who, ties.declare, self.users[who], trainee, self.programme, kind)

    @rule(who=LEADS, number=NUMBERS)
    def end_a_tie(self, who: str, number: int) -> None:
        """A tie ends."""
        found = list(Tie.objects.filter(programme=self.programme).values_list("id", flat=True))
        if found:
            self.act(who, ties.end, found[number % len(found)])

    @rule(who=LEADS, number=NUMBERS, to=st.sampled_from([None, *ROLES]))
    def assign(self, who: str, number: int, to: str | None) -> None:
        """A lead keeps a seat for somebody, or for nobody any more."""
        found = list(Seat.objects.filter(programme=self.programme, submitted_at=None))
        if found:
            seat = found[number % len(found)].uuid
            self.act(who, assignments.assign, seat, self.users[to]) if to else self.act(
                who, assignments.free, seat
            )

    @rule(who=LEADS, number=NUMBERS)
    def look(self, who: str, number: int) -> None:
        """A lead opens a case."""
        self.act(who, resolutions.case, self.submission(number))

    @rule(who=LEADS, number=NUMBERS, choice=st.integers(0, 1))
    def settle(self, who: str, number: int, choice: int) -> None:
        """A lead settles or signs, whichever it is time for."""
        one, key = self.submission(number, State.NEEDS_THIRD, State.TO_SIGN), self.key()
        signed = Signed(
            choices=dict.fromkeys(("critical", "other", "last"), choice), reason="So it was."
        )
        self.act(who, resolutions.settle, one, signed, key)
        self.act(who, resolutions.sign, one, "", key)

    @rule(who=LEADS, number=NUMBERS)
    def release(self, who: str, number: int) -> None:
        """A lead releases, and presses once more."""
        one, key = self.submission(number, State.TO_RELEASE), self.key()
        first = self.act(who, releases.release, one, GOALS, "Well begun.", key)
        before = ReleaseRecord.objects.count()
        again = self.act(who, releases.release, one, GOALS, "Well begun.", key)
        assert again == first
        assert ReleaseRecord.objects.count() == before

    @rule(who=LEADS, number=NUMBERS, how=HOW)
    def release_and_hear(self, who: str, number: int, how: str) -> None:
        """A lead releases, the trainee appeals, and a lead hears that."""
        self.release(who, number)
        for trainee in ("tara", "theo", "leo"):
            self.appeal(trainee, number, "technical")
        self.decide(who, number, how)

    @precondition(lambda self: self.steps > 12)
    @rule(who=LEADS, number=NUMBERS)
    def void(self, who: str, number: int) -> None:
        """A lead voids."""
        args = (self.submission(number), "technical", "The sound was lost.", self.key())
        self.act(who, voids.void, *args)

    @precondition(lambda self: self.steps > 20)
    @rule(who=LEADS, whom=TRAINEES, scene=SCENES)
    def reset(self, who: str, whom: str, scene: str) -> None:
        """The platform deletes what it knows of a trainee."""
        course = programmes.get(self.programme).course_key
        args = (self.users[whom], course, place(scene, self.programme).activity)
        self.act(who, voids.reset, *args)

    @rule(who=LEADS, number=NUMBERS, what=NUMBERS)
    def correct(self, who: str, number: int, what: int) -> None:
        """A lead corrects a record."""
        one = self.submission(number)
        case = CaseRecord.objects.filter(submission=one).order_by("-round").first()
        about = [case.submission_record, *case.ratings.values_list("record_id", flat=True)]
        change = (Change(member="mode", was="written", now="with_partner"),)
        args = (about[what % len(about)], "Noted wrongly.", change, self.key())
        self.act(who, corrections.correct, one, *args)

    @rule(who=TRAINEES, number=NUMBERS, ground=st.sampled_from([*Ground, "none"]))
    def appeal(self, who: str, number: int, ground: str) -> None:
        """A trainee appeals."""
        one = self.submission(number, State.RELEASED, trainee=self.users[who])
        self.act(who, appeals.make, one, ground, "My line was cut.", self.key())

    @rule(who=LEADS, number=NUMBERS, how=HOW)
    def decide(self, who: str, number: int, how: str) -> None:
        """A lead hears an appeal."""
        one = self.submission(number, State.RELEASED, appeal__decided_at=None)
        self.act(who, appeals.decide, one, how, "So it was.", self.key())

    @rule()
    def publish(self) -> None:
        """A checkpoint is made."""
        checkpoints.publish(self.programme)

    @invariant()
    def keeps_its_promises(self) -> None:
        """After each step, whoever's turn it is looks at what they can open."""
        self.steps += 1
        names = list(ROLES)
        self.look_around(names[self.steps % len(names)])
        self.promises.check()

    def teardown(self) -> None:
        """In the end everybody looks."""
        for name in ROLES:
            self.look_around(name, every=True)

    def look_around(self, who: str, *, every: bool = False) -> None:
        """What one person can open."""
        lists = [queue.waiting, queue.held, ratings.mine, resolutions.waiting, submissions.mine]
        lists += [assignments.in_progress, appeals.waiting, ties.mine, ties.of_programme]
        found = Seat.objects.filter(programme=self.programme).order_by("id").select_related("case")
        if not every:  # a part of it each time: in the end everybody has looked at all
            lists, found = lists[self.steps % 3 :: 3], found[self.steps % 5 :: 5]
        for does in lists:
            self.act(who, does, self.programme)
        self.act(who, notices.mine)
        self.act(who, all_ratings.export, self.programme, RatingsWanted())
        for seat in found:
            self.act(who, seats.desk, seat.uuid)
            self.act(who, seats.lost, seat.uuid)
            self.act(who, feedback.result, seat.case.submission)
            if seat.case.state != State.NEEDS_THIRD:  # else the look itself changes who may rate
                self.act(who, resolutions.case, seat.case.submission)

    def marked(self, who: str, one: Rating, *, is_draft: bool = False) -> Rating:
        """The same with a word in each comment by which it is known again wherever it shows."""
        canary = f"canary-{next(_canaries)}-{who}{'-draft' * is_draft}."
        criteria = tuple(c.model_copy(update={"comment": canary}) for c in one.criteria)
        return one.model_copy(update={"criteria": criteria, "overall_comment": canary})
