"""How large and how long a recording may be, and how finely it is recorded: what a site sets, and
what holds where it says nothing.
"""

from django.conf import settings

from peer_xblocks.work.models import Accommodation
from peer_xblocks.work.values import Limits

PART_BYTES = 3_800_000
"""The most that one part may have: many proxies, and the platform's handlers, stop at 4 MB."""

MOST_PARTS = 4_000
MOST_UNFINISHED = 8
"""Uploads that one person may have begun and not finished: a bound on what nobody hands in."""

DEFAULTS = {
    "PEER_XBLOCKS_UPLOAD_MAX_BYTES": 200 * 1024 * 1024,
    "PEER_XBLOCKS_RECORDING_MAX_MINUTES": 30,
    "PEER_XBLOCKS_AUDIO_BITS": 48_000,
    "PEER_XBLOCKS_VIDEO_BITS": 600_000,
    "PEER_XBLOCKS_UPLOAD_KEEP_DAYS": 14,
}


def of_site() -> Limits:
    """What holds here."""
    return Limits(
        bytes=_setting("PEER_XBLOCKS_UPLOAD_MAX_BYTES"),
        minutes=_setting("PEER_XBLOCKS_RECORDING_MAX_MINUTES"),
        part_bytes=PART_BYTES,
        audio_bits=_setting("PEER_XBLOCKS_AUDIO_BITS"),
        video_bits=_setting("PEER_XBLOCKS_VIDEO_BITS"),
    )


def of_person(owner_id: int, programme: str) -> Limits:
    """What holds for one trainee, who may have been granted more time: longer, and so larger."""
    whole = of_site()
    granted = Accommodation.objects.filter(owner_id=owner_id, programme=programme)
    percent = granted.values_list("extra_percent", flat=True).first() or 0

    def more(limit: int) -> int:
        return limit + -(-limit * percent // 100)

    return whole.model_copy(
        update={
            "bytes": more(whole.bytes),
            "minutes": more(whole.minutes),
            "extra_percent": percent,
        }
    )


def keep_days() -> int:
    """For how many days what was begun and never handed in is kept."""
    return _setting("PEER_XBLOCKS_UPLOAD_KEEP_DAYS")


def is_too_long(milliseconds: int, most: Limits) -> bool:
    """Whether a recording is longer than may be.

    A recorder stops by itself at the limit, a little late: that is never held against anybody.
    """
    return milliseconds > most.minutes * 60_000 * 1.05 + 10_000


def _setting(name: str) -> int:
    return int(getattr(settings, name, DEFAULTS[name]))
