"""What leads and trainees do about a case beside its result: sign, void, correct, appeal."""

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from peer_xblocks.assessment.api import appeals, corrections, prepared, resolutions, voids
from peer_xblocks.assessment.values import (
    AppealInfo,
    CorrectionInfo,
    Prepared,
    ReleasedTogether,
    VoidInfo,
)
from peer_xblocks.core.resolution import Resolution
from peer_xblocks.web.rest_api.v1.aftermath_bodies import (
    AppealRequest,
    CorrectionRequest,
    DecisionRequest,
    HoldRequest,
    SignRequest,
    TogetherRequest,
    VoidRequest,
)
from peer_xblocks.web.rest_api.v1.bodies import ReleaseRequest
from peer_xblocks.web.rest_api.v1.endpoint import Endpoint, body, key_of, plain

KEY = OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER, required=True)


class CaseSignature(Endpoint):
    """A lead's signature under what the rule makes of three ratings."""

    @extend_schema(
        operation_id="signCase", parameters=[KEY], request=SignRequest, responses={201: Resolution}
    )
    def post(self, request: Request, submission_id: UUID) -> Response:
        """Sign; the same key again answers the same resolution."""
        sent = body(request, SignRequest)
        made = resolutions.sign(request.user, submission_id, sent.reason, key_of(request))
        return Response(plain(made), status=201)


class CasePrepared(Endpoint):
    """What is kept to be said with a release."""

    @extend_schema(operation_id="prepareRelease", request=ReleaseRequest, responses=Prepared)
    def put(self, request: Request, submission_id: UUID) -> Response:
        """Keep goals and words, to release them later, alone or with others."""
        sent = body(request, ReleaseRequest)
        kept = prepared.prepare(request.user, submission_id, sent.goals, sent.message)
        return Response(plain(kept))


class CaseHold(Endpoint):
    """A result that is held back."""

    @extend_schema(operation_id="holdRelease", request=HoldRequest, responses=Prepared)
    def put(self, request: Request, submission_id: UUID) -> Response:
        """Hold a result back with a reason for leads."""
        sent = body(request, HoldRequest)
        return Response(plain(prepared.hold(request.user, submission_id, sent.reason)))

    @extend_schema(operation_id="liftHold", responses=Prepared)
    def delete(self, request: Request, submission_id: UUID) -> Response:
        """Let it be released again."""
        return Response(plain(prepared.lift(request.user, submission_id)))


class Together(Endpoint):
    """Results that are released together."""

    @extend_schema(
        operation_id="releaseTogether",
        parameters=[KEY],
        request=TogetherRequest,
        responses=ReleasedTogether,
    )
    def post(self, request: Request) -> Response:
        """Release each prepared result; what cannot be is named with a sentence."""
        sent = body(request, TogetherRequest)
        done = prepared.release_together(
            request.user, sent.programme, sent.submissions, key_of(request)
        )
        return Response(plain(done))


class CaseVoid(Endpoint):
    """That a submission counts no more."""

    @extend_schema(
        operation_id="voidCase", parameters=[KEY], request=VoidRequest, responses={201: VoidInfo}
    )
    def post(self, request: Request, submission_id: UUID) -> Response:
        """Void a submission, with a reason that the trainee reads."""
        sent = body(request, VoidRequest)
        made = voids.void(request.user, submission_id, sent.cause, sent.reason, key_of(request))
        return Response(plain(made), status=201)


class CaseCorrections(Endpoint):
    """What was recorded wrongly of a case."""

    @extend_schema(
        operation_id="correctCase",
        parameters=[KEY],
        request=CorrectionRequest,
        responses={201: CorrectionInfo},
    )
    def post(self, request: Request, submission_id: UUID) -> Response:
        """Record what is wrong and what is right; both stay."""
        sent = body(request, CorrectionRequest)
        made = corrections.correct(
            request.user, submission_id, sent.about, sent.reason, sent.changes, key_of(request)
        )
        return Response(plain(made), status=201)


class CaseAppeal(Endpoint):
    """The decision on an appeal."""

    @extend_schema(
        operation_id="decideAppeal",
        parameters=[KEY],
        request=DecisionRequest,
        responses={201: AppealInfo},
    )
    def post(self, request: Request, submission_id: UUID) -> Response:
        """Decide an appeal, as a lead who did not rate."""
        sent = body(request, DecisionRequest)
        key = key_of(request)
        made = appeals.decide(request.user, submission_id, sent.decision, sent.reason, key)
        return Response(plain(made), status=201)


class OwnAppeal(Endpoint):
    """A trainee's appeal on an own result."""

    @extend_schema(
        operation_id="makeAppeal",
        parameters=[KEY],
        request=AppealRequest,
        responses={201: AppealInfo},
    )
    def post(self, request: Request, submission_id: UUID) -> Response:
        """Appeal on how a released result came about."""
        sent = body(request, AppealRequest)
        made = appeals.make(request.user, submission_id, sent.ground, sent.words, key_of(request))
        return Response(plain(made), status=201)
