"""Declared relations of assessors to trainees. At most one rater of a submission may have one.

An assessor declares their own, a trainee theirs, a lead anybody's. A tie is never deleted: it gets
an end.
"""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from peer_xblocks.assessment import reach, tying
from peer_xblocks.assessment.models import Seat, Tie
from peer_xblocks.assessment.reach import RATERS
from peer_xblocks.assessment.values import Person, TieInfo, TieKind
from peer_xblocks.core.errors import ConflictError, InvalidError, NotFoundError
from peer_xblocks.core.record import Role
from peer_xblocks.records.api import grants, people
from peer_xblocks.records.transactions import run

MOST = 200


def declare(
    by: AbstractBaseUser,
    assessor: AbstractBaseUser,
    trainee: AbstractBaseUser,
    programme: str,
    kind: str,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> TieInfo:
    """Declare that an assessor is tied to a trainee, from `since` on and before `until` (None:
    always). It counts for seats taken from now on, and for those that the assessor has on what is
    not resolved yet: `tying.mark` says how.

    Raises InvalidError for the kind, the period, or people who are not what they are said to be.
    """
    if by.pk == trainee.pk:
        grants.require(by, programme, Role.TRAINEE)
    else:
        grants.require(by, programme, *(RATERS if by.pk == assessor.pk else (Role.LEAD,)))
    if problems := _problems_with(assessor, trainee, programme, kind, since, until):
        raise InvalidError(problems)
    row = run(
        lambda: _declared(by, assessor, trainee, programme, kind, since=since, until=until),
        joins=True,
    )
    return _info(row)


def declare_at_seat(user: AbstractBaseUser, seat_id: UUID | str, kind: str) -> bool:
    """Declare a tie to whoever performs on the user's own held seat, without being told a name.

    Whether they may go on rating: False when the other rater is tied already, or when this is a
    third rating; the seat goes to somebody else then. Raises InvalidError for the kind.
    """
    seat = reach.own_seat(user, seat_id)
    if seat.submitted_at is not None:
        raise ConflictError(_("You have rated this already. Please tell your lead."))
    if problems := _problems_with(user, seat.trainee, seat.programme, kind, None, None):
        raise InvalidError(problems)
    run(lambda: _declared(user, user, seat.trainee, seat.programme, kind, at_desk=seat), joins=True)
    return Seat.objects.filter(id=seat.id, holder_id=user.pk).exists()


def mine(user: AbstractBaseUser, programme: str) -> tuple[TieInfo, ...]:
    """The ties that concern the user, as an assessor or as a trainee, the newest first."""
    if not grants.roles(user, programme):
        grants.require(user, programme, Role.TRAINEE)
    rows = Tie.objects.filter(Q(assessor_id=user.pk) | Q(trainee_id=user.pk), programme=programme)
    return _listed(rows)


def of_programme(user: AbstractBaseUser, programme: str) -> tuple[TieInfo, ...]:
    """All ties of a programme, for leads, the newest first."""
    grants.require(user, programme, Role.LEAD)
    return _listed(Tie.objects.filter(programme=programme))


def end(user: AbstractBaseUser, tie_id: int) -> TieInfo:
    """End a tie now: for whoever declared it, and for leads. Raises NotFoundError for any other."""
    row = Tie.objects.filter(id=tie_id).select_related("assessor", "trainee", "declared_by").first()
    is_theirs = row is not None and user.pk == row.declared_by_id
    if row is None or not (is_theirs or Role.LEAD in grants.roles(user, row.programme)):
        raise NotFoundError
    now = timezone.now()
    if row.until is None or row.until > now:
        row.until = now
        row.save(update_fields=["until"])
    return _info(row)


def assessors(user: AbstractBaseUser, programme: str) -> tuple[Person, ...]:
    """Who rates in a programme, for everybody with a role in it, to say whom one knows."""
    if not grants.roles(user, programme):
        grants.require(user, programme, Role.TRAINEE)
    return _persons(grants.holders(programme, *RATERS))


def trainees(user: AbstractBaseUser, programme: str) -> tuple[Person, ...]:
    """The trainees of a programme by name, for assessors and leads, to say whom they know.

    Nobody learns from it who handed in what.
    """
    grants.require(user, programme, *RATERS)
    return _persons(people.trainees(programme))


def _problems_with(
    assessor: AbstractBaseUser,
    trainee: AbstractBaseUser,
    programme: str,
    kind: str,
    since: datetime | None,
    until: datetime | None,
) -> dict[str, str]:
    problems: dict[str, str] = {}
    if kind not in set(TieKind):
        problems["kind"] = _("There is no such kind of tie.")
    if assessor.pk == trainee.pk:
        problems["trainee"] = _("Nobody rates their own submission anyway.")
    if not _is_trainee(trainee, programme):
        problems["trainee"] = _("This person is no trainee in this programme.")
    if not grants.roles(assessor, programme) & set(RATERS):
        problems["assessor"] = _("This person is no assessor in this programme.")
    if since and until and until <= since:
        problems["until"] = _("The end comes before the beginning.")
    return problems


def _is_trainee(user: AbstractBaseUser, programme: str) -> bool:
    return Role.TRAINEE in grants.roles(user, programme) or bool(people.known_urn(user, programme))


def _declared(
    by: AbstractBaseUser,
    assessor: AbstractBaseUser,
    trainee: AbstractBaseUser,
    programme: str,
    kind: str,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    at_desk: Seat | None = None,
) -> Tie:
    """Write the tie, and mark the seats that the assessor has already."""
    seats = tying.lock(programme, trainee.pk)
    row = Tie.objects.create(
        programme=programme,
        assessor_id=assessor.pk,
        trainee_id=trainee.pk,
        kind=str(kind),
        since=since,
        until=until,
        declared_by_id=by.pk,
        declared_at=timezone.now(),
    )
    tying.mark(row, seats, at_desk=at_desk)
    return row


def _listed(rows: QuerySet[Tie]) -> tuple[TieInfo, ...]:
    found = rows.select_related("assessor", "trainee", "declared_by").order_by("-id")[:MOST]
    return tuple(map(_info, found))


def _persons(users: tuple[AbstractBaseUser, ...]) -> tuple[Person, ...]:
    return tuple(Person(id=one.pk, name=people.called(one)) for one in users)


def _info(row: Tie) -> TieInfo:
    return TieInfo(
        id=row.pk,
        assessor_id=row.assessor_id,
        assessor=people.called(row.assessor),
        trainee_id=row.trainee_id,
        trainee=people.called(row.trainee),
        kind=row.kind,
        since=row.since,
        until=row.until,
        declared_by=people.called(row.declared_by),
    )
