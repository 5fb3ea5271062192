"""People under the pairwise ids that records know them by."""

import uuid
from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from peer_xblocks.core.errors import NotFoundError
from peer_xblocks.core.record import Kind, Role
from peer_xblocks.records.api import grants
from peer_xblocks.records.models import Person, Programme, Record


def urn(user: AbstractBaseUser, programme: str) -> str:
    """Return the id of a person in one programme; the first call makes it.

    Raises NotFoundError when there is no such programme.
    """
    known = Person.objects.filter(user_id=user.pk, programme__slug=programme)
    found = known.values_list("urn", flat=True).first()
    if found is not None:
        return found
    owner = Programme.objects.filter(slug=programme).first()
    if owner is None:
        raise NotFoundError
    person, _made = Person.objects.get_or_create(
        user_id=user.pk, programme=owner, defaults={"urn": f"urn:uuid:{uuid.uuid4()}"}
    )
    return person.urn


def known_urn(user: AbstractBaseUser, programme: str) -> str | None:
    """Return the id of a person in one programme, or None when nothing was ever recorded."""
    known = Person.objects.filter(user_id=user.pk, programme__slug=programme)
    return known.values_list("urn", flat=True).first()


def user_id(urn: str, programme: str) -> int | None:
    """Return the account behind an id of a programme; None when it is unknown or gone."""
    known = Person.objects.filter(urn=urn, programme__slug=programme)
    return known.values_list("user_id", flat=True).first()


def known(user_ids: Iterable[int], programme: str) -> dict[str, str]:
    """Return, by their ids in a programme, what to call those of these accounts that have one."""
    rows = Person.objects.filter(user_id__in=list(user_ids), programme__slug=programme)
    return names(rows.values_list("urn", flat=True))


def name(urn: str) -> str:
    """Return what to call the person behind an id, for the pages of leads and auditors."""
    return names([urn])[urn]


def names(urns: Iterable[str]) -> dict[str, str]:
    """Return what to call each of these people, in one query.

    Who is not known, or whose account is gone, is "someone"; "system" is the site itself.
    """
    wanted = set(urns)
    people = Person.objects.filter(urn__in=wanted).select_related("user")
    found = {person.urn: called(person.user) for person in people}
    found["system"] = _("the system")
    return {urn: found.get(urn, _("someone")) for urn in wanted}


def trainees(programme: str) -> tuple[AbstractBaseUser, ...]:
    """Return who is a trainee by a grant, or has a submission recorded, in a programme, by name.

    Whom the platform alone knows as enrolled is not listed. Permission is the caller's business.
    """
    granted = grants.holders(programme, Role.TRAINEE)
    submitted = Record.objects.filter(
        log__programme__slug=programme, kind=Kind.SUBMISSION.value
    ).values("subject")
    known = Person.objects.filter(urn__in=submitted, user__isnull=False).select_related("user")
    found = {one.pk: one for one in (*granted, *(person.user for person in known))}
    return tuple(sorted(found.values(), key=called))


def called(user: AbstractBaseUser | None) -> str:
    """Return what to call somebody by their account; "someone" when it is gone."""
    if user is None:
        return _("someone")
    full = user.get_full_name() if hasattr(user, "get_full_name") else ""
    return full or user.get_username()
