"""Cases, releases and all ratings, for leads."""

from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from peer_xblocks.assessment.api import all_ratings, assessors, releases, resolutions
from peer_xblocks.assessment.listed import RatingPage
from peer_xblocks.assessment.values import AssessorInfo, CaseDetail
from peer_xblocks.core.errors import NotFoundError
from peer_xblocks.core.resolution import Resolution, Signed
from peer_xblocks.web import rating_files
from peer_xblocks.web.pages import posted
from peer_xblocks.web.pages.ratings import after, wanted, with_names
from peer_xblocks.web.rest_api.v1.bodies import (
    AssessorList,
    CaseList,
    QualifyRequest,
    ReleaseRequest,
)
from peer_xblocks.web.rest_api.v1.endpoint import Endpoint, body, key_of, plain, programme_of

PROGRAMME = OpenApiParameter("programme", str, required=True)
RATINGS_WANTED = [
    PROGRAMME,
    OpenApiParameter("scenario", str, description="The beginning of a scenario's key."),
    OpenApiParameter("rubric", str, description="The beginning of a rubric's key."),
    OpenApiParameter("since", OpenApiTypes.DATE, description="Handed in on this day or later."),
    OpenApiParameter("until", OpenApiTypes.DATE, description="Handed in on this day or before."),
    OpenApiParameter("state", str, enum=["to_release", "released"]),
    OpenApiParameter("assessor", str, description="A pairwise id."),
    OpenApiParameter("names", bool, description="Whether to name people; else random ids alone."),
]
KEY = OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER, required=True)


class Cases(Endpoint):
    """What waits for a lead."""

    @extend_schema(operation_id="listCases", parameters=[PROGRAMME], responses=CaseList)
    def get(self, request: Request) -> Response:
        """What needs settling or releasing, and what was released last."""
        return Response(plain(resolutions.waiting(request.user, programme_of(request))))


class Case(Endpoint):
    """One case, once both ratings are in."""

    @extend_schema(operation_id="readCase", responses=CaseDetail)
    def get(self, request: Request, submission_id: UUID) -> Response:
        """Everything a lead needs to settle or release."""
        return Response(plain(resolutions.case(request.user, submission_id)))


class CaseResolution(Endpoint):
    """What settles one case."""

    @extend_schema(
        operation_id="settleCase", parameters=[KEY], request=Signed, responses={201: Resolution}
    )
    def post(self, request: Request, submission_id: UUID) -> Response:
        """Settle, with a reason, where a third rating was due and none was held."""
        signed = body(request, Signed)
        made = resolutions.settle(request.user, submission_id, signed, key_of(request))
        return Response(plain(made), status=201)


class CaseRelease(Endpoint):
    """What shows the result of one case to the trainee."""

    @extend_schema(
        operation_id="releaseCase",
        parameters=[KEY],
        request=ReleaseRequest,
        responses={201: CaseDetail},
    )
    def post(self, request: Request, submission_id: UUID) -> Response:
        """Release, with one or two goals."""
        sent = body(request, ReleaseRequest)
        releases.release(request.user, submission_id, sent.goals, sent.message, key_of(request))
        return Response(plain(resolutions.case(request.user, submission_id)), status=201)


class Assessors(Endpoint):
    """Who rates in a programme."""

    @extend_schema(operation_id="listAssessors", responses=AssessorList)
    def get(self, request: Request, programme: str) -> Response:
        """Everybody with the role, by name, and by which rubrics they are qualified to rate."""
        return Response(plain(assessors.of_programme(request.user, programme)))


class Assessor(Endpoint):
    """One person who rates in a programme."""

    @extend_schema(operation_id="qualifyAssessor", request=QualifyRequest, responses=AssessorInfo)
    def put(self, request: Request, programme: str, assessor_id: int) -> Response:
        """Say how far they may rate by these rubrics from now on; not of oneself."""
        sent = body(request, QualifyRequest)
        user = _assessor(request, programme, assessor_id)
        assessors.qualify_for(request.user, user, programme, sent.rubrics, sent.state)
        found = assessors.of_programme(request.user, programme)
        return Response(plain(next(one for one in found if one.id == assessor_id)))


class AllRatings(Endpoint):
    """Every rating of a programme on what is settled."""

    @extend_schema(
        operation_id="listAllRatings",
        parameters=[*RATINGS_WANTED, OpenApiParameter("after", OpenApiTypes.UUID)],
        responses=RatingPage,
    )
    def get(self, request: Request) -> Response:
        """One page, the newest performances first; `after` of a page begins the next one."""
        asked = request.query_params
        found = all_ratings.page(
            request.user,
            programme_of(request),
            wanted(asked),
            after=after(asked),
            names=with_names(asked),
        )
        return Response(plain(found))


class AllRatingsFile(Endpoint):
    """The same as a file."""

    @extend_schema(
        operation_id="exportRatings",
        parameters=[*RATINGS_WANTED, OpenApiParameter("form", str, enum=["csv", "jsonl"])],
        responses={
            (200, "text/csv"): OpenApiTypes.STR,
            (200, "application/jsonl"): OpenApiTypes.STR,
        },
    )
    def get(self, request: Request) -> StreamingHttpResponse:
        """All that fit, the oldest first: CSV (a row a criterion) or JSON Lines (a line a rating).

        Sent while it is written.
        """
        asked, programme = request.query_params, programme_of(request)
        form, names = rating_files.form_of(posted.text(asked, "form")), with_names(asked)
        found = all_ratings.export(request.user, programme, wanted(asked), names=names)
        return rating_files.streamed(programme, form, found, names=names)


def _assessor(request: Request, programme: str, assessor_id: int) -> Any:
    """The account of somebody who rates in a programme. Raises NotFoundError for anybody else."""
    if assessor_id not in {one.id for one in assessors.of_programme(request.user, programme)}:
        raise NotFoundError
    return get_user_model().objects.get(pk=assessor_id)
