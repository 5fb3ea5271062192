"""The base of every endpoint: who asks, how a body is read, and how an error is answered."""

import json
from typing import Any, TypeVar

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.openapi import AutoSchema
from pydantic import ValidationError
from rest_framework import exceptions
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.permissions import IsAuthenticated
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView, exception_handler

from peer_xblocks.core.errors import Error, InvalidError
from peer_xblocks.core.value import Value
from peer_xblocks.web.errors import problems_of, status_of
from peer_xblocks.web.headers import private
from peer_xblocks.web.rest_api.v1 import refused
from peer_xblocks.web.rest_api.v1.bodies import Problem
from peer_xblocks.work.text import storable

V = TypeVar("V", bound=Value)
BODY_BYTES = 1024 * 1024


class PersonThrottle(UserRateThrottle):
    """As many requests as a busy page makes, for each person."""

    scope = "peer_xblocks"
    rate = "300/min"


class BodyParser(BaseParser):
    """A JSON body of at most a megabyte, whatever was sent."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        """The data of the body. Raises ParseError for anything but JSON."""
        sent = stream.read(BODY_BYTES + 1)
        if len(sent) > BODY_BYTES:
            raise exceptions.ParseError(_("This is longer than one megabyte."))
        try:
            return _storable(json.loads(sent))
        except (ValueError, RecursionError) as error:
            raise exceptions.ParseError(_("This is not JSON.")) from error


class OneForm(DefaultContentNegotiation):
    """Each address answers in one form, whatever a client says it would take.

    Else who asks for a zip or a note by its media type would be told that there is only JSON.
    """

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> Any:
        """The one renderer there is; a file is not rendered at all."""
        return renderers[0], renderers[0].media_type


class Described(AutoSchema):
    """The description of an endpoint, with how each refusal is answered."""

    def _get_response_bodies(self, direction: Any = "response") -> Any:
        problem = self._get_response_for_code(Problem, "4XX", ["application/json"], direction)
        return super()._get_response_bodies(direction) | {"4XX": problem}


class Endpoint(APIView):
    """One address of the API. Permission is checked by the `api` packages, on every call."""

    schema = Described()
    permission_classes = [IsAuthenticated]
    parser_classes = [BodyParser]
    renderer_classes = [JSONRenderer]
    content_negotiation_class = OneForm
    throttle_classes = [PersonThrottle]

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        """The view, outside any transaction: the `api` call that appends owns its own."""
        return transaction.non_atomic_requests(super().as_view(**initkwargs))

    def get_exception_handler(self) -> Any:
        """Errors are answered our way, whatever the platform's own way is."""
        return _answer

    def finalize_response(
        self, request: HttpRequest, response: HttpResponseBase, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """No answer to a signed-in person is kept by a cache, unless the endpoint says so."""
        final = super().finalize_response(request, response, *args, **kwargs)
        return final if final.has_header("Cache-Control") else private(final)


def body(request: Request, kind: type[V]) -> V:
    """The body of a request as a value. Raises InvalidError naming each member that is wrong."""
    try:
        return kind.model_validate(request.data)
    except ValidationError as error:
        raise InvalidError(refused.problems_of(error)) from error


def programme_of(request: Request) -> str:
    """The programme that an address names after `?programme=`. Raises InvalidError without one."""
    slug = storable(request.query_params.get("programme", ""))
    if not slug:
        raise InvalidError({"programme": _("Say in which programme.")})
    return slug


def key_of(request: Request) -> str:
    """The header `Idempotency-Key`: the same key again answers what the first one made."""
    key = storable(request.headers.get("Idempotency-Key", "")).strip()
    if not key or len(key) > 64:
        raise InvalidError({"Idempotency-Key": _("Send a key of 1 to 64 characters.")})
    return key


def plain(value: Any) -> Any:
    """A value, or several of them, as JSON holds them."""
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    return value.model_dump(mode="json")


def _storable(data: Any) -> Any:
    """Data as every database can keep it. Raises RecursionError for endless nesting."""
    if isinstance(data, str):
        return storable(data)
    if isinstance(data, dict):
        return {storable(name): _storable(member) for name, member in data.items()}
    if isinstance(data, list):
        return [_storable(member) for member in data]
    return data


def _answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """An error as a status, a stable code, a sentence, and what is wrong with each part."""
    if isinstance(error, Error):
        body = {"code": error.code, "sentence": str(error), "problems": problems_of(error)}
        return Response(body, status=status_of(error))
    response = exception_handler(error, context)
    if response is not None:
        code, sentence = _of_framework(error)
        response.data = {"code": code, "sentence": sentence, "problems": {}}
    return response


def _of_framework(error: Exception) -> tuple[str, str]:
    if isinstance(error, exceptions.APIException):
        codes = error.get_codes()
        return codes if isinstance(codes, str) else "invalid", str(error.detail)
    if isinstance(error, Http404):
        return "not_found", _("There is nothing here for you under this address.")
    return "forbidden", _("Your role here does not allow this.")
