"""What somebody was told, and how they want mail. Only their own, ever."""

from collections.abc import Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _

from peer_xblocks.assessment.models import CaseRecord, MailPreference, Notice, Seat
from peer_xblocks.assessment.values import MailHow, NoticeInfo, NoticeKind
from peer_xblocks.core.errors import InvalidError

MOST = 100


def mine(user: AbstractBaseUser) -> tuple[NoticeInfo, ...]:
    """What the user was told, the latest first, at most 100."""
    rows = list(Notice.objects.filter(user_id=user.pk).order_by("-made_at", "-id")[:MOST])
    scenes = _scenes({row.about for row in rows if row.about})
    return tuple(
        NoticeInfo(
            id=row.pk,
            programme=row.programme,
            kind=NoticeKind(row.kind),
            about=row.about,
            scene="" if row.kind == NoticeKind.REFERRAL else scenes.get(row.about, ""),
            made_at=row.made_at,
            read_at=row.read_at,
        )
        for row in rows
    )


def _scenes(about: set[str]) -> dict[str, str]:
    """The title of each submission, and of what each seat is for. A mail never has it."""
    cases = CaseRecord.objects.filter(submission__in=about).values_list("submission", "title")
    seats = Seat.objects.filter(uuid__in=about).values_list("uuid", "case__title")
    return dict(cases) | dict(seats)


def unread(user: AbstractBaseUser) -> int:
    """How many the user has not read."""
    return Notice.objects.filter(user_id=user.pk, read_at=None).count()


def read(user: AbstractBaseUser, ids: Sequence[int] | None = None) -> None:
    """Note that the user has read these, or all of them."""
    rows = Notice.objects.filter(user_id=user.pk, read_at=None)
    if ids is not None:
        rows = rows.filter(pk__in=list(ids)[:MOST])
    rows.update(read_at=timezone.now())


def mail(user: AbstractBaseUser) -> MailHow:
    """How the user wants mail; each notice as it comes where they said nothing."""
    row = MailPreference.objects.filter(user_id=user.pk).first()
    return MailHow(row.how) if row else MailHow.EACH


def set_mail(user: AbstractBaseUser, how: MailHow | str) -> None:
    """Say how the user wants mail. A safeguarding referral is always mailed at once."""
    if how not in set(MailHow):
        raise InvalidError({"how": _("Choose how you want mail.")})
    MailPreference.objects.update_or_create(user_id=user.pk, defaults={"how": MailHow(how).value})
