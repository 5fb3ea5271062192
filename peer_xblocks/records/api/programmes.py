"""Programmes: one course run under one set of rules, with its log and its certifying bodies."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from peer_xblocks.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from peer_xblocks.core.value import SLUG
from peer_xblocks.evidence.keys import is_key_name
from peer_xblocks.records.models import CertifyingBody, Log, Programme
from peer_xblocks.records.transactions import run


@dataclass(frozen=True, slots=True)
class ProgrammeInfo:
    """A programme as others see it; `origin` names its log and the key that signs for it."""

    slug: str
    title: str
    course_key: str
    origin: str


@dataclass(frozen=True, slots=True)
class Body:
    """A certifying body of a programme: the key that records use, and its name for people."""

    key: str
    name: str


def create(
    by: AbstractBaseUser | None,
    slug: str,
    title: str,
    course_key: str,
    bodies: Mapping[str, str],
) -> ProgrammeInfo:
    """Begin a programme with an empty log; `bodies` maps keys to names.

    `by` must be a superuser, because nobody has a grant yet; None stands for a management command
    or a seed. The log's host is the setting PEER_XBLOCKS_LOG_HOST as it is now, for good.
    Raises InvalidError, and ConflictError when slug or course have a programme already.
    """
    if by is not None and not getattr(by, "is_superuser", False):
        raise ForbiddenError
    origin = f"{_host()}/peer-xblocks/{slug}"
    _check(slug, course_key, bodies, origin)

    def made() -> Programme:
        if Programme.objects.filter(slug=slug).exists():
            raise ConflictError(_("There is a programme of this name already."))
        if Programme.objects.filter(course_key=course_key).exists():
            raise ConflictError(_("This course has a programme already."))
        programme = Programme.objects.create(slug=slug, title=title, course_key=course_key)
        Log.objects.create(programme=programme, origin=origin)
        programme.bodies.set([_body(key, name) for key, name in bodies.items()])
        return programme

    return _info(run(made, joins=True))


def get(slug: str) -> ProgrammeInfo:
    """Return the programme of this name; raises NotFoundError."""
    found = _all().filter(slug=slug).first()
    if found is None:
        raise NotFoundError
    return _info(found)


def for_course(course_key: str) -> ProgrammeInfo | None:
    """Return the programme that this course run belongs to, or None."""
    found = _all().filter(course_key=str(course_key)).first()
    return None if found is None else _info(found)


def bodies(slug: str) -> tuple[Body, ...]:
    """Return the certifying bodies of a programme, by name."""
    found = CertifyingBody.objects.filter(programmes__slug=slug).order_by("name", "key")
    return tuple(Body(key, name) for key, name in found.values_list("key", "name"))


def _all() -> QuerySet[Programme]:
    return Programme.objects.select_related("log")


def _info(programme: Programme) -> ProgrammeInfo:
    return ProgrammeInfo(
        programme.slug, programme.title, programme.course_key, programme.log.origin
    )


def _host() -> str:
    """The host that a new log is named after; an invalid one of its own where none is set."""
    return getattr(settings, "PEER_XBLOCKS_LOG_HOST", "") or (
        f"standalone-{secrets.token_hex(4)}.invalid"
    )


def _check(slug: str, course_key: str, bodies: Mapping[str, str], origin: str) -> None:
    problems: dict[str, str] = {}
    if not re.fullmatch(SLUG, slug):
        problems["slug"] = _("A name has 1 to 64 of a-z, 0-9 and hyphens inside.")
    if not course_key or len(course_key) > 255:
        problems["course_key"] = _("A programme belongs to one course.")
    if any(not re.fullmatch(SLUG, key) or not name for key, name in bodies.items()):
        problems["bodies"] = _("A certifying body has a key of a-z, 0-9 and hyphens, and a name.")
    if not is_key_name(origin) or len(origin) > 255:
        problems["host"] = _("The host of the log has a space or a plus in it, or is too long.")
    if problems:
        raise InvalidError(problems)


def _body(key: str, name: str) -> CertifyingBody:
    """Return the body of this key, which other programmes may share."""
    body, _made = CertifyingBody.objects.get_or_create(key=key, defaults={"name": name})
    if body.name != name:
        raise ConflictError(_("A certifying body with this key has another name."))
    return body
