"""What auditors see: search, one record with its proof, and packs. Each read is noted."""

import base64
import hmac
from urllib.parse import urlencode

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from peer_xblocks.core.errors import InvalidError
from peer_xblocks.core.record import Kind
from peer_xblocks.records.api import audit, checkpoints, grants, people, programmes
from peer_xblocks.web.door import page
from peer_xblocks.web.pages import posted, record_words

FILTERS = ("kind", "subject", "scenario", "since", "until")


@page
@require_safe
def records(request: HttpRequest, programme: str) -> HttpResponseBase:
    """Search and filter what the subjects opened to this body, a page at a time."""
    body = grants.body_of(request.user, programme)
    asked = {name: posted.text(request.GET, name) for name in FILTERS}
    problems: dict[str, str] = {}
    found = None
    try:
        number = posted.whole_number(request.GET, "page") or 1
        found = audit.search(request.user, programme, page=number, **wanted(request.GET))
    except InvalidError as error:
        problems = error.problems
    context = {
        "programme": programmes.get(programme),
        "body": body,
        "asked": asked,
        "problems": problems,
        "found": found,
        "kinds": [kind for kind in Kind if kind is not Kind.FRAMEWORK],
        "query": urlencode({name: value for name, value in asked.items() if value}),
        "checkpoint": checkpoints.latest(programme),
    }
    status = 422 if problems else 200
    return render(request, "peer_xblocks/pages/audit.html", context, status=status)


def wanted(asked: QueryDict) -> dict[str, object]:
    """The filters of an address as `audit.search` takes them. Raises InvalidError for a date.

    A scenario's title stands for its key, which is written alike with hyphens.
    """
    return {
        "kind": posted.text(asked, "kind") or None,
        "subject": posted.text(asked, "subject") or None,
        "scenario": posted.text(asked, "scenario").replace(" ", "-") or None,
        "since": posted.day(asked, "since"),
        "until": posted.day(asked, "until", end=True),
    }


@page
@require_safe
def record(request: HttpRequest, programme: str, record_id: str) -> HttpResponseBase:
    """One record: in words, as it is written, and with what proves it."""
    opened = audit.open_record(request.user, programme, record_id)
    envelope = opened.envelope
    urns = {envelope.actor, *([envelope.subject] if envelope.subject else [])}
    context = {
        "programme": programmes.get(programme),
        "opened": opened,
        "envelope": envelope,
        "told": record_words.told(envelope),
        "names": people.names(urns),
        "commitment": _commitment(opened),
    }
    return render(request, "peer_xblocks/pages/audit_record.html", context)


@page
@require_safe
def proof(request: HttpRequest, programme: str, record_id: str) -> HttpResponseBase:
    """The inclusion proof of one record, as a `.tlog-proof` file."""
    opened = audit.open_record(request.user, programme, record_id)
    response = HttpResponse(opened.proof, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{opened.index}.tlog-proof"'
    return response


@page
@require_safe
def pack(request: HttpRequest, programme: str) -> HttpResponseBase:
    """A pack to take along: of all, of one person, or of a period."""
    asked = wanted(request.GET)
    file = audit.write_pack(
        request.user,
        programme,
        subject=asked["subject"],
        since=asked["since"],
        until=asked["until"],
    )
    return FileResponse(
        file, as_attachment=True, filename=f"{programme}-pack.zip", content_type="application/zip"
    )


def _commitment(opened: audit.OpenedRecord) -> str:
    """The commitment, derived again from the salt and the bytes that the page shows."""
    salt = base64.urlsafe_b64decode(opened.salt + "=")
    commitment = hmac.digest(salt, opened.canonical.encode(), "sha256")
    return base64.urlsafe_b64encode(commitment).rstrip(b"=").decode()
