"""Addresses of the pages, the log's files and REST, usually below `peer_xblocks/`."""

from django.urls import include, path

from peer_xblocks.web.pages import assess, audit, lead, log, own_record, ratings, recordings

app_name = "peer_xblocks"

urlpatterns = [
    path("assess/", assess.waiting, name="queue"),
    path("assess/next/", assess.next_seat, name="next-seat"),
    path("assess/seat/<uuid:seat_id>/", assess.desk, name="desk"),
    path("assess/seat/<uuid:seat_id>/review/", assess.review, name="review"),
    path("assess/seat/<uuid:seat_id>/submit/", assess.submit, name="submit"),
    path("assess/seat/<uuid:seat_id>/skip/", assess.skip, name="skip"),
    path("lead/", lead.cases, name="lead"),
    path("lead/<uuid:submission_id>/", lead.case, name="case"),
    path("lead/<uuid:submission_id>/settle/", lead.settle, name="settle"),
    path("lead/<uuid:submission_id>/release/", lead.release, name="release"),
    path("lead/<slug:programme>/ratings/", ratings.listed, name="ratings"),
    path("lead/<slug:programme>/ratings/export/", ratings.exported, name="ratings-export"),
    path("me/<slug:programme>/", own_record.record, name="own-record"),
    path("me/<slug:programme>/consent/", own_record.consent, name="consent"),
    path("me/submission/<uuid:submission_id>/", own_record.result, name="result"),
    path("audit/<slug:programme>/", audit.records, name="audit"),
    path("audit/<slug:programme>/record/<str:record_id>/", audit.record, name="audit-record"),
    path("audit/<slug:programme>/record/<str:record_id>/proof", audit.proof, name="audit-proof"),
    path("audit/<slug:programme>/pack/", audit.pack, name="audit-pack"),
    path("recording/<uuid:recording_id>/", recordings.own, name="recording"),
    path("recording/seat/<uuid:seat_id>/", recordings.of_seat, name="recording-seat"),
    path("recording/case/<uuid:submission_id>/", recordings.of_case, name="recording-case"),
    path("log/<slug:programme>/<path:path>", log.file, name="log"),
    path("api/v1/", include("peer_xblocks.web.rest_api.v1.urls")),
]
