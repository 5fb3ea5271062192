"""A small programme with its people, made through the `api` packages as the site itself does."""

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.contrib.auth import get_user_model

from peer_xblocks.assessment.api import assessors, ratings, releases, resolutions, seats
from peer_xblocks.assessment.values import RatingInfo, SeatInfo
from peer_xblocks.authoring import library, role_play
from peer_xblocks.core.place import Place
from peer_xblocks.core.rating import CriterionRating, Evidence, Rating
from peer_xblocks.core.record import ActorConsent, Goal, Named, Role
from peer_xblocks.core.resolution import Signed
from peer_xblocks.core.role_play import RolePlay
from peer_xblocks.records.api import checkpoints, documents, grants, programmes
from peer_xblocks.work.api import recordings, submissions
from peer_xblocks.work.values import Condition, HandIn, SubmissionInfo

PROGRAMME = "pss-2026"
COURSE = "course-v1:PeerXBlocks+PSS101+2026"
BODY = "example-board"
PARTNER = ActorConsent(
    code="P7", consented_at=datetime(2026, 11, 22, tzinfo=UTC), card_edition=1, fidelity=True
)
SCENARIO = "nothing-i-am-good-at"
PERFORMANCES = Path(__file__).parents[1] / "fixtures" / "performances"
PEOPLE = {
    "ada": ("Ada Trainee", Role.TRAINEE),
    "ben": ("Ben Trainee", Role.TRAINEE),
    "ivo": ("Ivo Assessor", Role.ASSESSOR),
    "mia": ("Mia Assessor", Role.ASSESSOR),
    "noor": ("Noor Assessor", Role.ASSESSOR),
    "lena": ("Lena Lead", Role.LEAD),
    "otto": ("Otto Auditor", Role.AUDITOR),
}


@cache
def the_role_play(scenario: str = SCENARIO) -> RolePlay:
    """A role play of the curriculum, with its rubric and the critical errors."""
    path = library.curriculum() / "01-strengths" / "role-plays" / f"{scenario}.yaml"
    key = yaml.safe_load(path.read_text())["rubric"]
    rubric = library.rubrics() / f"{key}.yaml"
    errors = library.rubrics() / "critical-errors.yaml"
    texts = [file.read_text() for file in (path, rubric, errors)]
    return role_play.load_files(*texts, path.name, rubric.name, errors.name)


def performance(name: str = f"{SCENARIO}-developing") -> str:
    """The words of a performance."""
    return (PERFORMANCES / f"{name}.txt").read_text()


def ticks(name: str = f"{SCENARIO}-developing") -> dict[str, list[str]]:
    """What a careful rater ticks on a performance."""
    found = yaml.safe_load((PERFORMANCES / f"{name}.ticks.yaml").read_text())
    found.pop("critical_errors", None)
    return found


def rating_of(ticked: dict[str, list[str]], **changes: Any) -> Rating:
    """A whole rating from ticks; a criterion without any is confirmed empty."""
    rubric = the_role_play().rubric
    note = changes.pop("note", "")
    criteria = tuple(
        CriterionRating(
            criterion=criterion.id,
            behaviours=tuple(ticked.get(criterion.id, ())),
            confirmed_empty=not ticked.get(criterion.id),
            comment=note,
            evidence=(Evidence(kind="quote", text=f"“{note}”"),) if note else (),
        )
        for criterion in rubric.criteria
    )
    return Rating(criteria=criteria, **changes)


def with_harm(ticked: dict[str, list[str]]) -> dict[str, list[str]]:
    """The same ticks, and one harmful behaviour: with the other rating a third is due."""
    return {**ticked, "hears": ["hears-h1"]}


