"""Reading what a form or an address carries, whatever was sent: small functions, no surprises."""

import uuid
from datetime import UTC, date, datetime, time, timedelta

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from peer_xblocks.core.errors import InvalidError
from peer_xblocks.work.text import storable


def line(sent: str) -> str:
    """A text without what no database keeps, with plain line ends, without space around it."""
    return storable(sent).strip()


def text(posted: QueryDict, name: str) -> str:
    """The text in a field; "" when there is none."""
    return line(posted.get(name) or "")


def whole_number(posted: QueryDict, name: str) -> int | None:
    """The whole number in a field, of at most nine digits; None for anything else."""
    sent = text(posted, name)
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else None


def key(posted: QueryDict) -> str:
    """The idempotency key of a form; a fresh one when it carries none."""
    return text(posted, "key")[:64] or new_key()


def new_key() -> str:
    """A fresh idempotency key for a form."""
    return str(uuid.uuid4())


def day(asked: QueryDict, name: str, *, end: bool = False) -> datetime | None:
    """A day in a field, as its first moment in UTC, or with `end` the first moment after it.

    Raises InvalidError for something that is no date.
    """
    sent = text(asked, name)
    if not sent:
        return None
    try:
        found = datetime.combine(date.fromisoformat(sent), time(), UTC)
        return found + timedelta(days=1) if end else found
    except (ValueError, OverflowError) as error:
        raise InvalidError({name: _("Write a date as year-month-day.")}) from error


def wants_json(request: HttpRequest) -> bool:
    """Whether a module of ours asks, which takes JSON, rather than a browser that shows pages."""
    return request.headers.get("Accept", "").startswith("application/json")
