"""Every settled rating of a programme, for its leads: a list with filters, and a file."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from peer_xblocks.assessment.api import all_ratings
from peer_xblocks.assessment.listed import RatingsWanted
from peer_xblocks.core.errors import InvalidError
from peer_xblocks.records.api import programmes
from peer_xblocks.web import rating_files, words
from peer_xblocks.web.door import page
from peer_xblocks.web.pages import posted

FILTERS = ("scenario", "rubric", "since", "until", "state", "assessor", "names")


@page
@require_safe
def listed(request: HttpRequest, programme: str) -> HttpResponseBase:
    """The ratings that fit, the newest performances first, a page at a time."""
    assessors = all_ratings.assessors(request.user, programme)
    asked = {name: posted.text(request.GET, name) for name in FILTERS}
    problems: dict[str, str] = {}
    found = None
    try:
        found = all_ratings.page(
            request.user,
            programme,
            wanted(request.GET),
            after=after(request.GET),
            names=with_names(request.GET),
        )
    except InvalidError as error:
        problems = error.problems
    context = {
        "programme": programmes.get(programme),
        "assessors": assessors,
        "asked": asked,
        "problems": problems,
        "found": found,
        "states": words.SETTLED_STATES,
        "query": query_of(request.GET),
        "is_first": not posted.text(request.GET, "after"),
    }
    status = 422 if problems else 200
    return render(request, "peer_xblocks/pages/ratings.html", context, status=status)


@page
@require_safe
def exported(request: HttpRequest, programme: str) -> HttpResponseBase:
    """The same ratings as a file, sent while it is written."""
    form, names = rating_files.form_of(posted.text(request.GET, "form")), with_names(request.GET)
    ratings = all_ratings.export(request.user, programme, wanted(request.GET), names=names)
    return rating_files.streamed(programme, form, ratings, names=names)


def wanted(asked: QueryDict) -> RatingsWanted:
    """The filters of an address. Raises InvalidError for what is no date or no state.

    A scenario's title stands for its key, which is written alike with hyphens.
    """
    state = posted.text(asked, "state")
    if state and state not in words.SETTLED_STATES:
        raise InvalidError({"state": _("There is no such state.")})
    return RatingsWanted(
        scenario=posted.text(asked, "scenario").lower().replace(" ", "-"),
        rubric=posted.text(asked, "rubric").lower().replace(" ", "-"),
        since=posted.day(asked, "since"),
        until=posted.day(asked, "until", end=True),
        state=state or None,
        assessor=posted.text(asked, "assessor"),
    )


def after(asked: QueryDict) -> UUID | None:
    """After which rating a page begins; None for the first page. Raises InvalidError."""
    sent = posted.text(asked, "after")
    try:
        return UUID(sent) if sent else None
    except ValueError as error:
        raise InvalidError({"after": _("This is not the id of a rating.")}) from error


def with_names(asked: QueryDict) -> bool:
    """Whether names are asked for."""
    return posted.text(asked, "names") in {"1", "true", "on"}


def query_of(asked: QueryDict) -> str:
    """The filters of an address alone, as another address carries them."""
    kept = QueryDict(mutable=True)
    for name in FILTERS:
        if sent := posted.text(asked, name):
            kept[name] = sent
    return kept.urlencode()
