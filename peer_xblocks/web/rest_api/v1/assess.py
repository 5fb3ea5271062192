"""Seats, drafts and ratings, for assessors: no name of a trainee, nothing of another rating."""

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from peer_xblocks.assessment.api import drafts, queue, ratings, seats
from peer_xblocks.assessment.values import Desk, RatingDraft, RatingInfo, SeatInfo
from peer_xblocks.core.rating import Rating
from peer_xblocks.web.rest_api.v1.bodies import DraftBody, InProgramme, Lease, Queue, RatingList
from peer_xblocks.web.rest_api.v1.endpoint import Endpoint, body, key_of, plain, programme_of

PROGRAMME = OpenApiParameter("programme", str, required=True)
KEY = OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER, required=True)


class Seats(Endpoint):
    """The queue of one programme."""

    @extend_schema(operation_id="readQueue", parameters=[PROGRAMME], responses=Queue)
    def get(self, request: Request) -> Response:
        """What the person holds, and what waits."""
        programme = programme_of(request)
        held = queue.held(request.user, programme)
        return Response(plain(Queue(held=held, waiting=queue.waiting(request.user, programme))))


class NextSeat(Endpoint):
    """The next performance to rate."""

    @extend_schema(
        operation_id="takeNextSeat", request=InProgramme, responses={200: SeatInfo, 204: None}
    )
    def post(self, request: Request) -> Response:
        """Take the seat that waits longest, or answer the one that is held; 204 when none waits."""
        seat = seats.take_next(request.user, body(request, InProgramme).programme)
        return Response(plain(seat)) if seat else Response(status=204)


class Seat(Endpoint):
    """One seat that the person holds."""

    @extend_schema(operation_id="readDesk", responses=Desk)
    def get(self, request: Request, seat_id: UUID) -> Response:
        """Everything that is needed to rate."""
        return Response(plain(seats.desk(request.user, seat_id)))


class SeatLease(Endpoint):
    """For how long one held seat is the person's."""

    @extend_schema(operation_id="holdSeat", request=None, responses=Lease)
    def post(self, request: Request, seat_id: UUID) -> Response:
        """Hold it for the full time again; 409 with the code `seat_lost` when it is gone."""
        return Response(plain(Lease(lease_until=seats.hold(request.user, seat_id))))


class Draft(Endpoint):
    """The draft on one seat."""

    @extend_schema(operation_id="saveDraft", request=DraftBody, responses=RatingDraft)
    def put(self, request: Request, seat_id: UUID) -> Response:
        """Save the draft; 409 with the code `stale` when it was saved elsewhere since."""
        draft = body(request, DraftBody)
        saved = drafts.save(request.user, seat_id, draft.version, draft.rating, draft.markers)
        return Response(plain(saved))


class SeatRating(Endpoint):
    """The rating on one seat."""

    @extend_schema(
        operation_id="submitRating", parameters=[KEY], request=Rating, responses={201: RatingInfo}
    )
    def post(self, request: Request, seat_id: UUID) -> Response:
        """Submit the rating, for good; the same key again answers the same rating."""
        rating = body(request, Rating)
        made = ratings.submit(request.user, seat_id, rating, key_of(request))
        return Response(plain(made), status=201)


class Ratings(Endpoint):
    """The person's own ratings."""

    @extend_schema(operation_id="listRatings", parameters=[PROGRAMME], responses=RatingList)
    def get(self, request: Request) -> Response:
        """The person's own ratings in a programme, the newest first."""
        return Response(plain(ratings.mine(request.user, programme_of(request))))
