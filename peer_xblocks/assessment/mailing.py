"""Mail for notices: short, and nothing private in it, because others may see a phone's screen.

It names no programme, person, scenario or result: only that something is there, and where to look.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peer_xblocks.assessment.models import MailPreference, Notice
from peer_xblocks.assessment.values import MailHow, NoticeKind

log = logging.getLogger(__name__)

TRIED_FOR = timedelta(days=7)
DAY = timedelta(days=1)
SENTENCES = {
    NoticeKind.WORK_WAITING: gettext_lazy("Something waits to be rated."),
    NoticeKind.SEAT_KEPT: gettext_lazy("Something is kept for you to rate."),
    NoticeKind.SEAT_GONE: gettext_lazy(
        "Something you were rating was handed on. Your notes are kept."
    ),
    NoticeKind.LEASE_ENDING: gettext_lazy("The time for something you are rating is nearly over."),
    NoticeKind.BOTH_IN: gettext_lazy("Ratings are in and need a lead."),
    NoticeKind.TO_SIGN: gettext_lazy("Something needs a lead's signature."),
    NoticeKind.RELEASED: gettext_lazy("Something new is there for you to read."),
    NoticeKind.VOIDED: gettext_lazy("Something changed in your record. You can read why."),
    NoticeKind.APPEAL_MADE: gettext_lazy("Somebody asks for a decision to be looked at."),
    NoticeKind.APPEAL_DECIDED: gettext_lazy("There is an answer for you to read."),
    NoticeKind.REFERRAL: gettext_lazy("Somebody needs you to read a message today."),
    NoticeKind.SCENE_REOPENED: gettext_lazy("Something new is there for you to read."),
    NoticeKind.TIME_ASKED: gettext_lazy("Somebody asks the leads for something."),
    NoticeKind.TIME_GRANTED: gettext_lazy("There is an answer for you to read."),
}


def send(kind: str, about: str = "") -> int:
    """Mail the notices of one occasion to those who want each as it comes; how many mails went."""
    rows = _unsent().filter(kind=kind, about=about)
    return sum(_mail(user, notices) for user, notices in _by_user(rows) if _at_once(user, kind))


def send_waiting() -> int:
    """Mail what was not mailed yet, and the daily mails that are due; how many mails went."""
    return sum(_mail(user, notices) for user, notices in _by_user(_unsent()) if notices)


def _unsent() -> QuerySet[Notice]:
    recent = timezone.now() - TRIED_FOR
    tried = Q(made_at__gt=recent) | Q(kind=NoticeKind.REFERRAL)  # a risk is not given up on
    rows = Notice.objects.filter(tried, mailed_at=None, read_at=None)
    return rows.exclude(user__email="").filter(user__is_active=True).order_by("made_at", "id")


def _by_user(rows: QuerySet[Notice]) -> Iterable[tuple[Any, list[Notice]]]:
    """Each person with those of these notices that are due for a mail now."""
    found: dict[Any, list[Notice]] = defaultdict(list)
    for row in rows.select_related("user"):
        found[row.user].append(row)
    for user, notices in found.items():
        yield user, [one for one in notices if _is_due(user, one)]


def _is_due(user: Any, notice: Notice) -> bool:
    how = _how(user)
    if notice.kind == NoticeKind.REFERRAL or how == MailHow.EACH:
        return True
    return how == MailHow.DAILY and not _was_mailed_today(user)


def _at_once(user: Any, kind: str) -> bool:
    return kind == NoticeKind.REFERRAL or _how(user) == MailHow.EACH


def _how(user: Any) -> str:
    row = MailPreference.objects.filter(user_id=user.pk).first()
    return row.how if row else MailHow.EACH


def _was_mailed_today(user: Any) -> bool:
    """Whether the daily mail went: a referral, which goes at once, is none."""
    mailed = Notice.objects.filter(user_id=user.pk, mailed_at__gt=timezone.now() - DAY)
    return mailed.exclude(kind=NoticeKind.REFERRAL).exists()


def _mail(user: Any, notices: list[Notice]) -> int:
    """Send one mail for these notices; 0 when there are none or it could not be sent."""
    if not notices:
        return 0
    with translation.override(settings.LANGUAGE_CODE):
        sentences = dict.fromkeys(str(SENTENCES[NoticeKind(one.kind)]) for one in notices)
        subject, body = _("Something is there for you"), _body(list(sentences))
    try:
        EmailMessage(subject, body, to=[user.email]).send()
    except Exception as error:  # whatever a mail server may do; its words could hold an address
        log.error("a mail could not be sent (%s); it is tried again", type(error).__name__)
        return 0
    ids = [one.pk for one in notices]
    Notice.objects.filter(pk__in=ids).update(mailed_at=timezone.now())
    return 1


def _body(sentences: list[str]) -> str:
    """The text of a mail. The setting PEER_XBLOCKS_SITE_URL says where to sign in."""
    where = getattr(settings, "PEER_XBLOCKS_SITE_URL", "")
    closing = _("Sign in to see it: %s") % where if where else _("Sign in to see it.")
    hint = _("Under “Notices” you can choose one mail a day, or none.")
    return "\n\n".join([*sentences, closing, hint]) + "\n"
