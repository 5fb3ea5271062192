"""A performance that is watched in the room: the code by which those who watch know it, and when
and where. Only the owner reads or writes it.
"""

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from peer_xblocks.core.errors import InvalidError
from peer_xblocks.core.place import Place
from peer_xblocks.core.record import Role
from peer_xblocks.records.api import grants
from peer_xblocks.work import observing
from peer_xblocks.work.models import ObservedRecord
from peer_xblocks.work.rows import where
from peer_xblocks.work.text import storable
from peer_xblocks.work.values import Observed

LONGEST_NOTE = 200
"""Characters."""


def get(user: AbstractBaseUser, place: Place) -> Observed | None:
    """The performance that is about to be watched; None while none is."""
    row = observing.row_of(user, place)
    return Observed(code=row.code, note=row.note) if row else None


def begin(user: AbstractBaseUser, place: Place) -> Observed:
    """Give the performance its code; one that has a code keeps it until it is handed in."""
    grants.require(user, place.programme, Role.TRAINEE)
    if observing.row_of(user, place) is None:
        observing.begin(user, place)
    return get(user, place) or Observed(code="", note="")


def note(user: AbstractBaseUser, place: Place, words: str) -> Observed:
    """Note when and where it is watched, in the trainee's words. Raises InvalidError for none, or
    for more than 200 characters.
    """
    words = " ".join(storable(words).split())
    if not 0 < len(words) <= LONGEST_NOTE:
        limit = _("Say when and where, in %s characters at most.") % LONGEST_NOTE
        raise InvalidError({"note": limit})
    begin(user, place)
    ObservedRecord.objects.filter(**where(user, place)).update(note=words)
    return get(user, place) or Observed(code="", note=words)
