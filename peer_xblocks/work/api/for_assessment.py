"""Submissions of others, for `assessment` alone: it checks seat or grant before it calls anything
here.
"""

from collections.abc import Iterable
from uuid import UUID

from django.core.files import File

from peer_xblocks.core.errors import NotFoundError
from peer_xblocks.core.scenario import Mode
from peer_xblocks.work import files, playable, rows
from peer_xblocks.work.models import Submission
from peer_xblocks.work.values import Captions, Handed, Performance, RecordingInfo, Status


def submission(submission_id: UUID) -> Handed:
    """The facts of a submission, with the trainee's identity. Raises NotFoundError."""
    return rows.handed(_row(submission_id))


def performance(submission_id: UUID) -> Performance:
    """What is to be rated. Raises NotFoundError."""
    return rows.performance(_row(submission_id))


def open_recording(submission_id: UUID) -> tuple[RecordingInfo, File]:
    """The recording and its bytes; the caller closes the file. Raises NotFoundError."""
    recording = _row(submission_id).recording
    info = rows.recording_info(recording)
    if recording is None or info is None:
        raise NotFoundError
    return info, files.opened(recording.stored_as, recording.size)


def play_recording(submission_id: UUID) -> playable.Playable:
    """The recording as a player wants it; the caller closes its file. Raises NotFoundError."""
    recording = _row(submission_id).recording
    if recording is None:
        raise NotFoundError
    return playable.of(recording)


def captions(submission_id: UUID) -> Captions | None:
    """The words that go with the recording, None for none. Raises NotFoundError."""
    recording = _row(submission_id).recording
    return rows.captions_of(recording) if recording is not None else None


def observed_notes(submission_ids: Iterable[str]) -> dict[str, str]:
    """When and where those of these submissions were watched that were, in one query at most."""
    observed = Submission.objects.filter(uuid__in=list(submission_ids), mode=Mode.OBSERVED_LIVE)
    return dict(observed.values_list("uuid", "observed_note"))


def set_status(submission_id: UUID, status: Status, *, only_from: Status | None = None) -> None:
    """Say how far a submission has come; with `only_from`, only if it stood there."""
    found = Submission.objects.filter(uuid=str(submission_id))
    if only_from is not None:
        found = found.filter(status=only_from)
    found.update(status=status)


def _row(submission_id: UUID) -> Submission:
    row = Submission.objects.filter(uuid=str(submission_id)).select_related("recording").first()
    if row is None:
        raise NotFoundError
    return row
