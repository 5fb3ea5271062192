"""Addresses of the API, and its own description as OpenAPI."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView

from peer_xblocks.web.rest_api.v1 import aftermath, assess, lead, log, own, records

app_name = "v1"

endpoints = [
    path("submissions/", own.Submissions.as_view(), name="submissions"),
    path("submissions/<uuid:submission_id>/", own.Submission.as_view(), name="submission"),
    path("submissions/<uuid:submission_id>/result/", own.Result.as_view(), name="result"),
    path("submissions/<uuid:submission_id>/appeal/", aftermath.OwnAppeal.as_view(), name="appeal"),
    path("seats/", assess.Seats.as_view(), name="seats"),
    path("seats/next/", assess.NextSeat.as_view(), name="next-seat"),
    path("seats/<uuid:seat_id>/", assess.Seat.as_view(), name="seat"),
    path("seats/<uuid:seat_id>/draft/", assess.Draft.as_view(), name="draft"),
    path("seats/<uuid:seat_id>/rating/", assess.SeatRating.as_view(), name="rating"),
    path("ratings/", assess.Ratings.as_view(), name="ratings"),
    path("ratings/all/", lead.AllRatings.as_view(), name="all-ratings"),
    path("ratings/all/export/", lead.AllRatingsFile.as_view(), name="export-ratings"),
    path("cases/", lead.Cases.as_view(), name="cases"),
    path("cases/<uuid:submission_id>/", lead.Case.as_view(), name="case"),
    path("cases/<uuid:submission_id>/resolution/", lead.CaseResolution.as_view(), name="settle"),
    path("cases/<uuid:submission_id>/release/", lead.CaseRelease.as_view(), name="release"),
    path("cases/<uuid:submission_id>/signature/", aftermath.CaseSignature.as_view(), name="sign"),
    path("cases/<uuid:submission_id>/prepared/", aftermath.CasePrepared.as_view(), name="prepare"),
    path("cases/<uuid:submission_id>/hold/", aftermath.CaseHold.as_view(), name="hold"),
    path("cases/<uuid:submission_id>/void/", aftermath.CaseVoid.as_view(), name="void"),
    path(
        "cases/<uuid:submission_id>/corrections/",
        aftermath.CaseCorrections.as_view(),
        name="correct",
    ),
    path("cases/<uuid:submission_id>/appeal/", aftermath.CaseAppeal.as_view(), name="decide"),
    path("releases/", aftermath.Together.as_view(), name="together"),
    path("seats/<uuid:seat_id>/lease/", assess.SeatLease.as_view(), name="lease"),
    path("programmes/<slug:programme>/assessors/", lead.Assessors.as_view(), name="assessors"),
    path(
        "programmes/<slug:programme>/assessors/<int:assessor_id>/",
        lead.Assessor.as_view(),
        name="assessor",
    ),
    path("programmes/<slug:programme>/record/", records.OwnRecord.as_view(), name="own-record"),
    path("programmes/<slug:programme>/readers/", records.Readers.as_view(), name="readers"),
    path("programmes/<slug:programme>/standings/", records.Standings.as_view(), name="standings"),
    path("programmes/<slug:programme>/records/", records.Records.as_view(), name="records"),
    path(
        "programmes/<slug:programme>/records/<str:record_id>/",
        records.Record.as_view(),
        name="record",
    ),
    path("programmes/<slug:programme>/pack/", records.Pack.as_view(), name="pack"),
    path("programmes/<slug:programme>/log/checkpoint", log.Checkpoint.as_view(), name="checkpoint"),
    path(
        "programmes/<slug:programme>/log/tile/<str:level>/<path:tile>",
        log.Tile.as_view(),
        name="tile",
    ),
]
description = SpectacularAPIView.as_view(
    patterns=endpoints,
    custom_settings={
        "TITLE": "peer-xblocks",
        "VERSION": "1",
        "SERVERS": [{"url": "."}],
        "SCHEMA_PATH_PREFIX": "",
        "OAS_VERSION": "3.1.0",
        "DESCRIPTION": "Errors: status, stable code, sentence, and what is wrong with each part.",
    },
)
urlpatterns = [*endpoints, path("schema", description, name="schema")]
