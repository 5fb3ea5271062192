"""What somebody was told, with a way to it, and how they want mail."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from peer_xblocks.assessment.api import notices
from peer_xblocks.assessment.values import NoticeInfo, NoticeKind
from peer_xblocks.web import words
from peer_xblocks.web.door import page
from peer_xblocks.web.pages import posted

QUEUE, CASE, RESULT, DESK = "queue", "case", "result", "desk"
PLACES = {
    NoticeKind.WORK_WAITING: QUEUE,
    NoticeKind.SEAT_KEPT: QUEUE,
    NoticeKind.SEAT_GONE: DESK,
    NoticeKind.LEASE_ENDING: DESK,
    NoticeKind.BOTH_IN: CASE,
    NoticeKind.TO_SIGN: CASE,
    NoticeKind.APPEAL_MADE: CASE,
    NoticeKind.RELEASED: RESULT,
    NoticeKind.VOIDED: RESULT,
    NoticeKind.APPEAL_DECIDED: RESULT,
    NoticeKind.SCENE_REOPENED: RESULT,
}
OF_PROGRAMME = {
    NoticeKind.REFERRAL: "referrals",
    NoticeKind.TIME_ASKED: "more-time",
    NoticeKind.TIME_GRANTED: "accommodations",
}


@dataclass(frozen=True)
class Told:
    """A notice in words, and where it leads."""

    notice: NoticeInfo
    sentence: str
    address: str


@page
@require_safe
def told(request: HttpRequest) -> HttpResponseBase:
    """The notices, the latest first. Reading the page does not yet mark them as read."""
    found = [
        Told(one, str(words.NOTICES[one.kind]), _address(one)) for one in notices.mine(request.user)
    ]
    context = {
        "new": [one for one in found if one.notice.read_at is None],
        "old": [one for one in found if one.notice.read_at is not None],
        "mail": notices.mail(request.user),
        "hows": words.MAIL.items(),
    }
    return render(request, "peer_xblocks/pages/notices.html", context)


@page
@require_POST
def read(request: HttpRequest) -> HttpResponseBase:
    """Mark all as read, or go to what one is about and mark that."""
    number = posted.whole_number(request.POST, "notice")
    notices.read(request.user, [number] if number else None)
    mine = {one.id: one for one in notices.mine(request.user)} if number else {}
    if number in mine:
        return redirect(_address(mine[number]))
    return redirect("peer_xblocks:notices")


@page
@require_POST
def mail(request: HttpRequest) -> HttpResponseBase:
    """Say how mail is wanted."""
    notices.set_mail(request.user, posted.text(request.POST, "how"))
    messages.success(request, _("Noted."))
    return redirect("peer_xblocks:notices")


def _address(notice: NoticeInfo) -> str:
    if notice.kind in OF_PROGRAMME:
        return reverse(f"peer_xblocks:{OF_PROGRAMME[notice.kind]}", args=[notice.programme])
    name = PLACES[notice.kind]
    return reverse(f"peer_xblocks:{name}", args=[] if name == QUEUE else [notice.about])
