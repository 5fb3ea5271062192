"""Handing in, and what a trainee handed in so far.

Where the words stay: a performance in words, the reflection that goes with it, and every recording
are kept in `work`; the record in the log names them by digest only. The words of a submission whose
owner consents to a certifying body are deposited as a document too, so that a pack for that body
can hold them; without consent they are not, and a reflection and a recording never are.
"""

import hashlib
import json
import uuid
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _

from peer_xblocks.core.errors import ConflictError, NotFoundError
from peer_xblocks.core.place import Place
from peer_xblocks.core.record import Role
from peer_xblocks.records.api import append, documents, grants, people
from peer_xblocks.records.transactions import outermost
from peer_xblocks.work import facts, observing, partnering, sealing
from peer_xblocks.work.api.drafts import begin, locked
from peer_xblocks.work.checks import checked
from peer_xblocks.work.models import DraftRecord, Recording, Submission
from peer_xblocks.work.rows import (
    handed,
    next_attempt,
    own_recording,
    rest_of,
    submission_info,
    where,
)
from peer_xblocks.work.signals import submission_made
from peer_xblocks.work.text import storable
from peer_xblocks.work.values import HandIn, SubmissionInfo


def submit(user: AbstractBaseUser, place: Place, handed_in: HandIn, key: str) -> SubmissionInfo:
    """Hand in a performance; the same `key` again answers the submission that it made, "" never.

    Opens the seats, through the signal `submission_made`, and appends the submission and the
    consent. Raises ConflictError while an earlier attempt waits for its result, InvalidError when
    something is missing.
    """
    grants.require(user, place.programme, Role.TRAINEE)
    # Before anything is checked: the draft that a second press is made from is empty by now.
    key = storable(key)[:64] or str(uuid.uuid4())
    if made := _made_with(user, place, key):
        return made
    what = checked(user, place, handed_in)
    begin(user, place)
    return _submit(user, place, what, key)


@outermost
def _submit(user: AbstractBaseUser, place: Place, what: HandIn, key: str) -> SubmissionInfo:
    draft = locked(user, place)
    if made := _made_with(user, place, key):
        return made
    recording = own_recording(user, what.recording_id) if what.recording_id else None
    what = partnering.joined(user, place, what, recording)
    row = _row(user, place, what, key, recording)
    observing.keep(user, place, row)
    row.attempt = next_attempt(user, place)
    row.save(force_insert=True)
    partnering.close(user, place, row)
    sealing.attach(row)
    _empty(draft)
    if what.consent_bodies and row.text:
        documents.put(row.text.encode())
    submission_made.send(sender=Submission, handed=handed(row))
    append(place.programme, *facts.of(row, what))
    return submission_info(row)


def mine(
    user: AbstractBaseUser, programme: str, activity: str | None = None
) -> tuple[SubmissionInfo, ...]:
    """The user's own submissions in a programme, or in one activity of it, the newest first."""
    rows = Submission.objects.filter(owner_id=user.pk, programme=programme)
    if activity is not None:
        rows = rows.filter(activity=activity)
    return tuple(submission_info(row) for row in rows.select_related("recording").order_by("-id"))


def get(user: AbstractBaseUser, submission_id: UUID | str) -> SubmissionInfo:
    """The user's own submission. Raises NotFoundError for any other id, whoever it belongs to."""
    rows = Submission.objects.filter(uuid=str(submission_id), owner_id=user.pk)
    row = rows.select_related("recording").first()
    if row is None:
        raise NotFoundError
    return submission_info(row)


def _made_with(user: AbstractBaseUser, place: Place, key: str) -> SubmissionInfo | None:
    """What was handed in with this key. Raises ConflictError when that was in another activity."""
    made = Submission.objects.filter(owner_id=user.pk, key=key).first()
    if made is None:
        return None
    if made.activity != place.activity:
        raise ConflictError(_("This was already used to hand in something else."))
    return submission_info(made)


def _row(
    user: AbstractBaseUser, place: Place, what: HandIn, key: str, recording: Recording | None
) -> Submission:
    return Submission(
        **where(user, place),
        **rest_of(place),
        key=key,
        subject=people.urn(user, place.programme),
        record_id=f"urn:uuid:{uuid.uuid4()}",
        title=what.title,
        mode=what.mode,
        media=_media(what, recording),
        text=None if recording or observing.is_observed(what.mode) else what.text,
        recording=recording,
        answers=json.dumps(what.answers, sort_keys=True),
        actors=json.dumps([one.model_dump(mode="json") for one in what.actors]),
        performance_sha256=_digest(what, recording),
        scenario_key=what.scenario.key,
        scenario_edition=what.scenario.edition,
        scenario_sha256=what.scenario_sha256,
        rubric_key=what.rubric.key,
        rubric_edition=what.rubric.edition,
        rubric_sha256=what.rubric_sha256,
        errors_sha256=what.errors_sha256,
        formative=what.formative,
        conditions=" ".join(sorted({one.value for one in what.conditions})),
        started_at=what.started_at,
        submitted_at=timezone.now(),
    )


def _media(what: HandIn, recording: Recording | None) -> str:
    if observing.is_observed(what.mode):
        return ""
    return recording.media_type if recording else "text/plain"


def _digest(what: HandIn, recording: Recording | None) -> str:
    """SHA-256 of the performance; "" where nothing but the room holds it."""
    if observing.is_observed(what.mode):
        return ""
    return recording.sha256 if recording else hashlib.sha256((what.text or "").encode()).hexdigest()


def _empty(draft: DraftRecord) -> None:
    """Begin anew.

    The version goes on counting, so a late save from another device is kept as one.
    """
    draft.text, draft.answers, draft.mode, draft.recording = "", "{}", "", None
    draft.started_at, draft.version = None, draft.version + 1
    draft.save()
