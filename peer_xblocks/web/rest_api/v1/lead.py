"""Cases and releases, for leads."""

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from peer_xblocks.assessment.api import releases, resolutions
from peer_xblocks.assessment.values import CaseDetail
from peer_xblocks.core.resolution import Resolution, Signed
from peer_xblocks.web.rest_api.v1.bodies import CaseList, ReleaseRequest
from peer_xblocks.web.rest_api.v1.endpoint import Endpoint, body, key_of, plain, programme_of

PROGRAMME = OpenApiParameter("programme", str, required=True)
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
