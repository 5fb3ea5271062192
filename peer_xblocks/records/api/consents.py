"""Consents: to which certifying bodies a trainee lets records be shown.

A consent covers one or more submissions with all that follows from them, or the whole programme.
The latest word on a body decides, whichever of the two it was about.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _

from peer_xblocks.core.errors import InvalidError, NotFoundError
from peer_xblocks.core.record import ConsentBody, ConsentTo, Kind, Role
from peer_xblocks.records.api import grants, people, programmes
from peer_xblocks.records.api.log import Appended, Fact, append
from peer_xblocks.records.models import Consent, Record
from peer_xblocks.records.transactions import outermost

To = Iterable[str] | Mapping[str, datetime | None]
"""Keys of certifying bodies; as a mapping, each with the time until which the consent lasts."""


@dataclass(frozen=True, slots=True)
class ConsentInfo:
    """The latest word of a person on one body and one submission (None: the programme)."""

    body: str
    submission: str | None
    until: datetime | None
    is_in_force: bool


def give(
    user: AbstractBaseUser,
    programme: str,
    bodies: To,
    about: Sequence[str],
    statement: str,
) -> Fact:
    """Return the fact of a consent, for the caller to append beside the submission it covers.

    Without any submission it covers the whole programme. Raises InvalidError for a body that is
    not of the programme, or without a statement.
    """
    grants.require(user, programme, Role.TRAINEE)
    return _fact(user, programme, bodies, about, statement, withdrawn=False)


@outermost
def agree(
    user: AbstractBaseUser, programme: str, bodies: To, about: Sequence[str], statement: str
) -> Appended:
    """Record a consent to own submissions, or without any to the whole programme."""
    _check_own(user, programme, about)
    return append(programme, give(user, programme, bodies, about, statement))[0]


@outermost
def withdraw(
    user: AbstractBaseUser, programme: str, bodies: To, about: Sequence[str], statement: str
) -> Appended:
    """Record that consent ends, for own submissions, or without any for the whole programme.

    Whoever once was a trainee may do this; for others, who act and are not recorded about, there is
    nothing to withdraw. What is withdrawn for the programme is withdrawn for
    all earlier submissions too, because the latest word decides.
    """
    _check_own(user, programme, about)
    own = Record.objects.filter(log__programme__slug=programme)
    if not own.filter(subject=people.urn(user, programme)).exists():
        grants.require(user, programme, Role.TRAINEE)
    fact = _fact(user, programme, bodies, about, statement, withdrawn=True)
    return append(programme, fact)[0]


def current(subject: str, programme: str) -> tuple[ConsentInfo, ...]:
    """Return the latest word of a person for each body and each submission they spoke of.

    A submission without a line follows the programme's. Permission is the caller's business.
    """
    now = timezone.now()
    latest: dict[tuple[str, str], Consent] = {}
    rows = Consent.objects.filter(subject=subject, log__programme__slug=programme)
    for row in rows.order_by("index"):
        if not row.root:
            # A word on the programme is also the latest one on each submission.
            latest = {key: one for key, one in latest.items() if key[0] != row.body}
        latest[row.body, row.root] = row
    return tuple(
        ConsentInfo(
            body=row.body,
            submission=row.root or None,
            until=row.until,
            is_in_force=not row.withdrawn and (row.until is None or row.until > now),
        )
        for row in latest.values()
    )


def _fact(
    user: AbstractBaseUser,
    programme: str,
    bodies: To,
    about: Sequence[str],
    statement: str,
    *,
    withdrawn: bool,
) -> Fact:
    until = dict(bodies) if isinstance(bodies, Mapping) else dict.fromkeys(bodies)
    problems: dict[str, str] = {}
    if not until or not set(until) <= {body.key for body in programmes.bodies(programme)}:
        problems["bodies"] = _("Choose among the certifying bodies of the programme.")
    if not statement.strip():
        problems["statement"] = _("The record needs the sentence that you agreed to.")
    if problems:
        raise InvalidError(problems)
    body = ConsentBody(
        bodies=tuple(ConsentTo(body=key, until=end) for key, end in until.items()),
        scope="submission" if about else "programme",
        withdrawn=withdrawn,
        statement=statement,
    )
    subject = people.urn(user, programme)
    return Fact(Kind.CONSENT, subject, body, subject, Role.TRAINEE, tuple(about))


def _check_own(user: AbstractBaseUser, programme: str, about: Sequence[str]) -> None:
    subject = people.known_urn(user, programme)
    if subject is None:
        raise NotFoundError
    own = Record.objects.filter(
        log__programme__slug=programme,
        subject=subject,
        kind=Kind.SUBMISSION.value,
        urn__in=list(about),
    )
    if own.count() != len(set(about)):
        raise NotFoundError
