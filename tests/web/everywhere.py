"""Every address of ours, asked by one person: all that it answers, as one text."""

import io
import uuid
import zipfile
from collections.abc import Iterator
from typing import Any

from django.http import HttpResponseBase
from django.urls import URLPattern, URLResolver, reverse
from world import PROGRAMME

from peer_xblocks.web import urls

ELSE = {
    "programme": PROGRAMME,
    "path": "checkpoint",
    "key": "no-such-key",
    "tile": "000",
    "level": "0",
    "tie_id": 1,
    "assessor_id": 1,
    "trainee_id": 1,
    "record_id": "urn:uuid:none",
}


def everything(client: Any, seat_id: Any, submission_id: Any, **known: Any) -> str:
    """All that a person can fetch, about this seat and this submission wherever one is named."""
    ids = {"referral_id": uuid.uuid4(), "recording_id": uuid.uuid4(), **ELSE, **known}
    ids |= {"seat_id": seat_id, "submission_id": submission_id}
    found = [text_of(client.get(one, {"programme": PROGRAMME})) for one in addresses(ids)]
    assert len(found) > 60  # so that no address is left out unnoticed
    return "\n".join(found)


def addresses(ids: dict[str, Any]) -> Iterator[str]:
    """Every page and every endpoint, with these ids."""
    for name, pattern in named(urls.urlpatterns, "peer_xblocks:"):
        wanted = pattern.pattern.converters
        yield reverse(name, kwargs={one: ids[one] for one in wanted})


def named(patterns: list[Any], before: str) -> Iterator[tuple[str, URLPattern]]:
    """The patterns below a list of them, by their full names."""
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from named(one.url_patterns, f"{before}{one.namespace}:")
        else:
            yield f"{before}{one.name}", one


def text_of(answer: HttpResponseBase) -> str:
    """An answer as text, streamed or not; a zip opened."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as pack:
            body = b"\n".join(pack.read(name) for name in pack.namelist())
    return body.decode(errors="replace")
