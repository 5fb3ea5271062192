"""The public files of a programme's log, for whoever checks it: nobody has to sign in."""

from django.http import HttpRequest, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request

from peer_xblocks.web.pages import log
from peer_xblocks.web.rest_api.v1.endpoint import Endpoint

NOTE = (200, "text/plain")
HASHES = (200, "application/octet-stream")
LEVEL = OpenApiParameter(
    "level",
    str,
    OpenApiParameter.PATH,
    description="A level of hashes, 0 to 63, or `entries` for the entries themselves.",
    pattern="^([0-9]|[1-5][0-9]|6[0-3]|entries)$",
)
TILE = OpenApiParameter(
    "tile",
    str,
    OpenApiParameter.PATH,
    description="Which tile, in groups of three digits, and how wide where it is not full: `067`, "
    "`x001/x234/067`, `067.p/17`. Its slashes are sent as they are.",
    pattern=r"^(x[0-9]{3}/){0,6}[0-9]{3}(\.p/[1-9][0-9]{0,2})?$",
)


class LogFile(Endpoint):
    """A file that holds digests alone. Tiles never change, so any cache may keep them."""

    authentication_classes = []
    permission_classes = [AllowAny]
    throttle_classes = []


class Checkpoint(LogFile):
    """The signed statement on what the log is now."""

    @extend_schema(operation_id="readCheckpoint", responses={NOTE: OpenApiTypes.STR})
    def get(self, request: Request, programme: str) -> HttpResponse:
        """The latest checkpoint, a signed note of C2SP tlog-checkpoint."""
        return log.file(_plain(request), programme, "checkpoint")


class Tile(LogFile):
    """Up to 256 hashes of one level of the tree, or as many entries."""

    @extend_schema(
        operation_id="readTile",
        parameters=[LEVEL, TILE],
        responses={HASHES: OpenApiTypes.BINARY},
    )
    def get(self, request: Request, programme: str, level: str, tile: str) -> HttpResponse:
        """A tile of C2SP tlog-tiles: 32 bytes a hash; an entry follows its length in two bytes."""
        return log.file(_plain(request), programme, f"tile/{level}/{tile}")


def _plain(request: Request) -> HttpRequest:
    """The request as Django has it."""
    found: HttpRequest = request._request
    return found
