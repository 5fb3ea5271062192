"""Grants: who may act in which role, in which programme, and for how long.

Auditing excludes every other role in the same programme. A superuser is operator everywhere and
nothing else by that. On the platform, who is enrolled is a trainee and who may edit is an author.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from peer_xblocks import compat
from peer_xblocks.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from peer_xblocks.core.record import Role
from peer_xblocks.records.api.programmes import Body
from peer_xblocks.records.models import CertifyingBody, Grant, Programme
from peer_xblocks.records.transactions import run


@dataclass(frozen=True, slots=True)
class GrantInfo:
    """One grant: the role, the programme, an auditor's body, and the period."""

    id: int
    user_id: int | None
    programme: str
    role: Role
    body: str | None
    since: datetime
    until: datetime | None


def roles(user: AbstractBaseUser, programme: str) -> frozenset[Role]:
    """Return the roles that somebody has in a programme now; none when there is no programme."""
    if not getattr(user, "is_active", False) or user.pk is None:
        return frozenset()
    # Asked on every call of every api: who has a grant costs one query, and nobody more than two.
    granted = list(
        _in_force().filter(user_id=user.pk, programme__slug=programme).select_related("programme")
    )
    found = granted[0].programme if granted else Programme.objects.filter(slug=programme).first()
    return _roles(user, found, (grant.role for grant in granted)) if found else frozenset()


def require(user: AbstractBaseUser, programme: str, *wanted: Role) -> Role:
    """Return the first of these roles that somebody has now.

    Raises ForbiddenError when they have none of them, NotFoundError without such a programme.
    """
    held = roles(user, programme)
    for role in wanted:
        if role in held:
            return role
    if not Programme.objects.filter(slug=programme).exists():
        raise NotFoundError
    raise ForbiddenError(wanted=wanted)


def programmes_of(user: AbstractBaseUser) -> tuple[tuple[str, frozenset[Role]], ...]:
    """Return each programme in which somebody has a role now, with these roles, by name."""
    if not getattr(user, "is_active", False) or user.pk is None:
        return ()
    granted: dict[int, set[str]] = {}
    for programme_id, role in (
        _in_force().filter(user_id=user.pk).values_list("programme_id", "role")
    ):
        granted.setdefault(programme_id, set()).add(role)
    found = (
        (programme.slug, _roles(user, programme, granted.get(programme.pk, ())))
        for programme in Programme.objects.order_by("slug")
    )
    return tuple((slug, held) for slug, held in found if held)


def body_of(user: AbstractBaseUser, programme: str) -> Body:
    """Return the certifying body for which somebody audits a programme; raises ForbiddenError."""
    require(user, programme, Role.AUDITOR)
    grant = (
        _in_force()
        .filter(user_id=user.pk, programme__slug=programme, role=Role.AUDITOR.value)
        .select_related("body")
        .first()
    )
    if grant is None or grant.body is None:
        raise ForbiddenError
    return Body(grant.body.key, grant.body.name)


def holders(programme: str, *wanted: Role) -> tuple[Any, ...]:
    """Return the users who have a granted role among these now, by name.

    Who is a trainee or an author by the platform alone is not among them. Permission is the
    caller's business.
    """
    users = (
        _in_force()
        .filter(programme__slug=programme, role__in=[role.value for role in wanted])
        .values_list("user_id", flat=True)
    )
    found = get_user_model().objects.filter(pk__in=users, is_active=True)
    return tuple(sorted(found, key=lambda one: (one.get_full_name(), one.get_username())))


def of_programme(by: AbstractBaseUser | None, programme: str) -> tuple[GrantInfo, ...]:
    """Return the grants that are or will be in force in a programme, for its operator; None stands
    for a management command. Raises NotFoundError without such a programme.
    """
    if by is not None:
        require(by, programme, Role.OPERATOR)
    elif not Programme.objects.filter(slug=programme).exists():
        raise NotFoundError
    found = _not_ended().filter(programme__slug=programme).order_by("pk")
    return tuple(map(_info, found.select_related("programme", "body")))


