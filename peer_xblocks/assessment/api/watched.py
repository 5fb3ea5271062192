"""An assessor says that they watched, in the room, the performance of the seat they hold."""

from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _

from peer_xblocks.assessment import reach
from peer_xblocks.assessment.models import WatchedRecord
from peer_xblocks.core.errors import ConflictError, InvalidError
from peer_xblocks.work.api import for_assessment
from peer_xblocks.work.text import storable

LONGEST_WHERE = 200
"""Characters."""


def declare(
    user: AbstractBaseUser, seat_id: UUID | str, code: str, where: str, *, watched: bool
) -> None:
    """Say that one watched the performance of one's own seat, when and where; `code` is what the
    trainee said before it began.

    Saying it again changes nothing. Raises InvalidError for another performance's code, or when a
    part is missing; ConflictError for a performance that a file holds.
    """
    seat = reach.own_seat(user, seat_id)
    observed = for_assessment.performance(seat.case.submission).observed
    if observed is None:
        raise ConflictError(_("This performance was not watched in the room."))
    where = " ".join(storable(where).split())
    problems = {}
    if "".join(code.split()).casefold() != observed.code.casefold():
        problems["code"] = _(
            "This is not the code of the performance that you hold a seat of. If you watched "
            "another one, pass this one on."
        )
    if not 0 < len(where) <= LONGEST_WHERE:
        limit = _("Say when and where, in %s characters at most.") % LONGEST_WHERE
        problems["where"] = limit
    if not watched:
        problems["watched"] = _("Tick this if you watched it; otherwise pass it on.")
    if problems:
        raise InvalidError(problems)
    statement = _("I watched this performance live: %s") % where
    row = WatchedRecord(seat=seat, assessor_id=user.pk, statement=statement, said_at=timezone.now())
    WatchedRecord.objects.bulk_create([row], ignore_conflicts=True)
