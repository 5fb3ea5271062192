"""Somebody plays with a trainee, by a link: the trainee makes and withdraws it, whoever holds it
reads what this is, agrees or declines, reads the card, and says whether they kept to it.

A link's key is shown once and kept as a digest. Who holds the key is asked for nothing else: the
link is the permission. The trainee who made it never gets the card.
"""

import secrets
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _

from peer_xblocks.core.errors import ForbiddenError, InvalidError, NotFoundError
from peer_xblocks.core.place import Place
from peer_xblocks.core.record import Role
from peer_xblocks.core.scenario import Scenario
from peer_xblocks.records.api import documents, grants
from peer_xblocks.records.transactions import run
from peer_xblocks.work import partnering
from peer_xblocks.work.api.drafts import locked
from peer_xblocks.work.models import PartnerLink
from peer_xblocks.work.rows import rest_of, where
from peer_xblocks.work.text import storable
from peer_xblocks.work.values import PartnerInfo, PartnerSheet

KEPT = timedelta(days=7)
LONGEST_CODE = 12
"""Characters: enough for initials or a code, too few for most full names."""


def get(user: AbstractBaseUser, place: Place) -> PartnerInfo | None:
    """How it stands with the link that counts in this activity; None for no link."""
    row = PartnerLink.objects.filter(**where(user, place), current=1).first()
    return _info(row) if row else None


def make(user: AbstractBaseUser, place: Place, scenario_sha256: str) -> str:
    """Make a link for the scene as it is begun, and withdraw the one before; its key, which nobody
    is told again.

    The card is of the edition under this digest, whatever an author writes later. Raises
    InvalidError where nothing is begun that a partner plays in.
    """
    grants.require(user, place.programme, Role.TRAINEE)
    scenario = _scenario(scenario_sha256)
    key = secrets.token_urlsafe(32)

    def made() -> None:
        draft = locked(user, place)
        _refuse_unless(draft.mode in partnering.PLAYED)
        partnering.withdraw(user, place)
        now = timezone.now()
        PartnerLink.objects.create(
            **where(user, place),
            **rest_of(place),
            key_sha256=partnering.digest_of(key),
            scenario_sha256=scenario_sha256,
            card_edition=scenario.edition,
            mode=draft.mode,
            made_at=now,
            expires_at=now + KEPT,
            current=1,
        )

    _refuse_unless(partnering.is_begun(user, place))
    run(made, joins=True)
    return key


def withdraw(user: AbstractBaseUser, place: Place) -> None:
    """Let the link show nothing any more; what was agreed to by it does not count either."""
    if not partnering.is_begun(user, place):
        return

    def withdrawn() -> None:
        locked(user, place)
        partnering.withdraw(user, place)

    run(withdrawn, joins=True)


def sheet(key: str, visitor: Any) -> PartnerSheet:
    """What this link shows now.

    Raises NotFoundError for a key that never was, ran out, was withdrawn or was handed in, all
    alike; ForbiddenError for the trainee who made it.
    """
    return _sheet(_live(key, visitor))


def consent(key: str, visitor: Any, code: str, *, agreed: bool) -> PartnerSheet:
    """Agree, under a code; the sheet holds the card then. Agreeing twice is agreeing once.

    Raises what `sheet` raises, and InvalidError without a code or without the tick.
    """
    row = _live(key, visitor)
    code, problems = storable(code).strip(), {}
    if not 1 <= len(code) <= LONGEST_CODE:
        problems["code"] = _("Give your initials or a code, %s characters at most.") % LONGEST_CODE
    if not agreed:
        problems["agreed"] = _("Tick this if you agree, or choose not to.")
    if problems:
        raise InvalidError(problems)
    if row.consented_at is None:
        _change(key, code=code, consented_at=timezone.now(), declined_at=None, fidelity=None)
    return _sheet(_live(key, visitor))


def decline(key: str, visitor: Any) -> PartnerSheet:
    """Decline, or take an agreement back; no reason is asked for. Raises what `sheet` raises."""
    _live(key, visitor)
    _change(key, declined_at=timezone.now(), consented_at=None, fidelity=None)
    return _sheet(_live(key, visitor))


def tick(key: str, visitor: Any, *, kept_to_the_card: bool) -> PartnerSheet:
    """Say, once the scene is over, whether one kept to the card. Raises what `sheet` raises, and
    InvalidError before anything was agreed to.
    """
    if _live(key, visitor).consented_at is None:
        raise InvalidError({"agreed": _("Tick this if you agree, or choose not to.")})
    _change(key, fidelity=kept_to_the_card)
    return _sheet(_live(key, visitor))


def _refuse_unless(is_open: bool) -> None:
    """Raise InvalidError unless a scene is begun in which somebody plays."""
    if not is_open:
        sentence = _("Open the scene with a partner first.")
        raise InvalidError({"partner": sentence}, sentence)


def _live(key: str, visitor: Any) -> PartnerLink:
    row = partnering.live(key).first()
    if row is None:
        raise NotFoundError
    if visitor.is_authenticated and visitor.pk == row.owner_id:
        sentence = _(
            "This link is for whoever plays with you. You made it, so it shows you nothing: the "
            "card would tell you what happens in the scene."
        )
        raise ForbiddenError(sentence)
    return row


def _change(key: str, **what: object) -> None:
    """Change a link that is still live: handing in, which closes it, may be a moment ahead."""
    if not partnering.live(key).update(**what):
        raise NotFoundError


def _scenario(sha256: str) -> Scenario:
    return Scenario.model_validate_json(documents.get(sha256))


def _info(row: PartnerLink) -> PartnerInfo:
    return PartnerInfo(
        mode=row.mode,
        made_at=row.made_at,
        expires_at=row.expires_at,
        code=row.code,
        consented_at=row.consented_at,
        declined_at=row.declined_at,
        fidelity=row.fidelity,
    )


def _sheet(row: PartnerLink) -> PartnerSheet:
    scenario = _scenario(row.scenario_sha256)
    return PartnerSheet(
        title=scenario.title,
        minutes=scenario.minutes,
        setting=scenario.setting,
        content_note=scenario.content_note,
        support=scenario.support,
        other=scenario.actor.name,
        mode=row.mode,
        expires_at=row.expires_at,
        code=row.code,
        declined=row.declined_at is not None,
        fidelity=row.fidelity,
        actor=scenario.actor if row.consented_at is not None else None,
    )
