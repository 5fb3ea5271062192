"""The rows of performances that are watched in the room, and what handing one in asks for."""

import secrets

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from peer_xblocks.core.place import Place
from peer_xblocks.core.scenario import Mode
from peer_xblocks.work.models import ObservedRecord, Submission
from peer_xblocks.work.rows import rest_of, where
from peer_xblocks.work.values import HandIn

_LETTERS = "ACDEFHJKLMNPRTUVWXY3479"
"""Those that nobody mishears or misreads for another."""
_LENGTH = 5


def is_observed(mode: str) -> bool:
    """Whether a performance in this mode is in no file: it was watched in the room."""
    return mode == Mode.OBSERVED_LIVE.value


def row_of(user: AbstractBaseUser, place: Place) -> ObservedRecord | None:
    """The one that is about to be watched; None while none is."""
    return ObservedRecord.objects.filter(**where(user, place)).first()


def begin(user: AbstractBaseUser, place: Place) -> None:
    """Give the performance its code, unless it has one."""
    code = "".join(secrets.choice(_LETTERS) for _letter in range(_LENGTH))
    row = ObservedRecord(**where(user, place), **rest_of(place), code=code)
    ObservedRecord.objects.bulk_create([row], ignore_conflicts=True)


def problems_with(user: AbstractBaseUser, place: Place, what: HandIn) -> dict[str, str]:
    """What is missing before a performance that was watched can be handed in."""
    row = row_of(user, place)
    if row is None or not row.note:
        return {"note": _("Say when and where it was watched.")}
    if what.recording_id is not None:
        return {"recording": _("What is watched in the room is not handed in as a recording.")}
    return {}


def keep(user: AbstractBaseUser, place: Place, row: Submission) -> None:
    """Put code, time and place into what is handed in, and begin anew.

    Requires the draft's lock.
    """
    observed = row_of(user, place)
    if observed is None:
        return
    if is_observed(row.mode):
        row.observed_code, row.observed_note = observed.code, observed.note
    observed.delete()
