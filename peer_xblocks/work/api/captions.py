"""The words of a recording, for those who do not hear it: added by its owner before handing in.

They are an aid and no evidence: no record names them, and a rating rests on the recording.
"""

from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _

from peer_xblocks.core import captions
from peer_xblocks.core.errors import ConflictError, InvalidError
from peer_xblocks.core.record import Role
from peer_xblocks.records.api import grants
from peer_xblocks.work.models import CaptionsRecord, Recording, Submission
from peer_xblocks.work.rows import captions_of, own_recording
from peer_xblocks.work.text import storable
from peer_xblocks.work.values import Captions

LONGEST = 200_000


def get(user: AbstractBaseUser, recording_id: UUID | str) -> Captions | None:
    """The words of the user's own recording, None for none. Raises NotFoundError."""
    return captions_of(own_recording(user, recording_id))


def put(user: AbstractBaseUser, recording_id: UUID | str, text: str, language: str) -> Captions:
    """Keep the words of the user's own recording, in place of earlier ones.

    A text that begins as WebVTT does is read as captions, any other is a transcript. Raises
    InvalidError when it cannot be read, ConflictError once the recording was handed in.
    """
    row = _open(user, recording_id)
    text = storable(text).strip()
    if not text:
        raise _refusal(_("Write or choose something first."))
    if len(text) > LONGEST:
        raise _refusal(_("This is longer than %s characters; please shorten it.") % LONGEST)
    is_timed = captions.is_webvtt(text)
    kept = {
        "form": "captions" if is_timed else "transcript",
        "language": storable(language)[:35] or "en",
        "text": captions.write(_cues(row, text)) if is_timed else text,
        "saved_at": timezone.now(),
    }
    CaptionsRecord.objects.update_or_create(recording=row, defaults=kept)
    return Captions.model_validate({name: kept[name] for name in Captions.model_fields})


def remove(user: AbstractBaseUser, recording_id: UUID | str) -> None:
    """Take the words off again. Raises ConflictError once the recording was handed in."""
    CaptionsRecord.objects.filter(recording=_open(user, recording_id)).delete()


def _open(user: AbstractBaseUser, recording_id: UUID | str) -> Recording:
    """The user's own recording, as long as it is not handed in."""
    row = own_recording(user, recording_id)
    grants.require(user, row.programme, Role.TRAINEE)
    if Submission.objects.filter(recording=row).exists():
        raise ConflictError(_("This recording was handed in, so its words stay as they are."))
    return row


def _cues(row: Recording, text: str) -> tuple[captions.Cue, ...]:
    try:
        cues = captions.load(text)
    except captions.CaptionsError as error:
        raise _refusal(_why(error.facts["why"], error.facts["line"])) from error
    if row.milliseconds is not None and cues[-1].start_ms > row.milliseconds:
        raise _refusal(_("These captions go on after the recording ends. Do they belong to it?"))
    return cues


def _why(why: object, line: object) -> str:
    sentences = {
        "header": _("A captions file begins with the word WEBVTT on a line of its own."),
        "times": _("Line %s: times such as 00:01.000 --> 00:04.000 should stand here."),
        "order": _("Line %s: this ends before it begins, or begins before the one above it."),
        "long": _("Line %s: this is more than captions may hold."),
        "empty": _("Nothing is said in these captions."),
    }
    sentence = sentences[str(why)]
    return sentence % line if "%s" in sentence else sentence


def _refusal(sentence: str) -> InvalidError:
    return InvalidError({"captions": sentence}, sentence)
