"""Telling people: a row in the transaction of what happened, a mail after its commit.

The row is what counts. A mail that cannot be sent is tried again by the command `peer_notices`, and
the page shows the notice all the same.
"""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from peer_xblocks import compat
from peer_xblocks.assessment.models import Notice
from peer_xblocks.assessment.values import NoticeKind
from peer_xblocks.core.record import Role
from peer_xblocks.records.api import grants

MAIL = "peer_xblocks.assessment.mailing.send"


def tell(
    users: Iterable[Any],
    programme: str,
    kind: NoticeKind,
    about: object = "",
    occasion: object = "",
) -> None:
    """Tell these people, by user or by id, each once for an occasion of this kind about this thing.

    Joins the caller's transaction.
    """
    key = f"{kind}:{about}:{occasion}"[:64]
    now = timezone.now()
    rows = [
        Notice(
            user_id=getattr(user, "pk", user),
            programme=programme,
            kind=kind,
            about=str(about),
            key=key,
            made_at=now,
        )
        for user in users
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    compat.enqueue(MAIL, kind.value, str(about))


def tell_leads(programme: str, kind: NoticeKind, about: object, occasion: object = "") -> None:
    """Tell the leads of a programme."""
    tell(grants.holders(programme, Role.LEAD), programme, kind, about, occasion)


def tell_of_more_time(owner_id: int, programme: str, what: str, **_more: Any) -> None:
    """Tell leads that a trainee asks for more time, and the trainee that there is some.

    What the leads are told holds nobody's id, and what the trainee was told goes when it ends: no
    history of a need is kept.
    """
    now = int(timezone.now().timestamp())
    granted = NoticeKind.TIME_GRANTED
    if what == "asked":
        leads = [one for one in grants.holders(programme, Role.LEAD) if one.pk != owner_id]
        tell(leads, programme, NoticeKind.TIME_ASKED, occasion=f"{now}.{programme}")
    elif what == "granted":
        tell([owner_id], programme, granted, occasion=f"{now}.{programme}")
    else:
        Notice.objects.filter(user_id=owner_id, programme=programme, kind=granted).delete()
