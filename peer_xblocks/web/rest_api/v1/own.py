"""A trainee's own submissions and released results."""

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from peer_xblocks.assessment.api import feedback
from peer_xblocks.assessment.values import Feedback
from peer_xblocks.web.rest_api.v1.bodies import SubmissionList
from peer_xblocks.web.rest_api.v1.endpoint import Endpoint, plain, programme_of
from peer_xblocks.work.api import submissions
from peer_xblocks.work.values import SubmissionInfo

PROGRAMME = OpenApiParameter("programme", str, required=True)


class Submissions(Endpoint):
    """What the person handed in, in one programme."""

    @extend_schema(operation_id="listSubmissions", parameters=[PROGRAMME], responses=SubmissionList)
    def get(self, request: Request) -> Response:
        """The person's own submissions, the newest first."""
        return Response(plain(submissions.mine(request.user, programme_of(request))))


class Submission(Endpoint):
    """One submission of the person."""

    @extend_schema(operation_id="readSubmission", responses=SubmissionInfo)
    def get(self, request: Request, submission_id: UUID) -> Response:
        """One submission of the person's own."""
        return Response(plain(submissions.get(request.user, submission_id)))


class Result(Endpoint):
    """The released result of one submission of the person."""

    @extend_schema(operation_id="readResult", responses=Feedback)
    def get(self, request: Request, submission_id: UUID) -> Response:
        """What was released, with the feedback."""
        return Response(plain(feedback.result(request.user, submission_id)))
