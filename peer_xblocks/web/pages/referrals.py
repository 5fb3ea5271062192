"""Safeguarding referrals, for the one person to whom they go."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from peer_xblocks.assessment.api import referrals
from peer_xblocks.records.api import programmes
from peer_xblocks.web.door import page
from peer_xblocks.web.pages import posted


@page
@require_safe
def addressed(request: HttpRequest, programme: str) -> HttpResponseBase:
    """What was referred to the person, and what they referred themselves."""
    found = referrals.addressed(request.user, programme)
    context = {
        "contact": referrals.contact(request.user, programme),
        "programme": programmes.get(programme),
        "waiting": [one for one in found if one.acknowledged_at is None],
        "seen": [one for one in found if one.acknowledged_at is not None],
        "own": referrals.mine(request.user, programme),
    }
    return render(request, "peer_xblocks/pages/referrals.html", context)


@page
@require_POST
def acknowledge(request: HttpRequest, referral_id: UUID) -> HttpResponseBase:
    """Say that a referral is seen."""
    done = posted.text(request.POST, "what_was_done")
    seen = referrals.acknowledge(request.user, referral_id, done)
    messages.success(request, _("Noted that you have seen it. Thank you for taking it on."))
    return redirect("peer_xblocks:referrals", seen.programme)
