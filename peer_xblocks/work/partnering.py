"""The rows of partners' links, and what handing in asks of them: nobody is recorded or watched
without having agreed.
"""

import hashlib
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from peer_xblocks.core.errors import InvalidError
from peer_xblocks.core.place import Place
from peer_xblocks.core.record import ActorConsent
from peer_xblocks.core.scenario import Mode
from peer_xblocks.work.models import DraftRecord, PartnerLink, Recording, Submission
from peer_xblocks.work.rows import where
from peer_xblocks.work.values import HandIn

PLAYED = (Mode.WITH_PARTNER.value, Mode.OBSERVED_LIVE.value)
"""The modes in which somebody plays the other person."""


def digest_of(key: str) -> str:
    """What is kept of a link's key. The key is random and long, so a plain digest holds."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def live(key: str) -> QuerySet[PartnerLink]:
    """The link of this key, if it shows anything now."""
    return PartnerLink.objects.filter(
        key_sha256=digest_of(key), current=1, expires_at__gt=timezone.now()
    )


def is_begun(user: AbstractBaseUser, place: Place) -> bool:
    """Whether there is a draft to lock."""
    return DraftRecord.objects.filter(**where(user, place)).exists()


def withdraw(user: AbstractBaseUser, place: Place) -> None:
    """Let the current link count no more. Requires the draft's lock.

    One that somebody answered stays as a row: what was recorded while it was declined is refused.
    """
    current = PartnerLink.objects.filter(**where(user, place), current=1)
    current.filter(consented_at=None, declined_at=None).delete()
    current.update(current=None)


def joined(
    user: AbstractBaseUser, place: Place, what: HandIn, recording: Recording | None
) -> HandIn:
    """What is handed in, with the partner who agreed by the link that counts.

    Requires the draft's lock. Raises InvalidError when somebody is recorded or was watched and did
    not agree. Nobody plays in a prompted performance, but what somebody declined to is none.
    """
    links = PartnerLink.objects.filter(**where(user, place))
    if recording is not None:
        _refuse_declined(links, recording)
    if what.mode == Mode.PROMPTED or (recording is None and what.mode not in PLAYED):
        return what
    link = links.select_for_update().filter(current=1).first()
    actors = what.actors if link is None else _agreed(link, what.mode)
    if not actors and _shows_somebody(what, recording):
        raise InvalidError({"partner": _missing(link, what.mode)})
    return what.model_copy(update={"actors": actors})


def close(user: AbstractBaseUser, place: Place, row: Submission) -> None:
    """The link that counted shows nothing any more. Requires the draft's lock."""
    current = PartnerLink.objects.filter(**where(user, place), current=1)
    current.update(current=None, submission=row if row.mode in PLAYED else None)


def _shows_somebody(what: HandIn, recording: Recording | None) -> bool:
    """Whether somebody was recorded or watched; a text that came as a file shows nobody."""
    is_recorded = recording is not None and recording.media_type != "text/plain"
    return is_recorded or what.mode == Mode.OBSERVED_LIVE


def _agreed(link: PartnerLink, mode: str) -> tuple[ActorConsent, ...]:
    if link.consented_at is None or link.mode != mode:
        return ()
    consent = ActorConsent(
        code=link.code,
        consented_at=link.consented_at,
        card_edition=link.card_edition,
        fidelity=link.fidelity,
    )
    return (consent,)


def _missing(link: PartnerLink | None, mode: str) -> str:
    if link is None:
        return _("Say who played with you, and that they agreed.")
    if link.declined_at is not None:
        return _(
            "Your partner chose not to, and that is fine. Write the scene instead, which counts "
            "the same, or do it again with somebody else."
        )
    if link.mode != mode:
        return _("Your partner was asked for something else. Make a new link for this.")
    return _("Your partner has not agreed yet. Ask them to open the link, then look again.")


def _refuse_declined(links: QuerySet[PartnerLink], recording: Recording) -> None:
    """Refuse a recording that was made while a link was out by which somebody declined later."""
    begun = _begun(recording)
    declined = links.filter(
        Q(declined_at__gte=begun), mode=Mode.WITH_PARTNER, made_at__lte=recording.received_at
    )
    if declined.exists():
        sentence = _(
            "This recording was made before your partner declined, or took it back, and may hold "
            "their voice. Please take it off; write the scene, or record it with somebody else."
        )
        raise InvalidError({"recording": sentence})


def _begun(recording: Recording) -> datetime:
    """When the first part of a recording came in."""
    upload = getattr(recording, "upload", None)
    return upload.begun_at if upload is not None else recording.received_at
