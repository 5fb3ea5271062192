"""The fact behind an entry of the log: the envelope, and the body of each kind.

Defined in `docs/reference/record.md`.

These members cannot change once a programme has appended. The bytes are made in `evidence`.
"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from peer_xblocks.core.rating import CriterionState, SeenError
from peer_xblocks.core.recorded_forms import Commitment, Moment, RecordedEvidence, Urn
from peer_xblocks.core.recorded_standing import (
    AttestationBody,
    CredentialBody,
    FrameworkBody,
    HoursBody,
    StatusBody,
)
from peer_xblocks.core.resolution import Points, ResolvedCriterion, ThirdBecause
from peer_xblocks.core.value import Digest, Slug, Value


class Kind(StrEnum):
    """The kinds of record."""

    SUBMISSION = "submission"
    RATING = "rating"
    RESOLUTION = "resolution"
    RELEASE = "release"
    CORRECTION = "correction"
    VOID = "void"
    ROSTER = "roster"
    CONSENT = "consent"
    HOURS = "hours"
    ATTESTATION = "attestation"
    CREDENTIAL = "credential"
    STATUS = "status"
    FRAMEWORK = "framework"


class Role(StrEnum):
    """In which role somebody acted."""

    TRAINEE = "trainee"
    ASSESSOR = "assessor"
    LEAD = "lead"
    AUTHOR = "author"
    AUDITOR = "auditor"
    OPERATOR = "operator"
    SUPERVISOR = "supervisor"
    SYSTEM = "system"


class Named(Value):
    """An edition by its name; its digest is among the record's documents."""

    key: str
    edition: int


class Media(Value):
    """The performance's form. Its digest is the document `performance`."""

    origin: Literal["written", "uploaded", "recorded", "observed"]
    media_type: str
    bytes: int = Field(ge=0)
    milliseconds: int | None = None


class ActorConsent(Value):
    """That the actor, known by a code, agreed to be recorded."""

    code: str
    consented_at: Moment
    card_edition: int
    fidelity: bool | None


class SubmissionBody(Value):
    """A trainee handed something in."""

    course: str
    activity: str
    activity_type: str
    scenario: Named | None
    rubric: Named | None
    attempt: int = Field(ge=1)
    mode: str
    media: Media
    started_at: Moment | None
    language: str
    actors: tuple[ActorConsent, ...]
    formative: bool


class ConsentTo(Value):
    """One certifying body, and until when."""

    body: Slug
    until: Moment | None


class ConsentBody(Value):
    """To whom the subject lets records be shown."""

    bodies: tuple[ConsentTo, ...]
    scope: Literal["submission", "programme"]
    withdrawn: bool
    statement: str


class RatedCriterion(Value):
    """One criterion as rated, with its computed level."""

    criterion: Slug
    state: CriterionState
    behaviours: tuple[Slug, ...]
    level: int | None
    points: int | None
    reason: str
    evidence: tuple[RecordedEvidence, ...]
    comment: str
    confirmed_empty: bool


class QualificationAt(Value):
    """The assessor's qualification at the time of rating."""

    state: str
    rubric: str
    since: Moment


class RatingBody(Value):
    """One assessor's judgement."""

    seat: int = Field(ge=1)
    round: Literal["independent", "third", "benchmark"]
    criteria: tuple[RatedCriterion, ...]
    critical_errors: tuple[SeenError, ...]
    overall_comment: str
    asks_for_third: bool
    asks_reason: str
    overall_impression: int | None
    qualification: QualificationAt | None
    tie: str | None
    started_at: Moment


class TieConsidered(Value):
    """A declared tie of one of the raters."""

    assessor: Urn
    kind: str


class ResolutionBody(Value):
    """What settles the ratings."""

    rule: str
    basis: Literal["two", "third", "third_not_held"]
    third_because: tuple[ThirdBecause, ...]
    criteria: tuple[ResolvedCriterion, ...]
    critical_errors: tuple[str, ...]
    passed: bool
    points: Points | None
    reason: str
    ties: tuple[TieConsidered, ...]


class Goal(Value):
    """A coaching goal; `criterion` is None when it is about the whole."""

    criterion: Slug | None = None
    text: Annotated[str, Field(min_length=1, max_length=600)]


class CompetencyStanding(Value):
    """What a competency stands at after a release."""

    competency: str
    standing: str


class ReleaseBody(Value):
    """The act that shows a result to the trainee."""

    passed: bool
    goals: tuple[Goal, ...]
    message: str
    competencies: tuple[CompetencyStanding, ...]


class Change(Value):
    """One member that a correction speaks of."""

    member: str
    was: str
    now: str


class CorrectionBody(Value):
    """Something recorded was wrong; both stay."""

    reason: str
    changes: tuple[Change, ...]


class VoidBody(Value):
    """What no longer counts, and why."""

    reason: str
    cause: Literal["reset", "error", "misconduct", "request", "technical"]


class ChainEnd(Value):
    """The last record of one subject."""

    last: int = Field(ge=1)
    commitment: Commitment


class RosterBody(Value):
    """Where each subject's chain ends."""

    subjects: dict[Urn, ChainEnd]
    size: int = Field(ge=0)


BODIES: dict[Kind, type[Value]] = {
    Kind.SUBMISSION: SubmissionBody,
    Kind.RATING: RatingBody,
    Kind.RESOLUTION: ResolutionBody,
    Kind.RELEASE: ReleaseBody,
    Kind.CORRECTION: CorrectionBody,
    Kind.VOID: VoidBody,
    Kind.ROSTER: RosterBody,
    Kind.CONSENT: ConsentBody,
    Kind.HOURS: HoursBody,
    Kind.ATTESTATION: AttestationBody,
    Kind.CREDENTIAL: CredentialBody,
    Kind.STATUS: StatusBody,
    Kind.FRAMEWORK: FrameworkBody,
}


class Envelope(Value):
    """A whole record, as its canonical bytes hold it."""

    v: Literal[1] = 1
    kind: Kind
    id: Urn
    programme: Slug
    subject: Urn | None
    seq: int = Field(ge=1)
    previous: Commitment | None
    at: Moment
    actor: Annotated[str, Field(pattern=r"^(system|urn:uuid:[0-9a-f-]{36})$")]
    acting_as: Role
    about: tuple[Urn, ...]
    documents: dict[str, Digest]
    body: dict[str, object]
