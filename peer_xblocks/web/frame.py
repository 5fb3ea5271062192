"""What stands around every page: the programme, who is signed in, and where they may go."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from peer_xblocks.assessment.api import notices, referrals
from peer_xblocks.core.record import Role
from peer_xblocks.records.api import grants, programmes
from peer_xblocks.web import words


@dataclass(frozen=True)
class Link:
    """One place in the navigation."""

    address: str
    text: str
    current: bool


@dataclass(frozen=True)
class Frame:
    """The frame around a page. `is_titled`: under the title of a programme, in its own language."""

    title: str
    is_titled: bool = False
    person: str = ""
    roles: str = ""
    links: tuple[Link, ...] = ()


def of_request(request: HttpRequest | None) -> Frame:
    """The frame for whoever asks; anonymous visitors get the title alone."""
    user = getattr(request, "user", None)
    if request is None or user is None or not user.is_authenticated:
        return Frame(title=str(_("Peer support training")))
    held = grants.programmes_of(user)
    roles = sorted({str(role) for _slug, own in held for role in own})
    return Frame(
        title=_title(held),
        is_titled=len(held) == 1,
        person=user.get_full_name() or user.get_username(),
        roles=", ".join(str(words.ROLES.get(role, role)) for role in roles),
        links=_links(user, held, request.path),
    )


def _title(held: tuple) -> str:
    """The programme's title when the person has one programme, else the name of the whole."""
    if len(held) == 1:
        return programmes.get(held[0][0]).title
    return str(_("Peer support training"))


def _links(user: AbstractBaseUser, held: tuple, path: str) -> tuple[Link, ...]:
    places: list[tuple[str, str]] = []
    every_role = {role for _slug, own in held for role in own}
    for slug, own in held:
        suffix = f" ({slug})" if len(held) > 1 else ""
        if Role.TRAINEE in own:
            address = reverse("peer_xblocks:own-record", args=[slug])
            places.append((address, _("My record") + suffix))
        if Role.AUDITOR in own:
            address = reverse("peer_xblocks:audit", args=[slug])
            places.append((address, _("Records") + suffix))
    if every_role & {Role.ASSESSOR, Role.LEAD}:
        places.append((reverse("peer_xblocks:queue"), _("To rate")))
    if Role.LEAD in every_role:
        places.append((reverse("peer_xblocks:lead"), _("Results")))
    if count := notices.unread(user):
        places.append((reverse("peer_xblocks:notices"), _("Notices") + f" ({count})"))
    for slug, count in referrals.waiting(user).items():
        address = reverse("peer_xblocks:referrals", args=[slug])
        places.append((address, _("Safeguarding") + f" ({count})"))
    return tuple(Link(address, text, path.startswith(address)) for address, text in places)
