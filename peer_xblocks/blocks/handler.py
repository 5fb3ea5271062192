"""The one decorator on every handler, because platforms ask little: any handler can be reached
without signing in, a token or being enrolled, and by staff who view as somebody else.
"""

import functools
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from webob import Response
from xblock.core import XBlock

from peer_xblocks.blocks import answers, person
from peer_xblocks.blocks.sent import Sent, read
from peer_xblocks.core.errors import Error, ForbiddenError, InvalidError
from peer_xblocks.core.place import Place

log = logging.getLogger(__name__)

OPEN_DOORS = {"handler_noauth", "unauth_handler"}
"""Steps of an address below which a platform runs handlers without login, token or access check."""

LARGEST_FORM = 1_000_000

TOLD = ("missing", "busy")
"""Facts of an error that a module of ours acts on: which parts to send, whether to ask again."""


@dataclass(frozen=True)
class Call:
    """One accepted request: who acts, where, and what they sent."""

    user: Any
    place: Place
    sent: Sent


Action = Callable[[Any, Call], answers.Shown]
Again = Callable[[Any, Call, Error], answers.Shown]


def handler(
    again: Again | None = None, *, largest: int = LARGEST_FORM, role: str = "trainee"
) -> Callable[[Action], Any]:
    """Make a method a handler that changes something; it answers with what is to be shown.

    `again` shows the form once more when the action raises an error of ours. `role` is "trainee",
    or "author" for what Studio calls. The action opens no transaction: the `api` it calls does.
    """

    def decorate(action: Action) -> Any:
        @functools.wraps(action)
        def handle(block: Any, request: Any, suffix: str = "") -> Response:
            if request.method != "POST":
                return answers.refusal(request, _("This only answers forms."), 405)
            call: Call | None = None
            try:
                call = _accept(block, request, largest, role)
                return answers.made(request, action(block, call), 200)
            except Error as error:
                return _refused(block, request, call, error, again)
            except Exception:
                log.exception("the handler %s failed", action.__qualname__)
                sentence = _("Something went wrong on our side. What you wrote is still here.")
                return answers.refusal(request, sentence, 500)

        return XBlock.handler(handle)

    return decorate


def _accept(block: Any, request: Any, largest: int, role: str) -> Call:
    """Let a request in. Raises ForbiddenError or InvalidError."""
    if OPEN_DOORS & set(request.path.split("/")):  # a course key may hold the same words
        raise ForbiddenError(_("Please sign in, and try again from the course page."))
    user = person.own_user(block)
    if user is None:
        raise ForbiddenError(
            _("Only the person whose work this is can change it, signed in as themselves.")
        )
    place = person.place_of(block)
    is_allowed = person.may_author if role == "author" else person.is_trainee
    if not is_allowed(user, place):
        raise ForbiddenError
    if (request.content_length or 0) > largest:
        limit = _("%(limit)s MB") % {"limit": largest // 1_000_000}
        sentence = _("This is more than can be sent at once (%(limit)s).") % {"limit": limit}
        raise InvalidError({"": sentence}, sentence)
    return Call(user, place, read(request))


def _refused(
    block: Any, request: Any, call: Call | None, error: Error, again: Again | None
) -> Response:
    status = answers.status_of(error)
    if call is None or again is None or answers.wants_json(request):
        problems = error.problems if isinstance(error, InvalidError) else {}
        facts = {name: error.facts[name] for name in TOLD if name in error.facts}
        return answers.refusal(request, str(error), status, error.code, problems, facts)
    return answers.made(request, again(block, call, error), status)