@dataclass
class World:
    """The programme and the people in it, by short name."""

    people: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        """A person by short name."""
        try:
            return self.people[name]
        except KeyError as error:
            raise AttributeError(name) from error

    def place(self) -> Place:
        """Where the role play stands in the course."""
        whole = the_role_play()
        return Place(
            programme=PROGRAMME,
            course=COURSE,
            activity=f"block-v1:PeerXBlocks+PSS101+2026+type@peer_role_play+block@{whole.url_name}",
            activity_type="peer_role_play",
        )

    def hand_in(
        self,
        who: str = "ada",
        *,
        consent: bool = True,
        text: str | None = None,
        file: tuple[str, Any, str] | None = None,
        recording: uuid.UUID | None = None,
        answers: dict[str, str] | None = None,
        mode: str = "",
        conditions: tuple[Condition, ...] = (),
    ) -> SubmissionInfo:
        """A performance, handed in, as words, as a file, or as a recording that is here."""
        whole, place = the_role_play(), self.place()
        if file:
            recording = recordings.receive(self.people[who], place, *file).id
        handed_in = HandIn(
            mode=mode or ("with_partner" if recording else "written"),
            actors=(PARTNER,) if recording else (),
            text=None if recording else text or performance(),
            recording_id=recording,
            answers=answers or {},
            conditions=conditions,
            consent_bodies=(BODY,) if consent else (),
            consent_statement="I let the Example Certification Board read this.",
            scenario_sha256=documents.put(whole.scenario.canonical_bytes()),
            rubric_sha256=documents.put(whole.rubric.canonical_bytes()),
            errors_sha256=documents.put(whole.critical_errors.canonical_bytes()),
            scenario=Named(key=whole.scenario.key, edition=whole.scenario.edition),
            rubric=Named(key=whole.rubric.key, edition=whole.rubric.edition),
            title=whole.scenario.title,
        )
        return submissions.submit(self.people[who], place, handed_in, str(uuid.uuid4()))

    def seat(self, who: str) -> SeatInfo:
        """The next seat, taken."""
        seat = seats.take_next(self.people[who], PROGRAMME)
        assert seat is not None
        return seat

    def rate(self, who: str, rating: Rating | None = None) -> RatingInfo:
        """The next seat, rated."""
        rating = rating or rating_of(ticks())
        return ratings.submit(self.people[who], self.seat(who).id, rating, str(uuid.uuid4()))

    def rated(
        self, who: str = "ada", *, disputed: bool = False, third: bool = False, **how: Any
    ) -> SubmissionInfo:
        """A performance with both ratings in, which differ when `disputed`.

        Nobody is there who could give a third rating, unless `third`.
        """
        if disputed and not third:
            self.leave_no_third()
        handed_in = self.hand_in(who, **how)
        self.rate("ivo")
        self.rate("mia", rating_of(with_harm(ticks())) if disputed else None)
        return handed_in

    def leave_no_third(self) -> None:
        """Let nobody be qualified for a third rating, so that it is for the lead."""
        rubric = the_role_play().rubric.key
        assessors.qualify(self.lena, self.noor, PROGRAMME, rubric, "paused")

    def settle(self, handed_in: SubmissionInfo) -> None:
        """A lead lets the first rating stand on the criterion that `with_harm` disputes."""
        signed = Signed(choices={"hears": 0}, reason="The reply was clumsy, not an argument.")
        resolutions.settle(self.people["lena"], handed_in.id, signed, str(uuid.uuid4()))

    def released(self, who: str = "ada", **how: Any) -> SubmissionInfo:
        """A performance with a released result, under a checkpoint."""
        handed_in = self.rated(who, **how)
        goals = (Goal(criterion="hears", text="Say the loss back before anything else."),)
        message = "You stayed with Dana. That is the hard part."
        releases.release(self.people["lena"], handed_in.id, goals, message, str(uuid.uuid4()))
        checkpoints.publish(PROGRAMME)
        return handed_in


def make() -> World:
    """A new programme with seven people in their roles."""
    programmes.create(
        None,
        PROGRAMME,
        "Peer support specialists 2026",
        COURSE,
        {BODY: "Example Certification Board"},
    )
    world = World()
    for name, (full, role) in PEOPLE.items():
        first, last = full.split()
        user = get_user_model().objects.create_user(name, first_name=first, last_name=last)
        body = BODY if role is Role.AUDITOR else None
        grants.give(None, user, PROGRAMME, role, body)
        world.people[name] = user
    for name in ("ivo", "mia", "noor"):
        assessors.qualify(world.lena, world.people[name], PROGRAMME, the_role_play().rubric.key)
    return world
