"""What assessors see: the queue, the desk, and the review before a rating is submitted."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST, require_safe

from peer_xblocks.assessment.api import drafts, queue, ratings, referrals, seats
from peer_xblocks.assessment.values import Desk, LostSeat
from peer_xblocks.core.errors import (
    ConflictError,
    Error,
    ForbiddenError,
    InvalidError,
    SeatLostError,
    StaleError,
)
from peer_xblocks.core.record import Role
from peer_xblocks.core.scoring import problems_of
from peer_xblocks.records.api import grants, programmes
from peer_xblocks.web import errors, moments, words
from peer_xblocks.web.door import page
from peer_xblocks.web.pages import evidence_form, performance, posted, rating_form, watched

OLDEST = 6
"""How many of a queue stand open; the others are folded, for nobody chooses among them."""


@page
@require_safe
def waiting(request: HttpRequest) -> HttpResponseBase:
    """The queue: what waits and for how long, and one button for the next. No names."""
    shown = []
    for slug, roles in grants.programmes_of(request.user):
        if set(roles) & {Role.ASSESSOR, Role.LEAD}:
            found = queue.waiting(request.user, slug)
            shown.append(
                {
                    "programme": programmes.get(slug),
                    "waiting": found,
                    "parts": (found[:OLDEST], found[OLDEST:]),
                    "held": queue.held(request.user, slug),
                    "key": posted.new_key(),
                }
            )
    if not shown:
        raise ForbiddenError
    return render(request, "peer_xblocks/pages/queue.html", {"shown": shown})


@page
@require_POST
def next_seat(request: HttpRequest) -> HttpResponseBase:
    """Take the seat that waits longest, or say that nothing waits."""
    programme = posted.text(request.POST, "programme")
    seat = seats.take_next(request.user, programme, posted.key(request.POST))
    if seat is None:
        messages.info(request, _("Nothing waits for you just now."))
        return redirect("peer_xblocks:queue")
    return redirect("peer_xblocks:desk", seat.id)


@page
def desk(request: HttpRequest, seat_id: UUID) -> HttpResponseBase:
    """The performance beside the rubric; a POST saves the draft."""
    if request.method == "POST":
        return _save(request, seat_id)
    try:
        seen = seats.desk(request.user, seat_id)
    except SeatLostError:
        return _lost(request, seat_id)
    if seen.submitted:
        messages.info(request, _("You have rated this performance. A rating cannot be changed."))
        return redirect("peer_xblocks:queue")
    if seen.observed and not seen.watched:
        return watched.ask(request, seen)
    context = {
        **performance.shown(
            seen.scenario,
            seen.text,
            seen.recording,
            seen.answers,
            partial(seats.open_recording, request.user, seat_id),
        ),
        **performance.done_how(seen.scenario, seen.seat.mode, seen.conditions),
        "recording_url": reverse("peer_xblocks:recording-seat", args=[seat_id]),
        "pins_here": True,
        "pins": moments.of_rating(seen.rubric, seen.draft.rating),
        "marks": words.MARKS,
        "behaviour_texts": {b.id: b.text for c in seen.rubric.criteria for b in c.behaviours},
        **performance.around(seen),
        **performance.with_captions(
            seats.captions(request.user, seat_id) if seen.recording else None,
            reverse("peer_xblocks:captions-seat", args=[seat_id]),
        ),
        "desk": seen,
        "rating": seen.draft.rating,
        "rows": rating_form.rows_of(seen.rubric, seen.draft.rating),
        "kept": [
            (late, rating_form.rows_of(seen.rubric, late.rating))
            for late in drafts.kept(request.user, seat_id)
        ],
        "seen_errors": {e.code: e.observation for e in seen.draft.rating.critical_errors},
        "because": words.LEVEL_CODES,
        "contact": referrals.contact(request.user, seen.seat.programme),
        "ties": words.TIES.items(),
        "key": posted.new_key(),
    }
    return render(request, "peer_xblocks/pages/desk.html", context)


def _lost(request: HttpRequest, seat_id: UUID) -> HttpResponseBase:
    """What was noted on a seat that somebody else has by now, to read and to copy."""
    lost = seats.lost(request.user, seat_id)
    noted = [("", lost.draft), *((one.saved_at, one) for one in lost.kept)]
    context = {
        "lost": lost,
        "noted": [
            (at, draft, rating_form.rows_of(lost.rubric, draft.rating)) for at, draft in noted
        ],
    }
    return render(request, "peer_xblocks/pages/lost.html", context, status=409)


def _save(request: HttpRequest, seat_id: UUID) -> HttpResponseBase:
    try:
        seen = _desk_or_lost(request, seat_id)
        rating = rating_form.read(request.POST, seen.rubric, seen.critical_errors)
        markers = evidence_form.markers(request.POST)
        version = posted.whole_number(request.POST, "version") or 0
        over = request.POST.get("over") == "1"
        draft = drafts.save(request.user, seat_id, version, rating, markers, over=over)
    except Error as error:
        if posted.wants_json(request):
            return _refusal(error)
        if isinstance(error, SeatLostError):
            return _lost(request, seat_id)
        raise
    if posted.wants_json(request):
        rows = rating_form.rows_of(seen.rubric, draft.rating)
        levels = {row.criterion.id: [row.level, row.because] for row in rows}
        return JsonResponse({"version": draft.version, "levels": levels})
    if request.POST.get("then") == "review":
        return redirect("peer_xblocks:review", seat_id)
    messages.success(request, _("Saved."))
    return redirect("peer_xblocks:desk", seat_id)


def _desk_or_lost(request: HttpRequest, seat_id: UUID) -> Desk | LostSeat:
    """By what a posted draft is read; a draft for a lost seat is read too, so that it is kept."""
    try:
        return seats.desk(request.user, seat_id)
    except SeatLostError:
        return seats.lost(request.user, seat_id)


def _refusal(error: Error) -> HttpResponse:
    body = {"code": error.code, "sentence": str(error), "problems": errors.problems_of(error)}
    if isinstance(error, StaleError):
        body["version"] = error.draft.version
    return JsonResponse(body, status=errors.status_of(error))


@page
@require_GET
def review(request: HttpRequest, seat_id: UUID) -> HttpResponseBase:
    """The whole rating once more, with what is still missing and a way to it."""
    return _review(request, seat_id, {}, 200)


def _review(
    request: HttpRequest, seat_id: UUID, refused: dict[str, str], status: int
) -> HttpResponseBase:
    seen = seats.desk(request.user, seat_id)
    if seen.submitted:
        return redirect("peer_xblocks:queue")
    rating = seen.draft.rating
    length_ms = seen.recording.milliseconds if seen.recording else None
    missing = problems_of(seen.rubric, seen.critical_errors, rating, length_ms) | refused
    context = {
        "desk": seen,
        "rating": rating,
        "rows": rating_form.rows_of(seen.rubric, rating),
        "errors": {error.code: error for error in seen.critical_errors.errors},
        "missing": missing,
        "missing_whole": missing.get("", ""),
        "key": posted.new_key(),
    }
    return render(request, "peer_xblocks/pages/review.html", context, status=status)


@page
@require_POST
def submit(request: HttpRequest, seat_id: UUID) -> HttpResponseBase:
    """Submit the rating as reviewed; the same click twice makes one rating."""
    seen = seats.desk(request.user, seat_id)
    if not seen.submitted and posted.whole_number(request.POST, "version") != seen.draft.version:
        raise ConflictError(
            _("The draft changed after you opened the review. Please review it again.")
        )
    try:
        ratings.submit(request.user, seat_id, seen.draft.rating, posted.key(request.POST))
    except InvalidError as error:
        return _review(request, seat_id, error.problems, 422)
    done = len(ratings.mine(request.user, seen.seat.programme))
    thanks = ngettext(
        "Thank you. Your rating is recorded; it is your first in this programme.",
        "Thank you. Your rating is recorded; that makes %(done)d in this programme.",
        done,
    )
    messages.success(request, thanks % {"done": done})
    return redirect(reverse("peer_xblocks:queue") + "#next")  # the focus is on the button then


@page
@require_POST
def skip(request: HttpRequest, seat_id: UUID) -> HttpResponseBase:
    """Pass a performance on to others; no reason is asked for."""
    seats.skip(request.user, seat_id)
    messages.success(request, _("Passed on. It goes to someone else, and nobody asks you why."))
    return redirect("peer_xblocks:queue")
