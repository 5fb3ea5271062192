"""Recording on the page: what the recorder is told, and the parts that it sends.

`_rp_recorder.html` shows it; any mode that ends in a recording can include that, with what `shown`
gives. The recorder's handlers answer plain data to `recorder.js`.
"""

import functools
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from peer_xblocks import compat
from peer_xblocks.blocks.answers import Shown
from peer_xblocks.blocks.handler import Call
from peer_xblocks.core.errors import ForbiddenError, InvalidError, NotFoundError
from peer_xblocks.core.scenario import Mode, TraineeView
from peer_xblocks.work.api import captions, drafts, recordings, uploads
from peer_xblocks.work.values import Draft, Limits, UploadInfo

MEGABYTE = 1024 * 1024


def shown(view: TraineeView, user: Any, programme: str, draft: Draft) -> dict[str, Any]:
    """What `_rp_recorder.html` takes beside the page and the draft; nothing where one writes."""
    if draft.mode == Mode.WRITTEN:
        return held(user, draft)
    limits = recordings.limits_of(user, programme)
    return {
        "recorder": {
            "limits": limits,
            "person": _person(user),
            "sizes": _sizes(limits, view.minutes),
            "megabytes": limits.bytes // MEGABYTE,
            "megabytes_at_once": compat.upload_limit() // MEGABYTE,
        },
        **held(user, draft),
    }


def held(user: Any, draft: Draft) -> dict[str, Any]:
    """What is shown of the draft's recording: its player, and the words that go with it."""
    if draft.recording is None:
        return {}
    words = captions.get(user, draft.recording.id)
    return {
        "recording_url": _address("recording", draft),
        "captions": words,
        "captions_url": _address("captions", draft) if words and words.form == "captions" else "",
        "languages": settings.LANGUAGES,
    }


def _address(name: str, draft: Draft) -> str:
    """An address for the recording's owner; "" where these pages are not installed."""
    try:
        return reverse(f"peer_xblocks:{name}", args=[draft.recording.id if draft.recording else ""])
    except NoReverseMatch:
        return ""


Act = Callable[[Call], Shown]


def for_same_person(act: Act) -> Act:
    """Refuse a call when somebody else is signed in now than the one whose page this is.

    A page may record for half an hour, and another person may sign in meanwhile in another window.
    """

    @functools.wraps(act)
    def checked(call: Call) -> Shown:
        own = _person(call.user)
        if call.sent.text("person", own) != own:
            sentence = _("Somebody else is signed in now than when this page was opened.")
            raise ForbiddenError(sentence)
        return act(call)

    return checked


@for_same_person
def state(call: Call) -> Shown:
    """What is on its way in."""
    found = uploads.unfinished(call.user, call.place)
    return Shown(data={"uploads": [_data(one) for one in found]})


@for_same_person
def begin(call: Call) -> Shown:
    """Begin an upload, or go on with the one that this key began."""
    sent = call.sent
    info = uploads.begin(
        call.user,
        call.place,
        sent.text("key"),
        origin=sent.text("origin"),
        media_type=sent.text("media_type"),
        filename=sent.text("filename"),
    )
    return Shown(data=_data(info))


@for_same_person
def address(call: Call) -> Shown:
    """Where the storage takes a part; empty where it takes none from browsers."""
    sent = call.sent
    found = uploads.address(
        call.user, sent.text("upload"), sent.number("number"), sent.number("size")
    )
    return Shown(data={"name": found.name, "url": found.url} if found else {"name": "", "url": ""})


@for_same_person
def put(call: Call) -> Shown:
    """Keep a part that came along, or one that the storage took in under a name."""
    sent = call.sent
    upload, number, sha256 = sent.text("upload"), sent.number("number"), sent.text("sha256")
    file = sent.files.get("part")
    if file is not None:
        content = file.file.read(recordings.site_limits().part_bytes + 1)
        uploads.put(call.user, upload, number, content, sha256)
    elif sent.has("name"):
        uploads.arrived(call.user, upload, number, sent.text("name"), sha256)
    else:
        raise InvalidError(
            {"recording": _("A piece is empty, or larger than can be sent at once.")}
        )
    return Shown(data={"number": number})


@for_same_person
def finish(call: Call) -> Shown:
    """Put the parts together; the draft holds the recording then."""
    sent = call.sent
    info = uploads.finish(call.user, sent.text("upload"), sent.number("count"))
    return Shown(say=_("Your recording is here."), data={"sha256": info.sha256})


@for_same_person
def drop(call: Call) -> Shown:
    """Throw an unfinished upload away."""
    uploads.abandon(call.user, call.sent.text("upload"))
    return Shown(say=_("Thrown away."), data={})


def caption(call: Call) -> None:
    """Keep the words of the draft's recording: a file that was chosen, else what was written."""
    file = call.sent.files.get("captions-file")
    text = call.sent.text("captions", longest=captions.LONGEST)
    if file is not None:
        try:
            text = file.file.read(MEGABYTE).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            sentence = _("This file is no text in UTF-8.")
            raise InvalidError({"captions": sentence}, sentence) from error
    captions.put(call.user, _of_draft(call), text, call.sent.text("language", "en")[:35])


def uncaption(call: Call) -> None:
    """Take the words off again."""
    captions.remove(call.user, _of_draft(call))


def _of_draft(call: Call) -> UUID:
    """The draft's recording. Raises NotFoundError when it holds none."""
    recording = drafts.get(call.user, call.place).recording
    if recording is None:
        raise NotFoundError
    return recording.id


def _person(user: Any) -> str:
    """Somebody, told from others and not named."""
    return salted_hmac("peer-xblocks-recorder", str(user.pk)).hexdigest()[:20]


def _data(info: UploadInfo) -> dict[str, Any]:
    return {
        "id": str(info.id),
        "key": info.key,
        "origin": info.origin,
        "media_type": info.media_type,
        "filename": info.filename,
        "begun_at": info.begun_at.isoformat(),
        "bytes": info.bytes,
        "parts": [{"number": part.number, "sha256": part.sha256} for part in info.parts],
        "finished": info.recording is not None,
    }


def _sizes(limits: Limits, minutes: int) -> dict[str, dict[str, float]]:
    """Megabytes of each kind of recording: for a minute, and for a scene of this length."""
    bits = {"audio": limits.audio_bits, "video": limits.audio_bits + limits.video_bits}
    each = {kind: bit * 60 / 8 / MEGABYTE for kind, bit in bits.items()}
    return {kind: {"minute": one, "scene": one * minutes} for kind, one in each.items()}
