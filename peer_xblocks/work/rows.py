"""From rows to values, and the look-ups that several nouns of `work.api` share."""

import json
import re
from typing import Any, Literal
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _
from pydantic import TypeAdapter

from peer_xblocks.core.errors import ConflictError, InvalidError, NotFoundError
from peer_xblocks.core.place import Place
from peer_xblocks.core.record import ActorConsent, Named
from peer_xblocks.core.scenario import Mode
from peer_xblocks.core.value import SLUG
from peer_xblocks.work.models import CaptionsRecord, Content, Recording, Submission, Upload
from peer_xblocks.work.text import storable
from peer_xblocks.work.values import (
    CLOSED,
    Captions,
    Condition,
    Handed,
    Observed,
    PartInfo,
    Performance,
    RecordingInfo,
    Status,
    SubmissionInfo,
    UploadInfo,
)

LONGEST_TEXT = 60_000
LONGEST_ANSWER = 20_000
MOST_ANSWERS = 50
ACTORS: TypeAdapter[tuple[ActorConsent, ...]] = TypeAdapter(tuple[ActorConsent, ...])
_PROMPT_ID = re.compile(SLUG)


def where(user: AbstractBaseUser, place: Place) -> dict[str, Any]:
    """The key of a person's things in one activity."""
    return {"owner_id": user.pk, "programme": place.programme, "activity": place.activity}


def rest_of(place: Place) -> dict[str, str]:
    """What a row keeps of a place beside its key."""
    return {"course": place.course, "activity_type": place.activity_type}


def checked_text(text: str, place: str, longest: int = LONGEST_TEXT) -> str:
    """A text as it is kept. Raises InvalidError when it is too long."""
    kept = storable(text)
    if len(kept) > longest:
        raise InvalidError(
            {place: _("This is longer than %s characters; please shorten it.") % longest}
        )
    return kept


def checked_answers(answers: dict[str, str]) -> dict[str, str]:
    """Answers as they are kept. Raises InvalidError when one is too long or there are too many."""
    if len(answers) > MOST_ANSWERS:
        raise InvalidError({"": _("There are more than %s answers.") % MOST_ANSWERS})
    if not all(_PROMPT_ID.match(key) for key in answers):
        raise InvalidError({"": _("An answer belongs to no prompt.")})
    return {key: checked_text(answer, key, LONGEST_ANSWER) for key, answer in answers.items()}


def own_recording(user: AbstractBaseUser, recording_id: UUID | str) -> Recording:
    """The row of a person's own recording. Raises NotFoundError."""
    found = Recording.objects.filter(uuid=str(recording_id), owner_id=user.pk).first()
    if found is None:
        raise NotFoundError
    return found


def next_attempt(user: AbstractBaseUser, place: Place) -> int:
    """The number of a person's next attempt at an activity.

    Requires the draft's lock. Raises ConflictError while one waits.
    """
    earlier = Submission.objects.filter(**where(user, place)).order_by("-attempt").first()
    if earlier is None:
        return 1
    if Status(earlier.status) not in CLOSED:
        raise ConflictError(_("Your last attempt is still waiting for its result."))
    return earlier.attempt + 1


def recording_info(row: Recording | None) -> RecordingInfo | None:
    """The value of a recording's row, None for none."""
    if row is None:
        return None
    return RecordingInfo(
        id=row.uuid,
        sha256=row.sha256,
        media_type=row.media_type,
        bytes=row.size,
        filename=row.filename,
        origin="recorded" if row.origin == "recorded" else "uploaded",
        milliseconds=row.milliseconds,
    )


def captions_of(row: Recording) -> Captions | None:
    """The words that go with a recording, None for none."""
    found = CaptionsRecord.objects.filter(recording=row).first()
    if found is None:
        return None
    form: Literal["captions", "transcript"] = "transcript"
    if found.form == "captions":
        form = "captions"
    return Captions(form=form, language=found.language, text=found.text)


def upload_info(row: Upload) -> UploadInfo:
    """An upload as its owner sees it."""
    found = sorted(row.parts.all(), key=lambda part: part.number)
    return UploadInfo(
        id=row.uuid,
        key=row.key,
        origin="recorded" if row.origin == "recorded" else "uploaded",
        media_type=row.media_type,
        filename=row.filename,
        begun_at=row.begun_at,
        parts=tuple(
            PartInfo(number=part.number, sha256=part.sha256, bytes=part.size) for part in found
        ),
        recording=recording_info(row.recording),
    )


def answers_of(row: Content | Submission) -> dict[str, str]:
    """The answers that a row keeps."""
    answers: dict[str, str] = json.loads(row.answers)
    return answers


def submission_info(row: Submission) -> SubmissionInfo:
    """A submission as its owner sees it."""
    return SubmissionInfo(
        id=row.uuid,
        attempt=row.attempt,
        programme=row.programme,
        activity=row.activity,
        scenario=Named(key=row.scenario_key, edition=row.scenario_edition),
        title=row.title,
        submitted_at=row.submitted_at,
        status=Status(row.status),
        record_id=row.record_id,
        mode=row.mode,
        media=row.media,
        formative=row.formative,
        recording=recording_info(row.recording),
    )


def handed(row: Submission) -> Handed:
    """A submission as `assessment` needs it."""
    return Handed(
        id=row.uuid,
        trainee_id=row.owner_id,
        subject=row.subject,
        programme=row.programme,
        course=row.course,
        activity=row.activity,
        activity_type=row.activity_type,
        attempt=row.attempt,
        scenario=Named(key=row.scenario_key, edition=row.scenario_edition),
        scenario_sha256=row.scenario_sha256,
        rubric=Named(key=row.rubric_key, edition=row.rubric_edition),
        rubric_sha256=row.rubric_sha256,
        errors_sha256=row.errors_sha256,
        performance_sha256=row.performance_sha256,
        title=row.title,
        mode=row.mode,
        media=row.media,
        formative=row.formative,
        submitted_at=row.submitted_at,
        status=Status(row.status),
        record_id=row.record_id,
    )


def performance(row: Submission) -> Performance:
    """What is rated of a submission."""
    return Performance(
        text=row.text,
        recording=recording_info(row.recording),
        answers=answers_of(row),
        conditions=tuple(map(Condition, row.conditions.split())),
        actors=ACTORS.validate_json(row.actors),
        observed=observed_of(row),
    )


def observed_of(row: Submission) -> Observed | None:
    """By what those who watched a performance know it; None where nobody had to."""
    if row.mode != Mode.OBSERVED_LIVE:
        return None
    return Observed(code=row.observed_code, note=row.observed_note)
