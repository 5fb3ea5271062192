"""A small activity with its editions, and what a trainee hands in there."""

from datetime import UTC, datetime

from django.contrib.auth.models import User

from peer_xblocks.core.place import Place
from peer_xblocks.core.record import ActorConsent, Named, Role
from peer_xblocks.core.scenario import (
    ActorPart,
    AssessorPart,
    Mode,
    Prompt,
    Scenario,
    TraineePart,
)
from peer_xblocks.records.api import documents, grants
from peer_xblocks.work.api import submissions
from peer_xblocks.work.values import HandIn, SubmissionInfo
from tests.unit.core.performances import ERRORS, RUBRIC

PROGRAMME = "pss-2026"
COURSE = "course-v1:PeerXBlocks+PSS101+2026"
BOARD = "example-board"
PARTNER = ActorConsent(
    code="P7", consented_at=datetime(2026, 11, 22, tzinfo=UTC), card_edition=1, fidelity=None
)

SCENARIO = Scenario(
    key="first-talk",
    title="A first talk",
    code="T-1",
    edition=1,
    rubric=RUBRIC.key,
    minutes=10,
    modes=tuple(Mode),
    competencies=("I.1", "I.2", "IX.2"),
    setting="A drop-in center.",
    content_note="Someone speaks of a loss.",
    support="You can stop at any moment.",
    trainee=TraineePart(
        brief="Go over and say hello.",
        ways_to_say_no="You may say no.",
        reflection=(Prompt(id="noticed", prompt="What did you notice?"),),
        de_role="Say your own name.",
    ),
    actor=ActorPart(
        name="Dana",
        age=34,
        pronouns="they",
        character="Quiet.",
        opening_line="Hi.",
        stop_word="Pause here.",
        de_role="Say your own name.",
    ),
    assessor=AssessorPart(overview="A first talk.", safeguarding="Call the lead."),
)


def deposit() -> None:
    """Deposit the editions, as a block does on first use."""
    for edition in (SCENARIO, RUBRIC, ERRORS):
        documents.put(edition.canonical_bytes())


def person(name: str, *roles: Role, body: str | None = None) -> User:
    """Somebody with roles in the programme."""
    user = User.objects.create(username=name, first_name=name.title())
    for role in roles:
        grants.give(None, user, PROGRAMME, role, body)
    return user


def place(activity: str = "one", programme: str = PROGRAMME) -> Place:
    """An activity of the course."""
    key = f"block-v1:PeerXBlocks+PSS101+2026+type@peer_role_play+block@{activity}"
    return Place(programme=programme, course=COURSE, activity=key, activity_type="peer_role_play")


def hand_in(**members: object) -> HandIn:
    """A performance in words, without consent; `members` change it.

    Who played in a recording agreed, unless a test says otherwise.
    """
    if members.get("mode") == "with_partner":
        members = {"actors": (PARTNER,), **members}
    given = {
        "mode": "written",
        "text": "Hi, I'm Ana. Would you like company?",
        "scenario_sha256": SCENARIO.digest,
        "rubric_sha256": RUBRIC.digest,
        "errors_sha256": ERRORS.digest,
        "scenario": Named(key=SCENARIO.key, edition=1),
        "rubric": Named(key=RUBRIC.key, edition=1),
        "title": SCENARIO.title,
    }
    return HandIn(**{**given, **members})


def submitted(
    user: User, activity: str = "one", key: str = "key", **members: object
) -> SubmissionInfo:
    """Hand in a performance."""
    return submissions.submit(user, place(activity), hand_in(**members), key)
