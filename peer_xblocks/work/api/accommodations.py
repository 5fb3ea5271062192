"""More time for a trainee: asked for without a reason, granted by a lead, seen by no assessor.

What changes nothing for the rating (notes, signs, writing in place of speaking, breaks) needs no
grant at all. A lead may note why; the trainee and that lead read it, nobody else, and it is in no
record.
"""

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _

from peer_xblocks.core.errors import ForbiddenError, InvalidError
from peer_xblocks.core.record import Role
from peer_xblocks.records.api import grants, people
from peer_xblocks.records.transactions import run
from peer_xblocks.work.models import Accommodation
from peer_xblocks.work.rows import checked_text
from peer_xblocks.work.signals import more_time
from peer_xblocks.work.values import MoreTime, TimeOfTrainee

CHOICES = (25, 50, 100)
"""How much more time can be granted, in percent."""

LONGEST_REASON = 2_000
NOTHING = MoreTime(asked_at=None, extra_percent=0, granted_by="", granted_at=None, reason="")


def mine(user: AbstractBaseUser, programme: str) -> MoreTime:
    """What the user asked for and has in a programme, with the reason if there is one."""
    grants.require(user, programme, Role.TRAINEE)
    row = _rows(programme).filter(owner_id=user.pk).first()
    return _value(row, reads_reason=True) if row else NOTHING


def ask(user: AbstractBaseUser, programme: str) -> MoreTime:
    """Ask the leads for more time. Nobody asks why; asking again changes nothing."""
    grants.require(user, programme, Role.TRAINEE)
    _make(user.pk, programme)

    def asked() -> None:
        rows = _rows(programme).filter(owner_id=user.pk, asked_at=None)
        if rows.update(asked_at=timezone.now()):
            _tell(user.pk, programme, "asked")

    run(asked, joins=True)
    return mine(user, programme)


def take_back(user: AbstractBaseUser, programme: str) -> MoreTime:
    """Ask no longer."""
    grants.require(user, programme, Role.TRAINEE)
    _rows(programme).filter(owner_id=user.pk).update(asked_at=None)
    return mine(user, programme)


def of_programme(lead: AbstractBaseUser, programme: str) -> tuple[TimeOfTrainee, ...]:
    """The trainees of a programme with what they asked for and have, for its leads, by name.

    A reason is there for the lead who noted it alone, and nothing of the lead's own is in it.
    """
    grants.require(lead, programme, Role.LEAD)
    found = {row.owner_id: row for row in _rows(programme)}
    users = {one.pk: one for one in people.trainees(programme)}
    users |= {row.owner_id: row.owner for row in found.values()}  # whom the platform alone knows
    users.pop(lead.pk, None)
    return tuple(
        TimeOfTrainee(
            id=one.pk,
            name=people.called(one),
            time=_as_read_by(lead, found[one.pk]) if one.pk in found else NOTHING,
        )
        for one in sorted(users.values(), key=people.called)
    )


def asking(lead: AbstractBaseUser, programme: str) -> int:
    """How many trainees of a programme ask for more time now, for its leads."""
    grants.require(lead, programme, Role.LEAD)
    return _rows(programme).exclude(asked_at=None).exclude(owner_id=lead.pk).count()


def grant(
    lead: AbstractBaseUser, trainee_id: int | None, programme: str, percent: int | None, reason: str
) -> None:
    """Grant a trainee more time from now on, in place of what they had.

    Raises InvalidError for the person or the amount, ForbiddenError for oneself.
    """
    grants.require(lead, programme, Role.LEAD)
    if trainee_id == lead.pk:
        raise ForbiddenError(_("This is about yourself, so another lead has to decide it."))
    problems = {}
    if trainee_id not in {one.id for one in of_programme(lead, programme)}:
        problems["trainee"] = _("Choose a person from the list.")
    if percent not in CHOICES:
        problems["percent"] = _("Choose how much more time.")
    if problems or trainee_id is None:
        raise InvalidError(problems)
    now = {
        "extra_percent": percent,
        "granted_by": lead.pk,
        "granted_at": timezone.now(),
        "reason": checked_text(reason.strip(), "reason", LONGEST_REASON),
        "asked_at": None,
    }
    _make(trainee_id, programme)

    def granted() -> None:
        _rows(programme).filter(owner_id=trainee_id).update(**now)
        _tell(trainee_id, programme, "granted")

    run(granted, joins=True)


def end(lead: AbstractBaseUser, trainee_id: int | None, programme: str) -> None:
    """End what a trainee was granted, or say no to what they ask; the reason is deleted with it."""
    grants.require(lead, programme, Role.LEAD)
    if trainee_id == lead.pk:
        raise ForbiddenError(_("This is about yourself, so another lead has to decide it."))
    none = {"extra_percent": 0, "granted_by": None, "granted_at": None, "reason": ""}

    def ended() -> None:
        if _rows(programme).filter(owner_id=trainee_id).update(asked_at=None, **none):
            _tell(trainee_id, programme, "ended")

    run(ended, joins=True)


def _tell(owner_id: int | None, programme: str, what: str) -> None:
    more_time.send(sender=Accommodation, owner_id=owner_id, programme=programme, what=what)


def _rows(programme: str):
    return Accommodation.objects.filter(programme=programme).select_related("owner", "granted_by")


def _make(owner_id: int, programme: str) -> None:
    """Make the row when it is missing; two at once are one."""
    row = Accommodation(owner_id=owner_id, programme=programme)
    run(lambda: Accommodation.objects.bulk_create([row], ignore_conflicts=True), joins=True)


def _as_read_by(lead: AbstractBaseUser, row: Accommodation) -> MoreTime:
    return _value(row, reads_reason=row.granted_by_id == lead.pk)


def _value(row: Accommodation, *, reads_reason: bool) -> MoreTime:
    return MoreTime(
        asked_at=row.asked_at,
        extra_percent=row.extra_percent,
        granted_by=people.called(row.granted_by) if row.extra_percent else "",
        granted_at=row.granted_at,
        reason=row.reason if reads_reason else "",
    )
