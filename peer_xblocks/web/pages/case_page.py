"""One case as a lead sees it: the ratings side by side, and what is to be decided next."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from peer_xblocks.assessment.api import referrals, resolutions
from peer_xblocks.web import moments
from peer_xblocks.web.pages import comparison, performance, posted, release_form

NOTHING_YET = release_form.Entered()


def show(
    request: HttpRequest,
    submission_id: UUID,
    entered: release_form.Entered | None = None,
    problems: dict[str, str] | None = None,
    status: int = 200,
    *,
    preview: bool = False,
) -> HttpResponse:
    """The page of a case, with what was typed into one of its forms and what is wrong with it."""
    detail = resolutions.case(request.user, submission_id)
    entered = entered or release_form.of_prepared(detail.prepared) or NOTHING_YET
    opened = partial(resolutions.open_recording, request.user, submission_id)
    rows = comparison.rows_of(detail)
    context = {
        **performance.shown(detail.scenario, detail.text, detail.recording, detail.answers, opened),
        **performance.done_how(detail.scenario, detail.mode, detail.conditions),
        "recording_url": reverse("peer_xblocks:recording-case", args=[submission_id]),
        "pins": moments.of_case(detail),
        **performance.around(detail),
        **performance.with_captions(
            resolutions.captions(request.user, submission_id) if detail.recording else None,
            reverse("peer_xblocks:captions-case", args=[submission_id]),
        ),
        "case": detail,
        "rows": rows,
        "agreed": [row for row in rows if not (row.differs or row.disputed)],
        "errors": comparison.errors_of(detail),
        "whole_because": [one for one in detail.third_because if not (one.criterion or one.code)],
        "may_settle": detail.third is not None and detail.third.may_settle and detail.may_sign,
        "contact": referrals.contact(request.user, detail.programme),
        "entered": entered,
        "problems": problems or {},
        "posted": request.POST,
        "key": posted.new_key(),
        "preview": preview,
        "feedback": comparison.preview(detail, entered) if preview else None,
    }
    return render(request, "peer_xblocks/pages/case.html", context, status=status)
