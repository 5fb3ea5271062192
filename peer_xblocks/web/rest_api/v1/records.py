"""The own record and its readers, for trainees; search, records and packs, for auditors."""

from dataclasses import asdict
from typing import Any

from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from peer_xblocks.assessment.api import feedback
from peer_xblocks.core.record import CompetencyStanding, Role
from peer_xblocks.records.api import audit, grants, mine
from peer_xblocks.web.pages import posted
from peer_xblocks.web.pages.audit import wanted
from peer_xblocks.web.rest_api.v1.bodies import (
    CheckpointBody,
    OpenedBody,
    OwnRecordBody,
    OwnRecordList,
    PageBody,
    ReadingBody,
    ReadingList,
    StandingList,
)
from peer_xblocks.web.rest_api.v1.endpoint import Endpoint, plain

DAYS = [OpenApiParameter(name, OpenApiTypes.DATE) for name in ("since", "until")]
SUBJECT = OpenApiParameter("subject", str)


class OwnRecord(Endpoint):
    """The person's own record."""

    @extend_schema(operation_id="readOwnRecord", responses=OwnRecordList)
    def get(self, request: Request, programme: str) -> Response:
        """What is recorded about the person, oldest first."""
        found = mine.records(request.user, programme)
        if not found:
            grants.require(request.user, programme, Role.TRAINEE)
        return Response(plain([OwnRecordBody(**asdict(one)) for one in found]))


class Readers(Endpoint):
    """Who has read the person's record."""

    @extend_schema(operation_id="listReaders", responses=ReadingList)
    def get(self, request: Request, programme: str) -> Response:
        """Which certifying body was shown what and when, the latest day first."""
        found = mine.readers(request.user, programme)
        if not found:
            grants.require(request.user, programme, Role.TRAINEE)
        return Response(plain([ReadingBody(**asdict(one)) for one in found]))


class Standings(Endpoint):
    """What the person's competencies stand at."""

    @extend_schema(operation_id="listStandings", responses=StandingList)
    def get(self, request: Request, programme: str) -> Response:
        """Each competency that was rated so far, after released results."""
        grants.require(request.user, programme, Role.TRAINEE)
        found = feedback.standings(request.user, programme)
        return Response(plain([CompetencyStanding(competency=c, standing=s) for c, s in found]))


class Records(Endpoint):
    """The records of a programme that are open to the auditor's body."""

    @extend_schema(
        operation_id="searchRecords",
        parameters=[
            OpenApiParameter("kind", str),
            SUBJECT,
            OpenApiParameter("scenario", str),
            *DAYS,
            OpenApiParameter("page", int),
        ],
        responses=PageBody,
    )
    def get(self, request: Request, programme: str) -> Response:
        """One page, newest first, and how many are withheld; what is listed is noted as read."""
        asked = request.query_params
        number = posted.whole_number(asked, "page") or 1
        found = audit.search(request.user, programme, page=number, **wanted(asked))
        return Response(plain(PageBody.model_validate(asdict(found))))


class Record(Endpoint):
    """One record."""

    @extend_schema(operation_id="openRecord", responses=OpenedBody)
    def get(self, request: Request, programme: str, record_id: str) -> Response:
        """The record with all that is needed to check it offline; it is noted as read."""
        opened = audit.open_record(request.user, programme, record_id)
        return Response(plain(_opened(opened)))


class Pack(Endpoint):
    """A pack to take along."""

    @extend_schema(
        operation_id="takePack",
        parameters=[SUBJECT, *DAYS],
        responses={(200, "application/zip"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, programme: str) -> FileResponse:
        """A zip that `peer-xblocks verify` checks offline; what it opens is noted as read."""
        asked = wanted(request.query_params)
        chosen: dict[str, Any] = {name: asked[name] for name in ("subject", "since", "until")}
        file = audit.write_pack(request.user, programme, **chosen)
        return FileResponse(
            file,
            as_attachment=True,
            filename=f"{programme}-pack.zip",
            content_type="application/zip",
        )


def _opened(opened: audit.OpenedRecord) -> OpenedBody:
    at = opened.checkpoint
    body = {n: v for n, v in opened.envelope.body.items() if n != "overall_impression"}
    return OpenedBody(
        record=opened.envelope.model_copy(update={"body": body}),
        index=opened.index,
        canonical=opened.canonical,
        salt=opened.salt,
        proof=opened.proof,
        note=opened.note,
        checkpoint=CheckpointBody(
            origin=at.origin, size=at.size, note=at.note, at=at.at, vkey=at.vkey
        )
        if at
        else None,
    )