def give(
    by: AbstractBaseUser | None,
    user: AbstractBaseUser,
    programme: str,
    role: Role,
    body: str | None = None,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> GrantInfo:
    """Give somebody a role, from now or `since` on, for good or until a time (not included).

    `by` must be an operator; None stands for a management command or a seed, which act for the
    operator. An auditor needs the key of a certifying body of the programme. Raises ConflictError
    where an auditor would have another role, or an auditor of one body be that of another.
    """
    if by is not None:
        require(by, programme, Role.OPERATOR)
    _check(role, body, since, until)

    def given() -> Grant:
        # Held, so that two operators cannot give at once what excludes each other.
        owner = Programme.objects.select_for_update().filter(slug=programme).first()
        if owner is None:
            raise NotFoundError
        certifying = _certifying(owner, body)
        _check_exclusion(user, owner, role, certifying)
        return Grant.objects.create(
            user_id=user.pk,
            programme=owner,
            role=role.value,
            body=certifying,
            since=since or timezone.now(),
            until=until,
            given_by_id=None if by is None else by.pk,
        )

    return _info(run(given, joins=True))


def revoke(by: AbstractBaseUser | None, grant_id: int) -> None:
    """End a grant now. Raises NotFoundError for one of a programme that `by` does not operate; None
    stands for a management command.
    """
    grant = Grant.objects.filter(pk=grant_id).select_related("programme").first()
    if grant is None or (by is not None and Role.OPERATOR not in roles(by, grant.programme.slug)):
        raise NotFoundError
    Grant.objects.filter(pk=grant_id, revoked_at=None).update(
        revoked_at=timezone.now(), revoked_by_id=None if by is None else by.pk
    )


def _not_ended() -> QuerySet[Grant]:
    lasting = Q(until=None) | Q(until__gt=timezone.now())
    return Grant.objects.filter(lasting, revoked_at=None)


def _in_force() -> QuerySet[Grant]:
    return _not_ended().filter(since__lte=timezone.now())


def _roles(user: AbstractBaseUser, programme: Programme, granted: Iterable[str]) -> frozenset[Role]:
    held = {Role(role) for role in granted}
    if getattr(user, "is_superuser", False):
        # An auditor who came to run the site audits no longer.
        return frozenset(held - {Role.AUDITOR} | {Role.OPERATOR})
    if Role.AUDITOR in held:
        return frozenset({Role.AUDITOR})
    return frozenset(held | _from_platform(user, programme))


def _from_platform(user: AbstractBaseUser, programme: Programme) -> set[Role]:
    held: set[Role] = set()
    if compat.is_enrolled(user, programme.course_key):
        held.add(Role.TRAINEE)
    if compat.is_course_staff(user, programme.course_key):
        held.add(Role.AUTHOR)
    return held


def _check(role: Role, body: str | None, since: datetime | None, until: datetime | None) -> None:
    problems: dict[str, str] = {}
    if role is Role.SYSTEM:
        problems["role"] = _("This role cannot be given to a person.")
    if (role is Role.AUDITOR) != (body is not None):
        problems["body"] = _("An auditor, and nobody else, acts for a certifying body.")
    if until is not None and until <= (since or timezone.now()):
        problems["until"] = _("A grant ends after it begins.")
    if problems:
        raise InvalidError(problems)


def _certifying(programme: Programme, key: str | None) -> CertifyingBody | None:
    if key is None:
        return None
    body = programme.bodies.filter(key=key).first()
    if body is None:
        raise InvalidError({"body": _("This certifying body is not part of the programme.")})
    return body


def _check_exclusion(
    user: AbstractBaseUser, programme: Programme, role: Role, body: CertifyingBody | None
) -> None:
    held = list(_not_ended().filter(user_id=user.pk, programme=programme))
    if role is not Role.AUDITOR:
        if any(grant.role == Role.AUDITOR for grant in held):
            raise ConflictError(_("An auditor of this programme can have no other role in it."))
        return
    others = any(grant.role != Role.AUDITOR for grant in held)
    if others or getattr(user, "is_superuser", False) or _from_platform(user, programme):
        raise ConflictError(_("Who has another role in this programme cannot audit it."))
    if any(grant.body_id != (body.pk if body else None) for grant in held):
        raise ConflictError(_("This person audits for another certifying body already."))


def _info(grant: Grant) -> GrantInfo:
    return GrantInfo(
        id=grant.pk,
        user_id=grant.user_id,
        programme=grant.programme.slug,
        role=Role(grant.role),
        body=grant.body.key if grant.body else None,
        since=grant.since,
        until=grant.until,
    )
