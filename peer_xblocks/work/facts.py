"""The records that handing in appends: the submission, and the consent that goes with it."""

from peer_xblocks.core.record import (
    ConsentBody,
    ConsentTo,
    Kind,
    Media,
    Named,
    Role,
    SubmissionBody,
)
from peer_xblocks.records.api import Fact
from peer_xblocks.work import observing
from peer_xblocks.work.models import Submission
from peer_xblocks.work.values import HandIn


def of(row: Submission, what: HandIn) -> tuple[Fact, ...]:
    """The facts of one submission, in the order in which they are appended."""
    submission = Fact(
        kind=Kind.SUBMISSION,
        subject=row.subject,
        body=_body(row, what),
        actor=row.subject,
        acting_as=Role.TRAINEE,
        documents=_documents(row),
        id=row.record_id,
    )
    return (submission, _consent(row, what)) if what.consent_bodies else (submission,)


def _consent(row: Submission, what: HandIn) -> Fact:
    return Fact(
        kind=Kind.CONSENT,
        subject=row.subject,
        body=ConsentBody(
            bodies=tuple(ConsentTo(body=key, until=None) for key in what.consent_bodies),
            scope="submission",
            withdrawn=False,
            statement=what.consent_statement,
        ),
        actor=row.subject,
        acting_as=Role.TRAINEE,
        about=(row.record_id,),
    )


def _body(row: Submission, what: HandIn) -> SubmissionBody:
    return SubmissionBody(
        course=row.course,
        activity=row.activity,
        activity_type=row.activity_type,
        scenario=Named(key=row.scenario_key, edition=row.scenario_edition),
        rubric=Named(key=row.rubric_key, edition=row.rubric_edition),
        attempt=row.attempt,
        mode=row.mode,
        media=_media(row),
        started_at=row.started_at,
        language=what.language,
        actors=what.actors,
        formative=row.formative,
    )


def _media(row: Submission) -> Media:
    if observing.is_observed(row.mode):
        return Media(origin="observed", media_type="", bytes=0)
    if row.recording is None:
        return Media(
            origin="written", media_type="text/plain", bytes=len((row.text or "").encode())
        )
    return Media(
        origin="recorded" if row.recording.origin == "recorded" else "uploaded",
        media_type=row.media,
        bytes=row.recording.size,
        milliseconds=row.recording.milliseconds,
    )


def _documents(row: Submission) -> dict[str, str]:
    """Digests of what the record rests on.

    None of the answers from looking back: a short answer could be guessed from its digest.
    """
    digests = {
        "scenario": row.scenario_sha256,
        "rubric": row.rubric_sha256,
        "critical_errors": row.errors_sha256,
        "performance": row.performance_sha256,
    }
    return {name: digest for name, digest in digests.items() if digest}
