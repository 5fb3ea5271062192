"""The editor in Studio, the same for every block: the source, each problem beside its line, and a
preview.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from web_fragments.fragment import Fragment

from peer_xblocks.blocks import frame, olx, person
from peer_xblocks.blocks.answers import Shown
from peer_xblocks.blocks.handler import Call
from peer_xblocks.blocks.sent import LONGEST_SOURCE
from peer_xblocks.core.errors import Error, InvalidError
from peer_xblocks.core.problem import Problem, ProblemsError

HANDLERS = ("preview_source", "save_source")

Load = Callable[[str, str], Any]
Preview = Callable[[Any], str]


class SourceError(InvalidError):
    """A source that cannot be read; `found` are all of its problems."""

    def __init__(self, found: Sequence[Problem]) -> None:
        sentence = ngettext(
            "%(n)d thing in the source needs another look. Nothing was changed.",
            "%(n)d things in the source need another look. Nothing was changed.",
            len(found),
        ) % {"n": len(found)}
        super().__init__({f"{one.line}": one.sentence for one in found}, sentence)
        self.found = tuple(found)


def view(block: Any, source: str) -> Fragment:
    """The editor."""
    shown = frame.fragment(_editor(block, source))
    shown.add_javascript_url(static("peer_xblocks/studio.js"))
    shown.initialize_js("PeerXBlocksStudioInit")
    return shown


def preview(block: Any, call: Call, load: Load, show: Preview) -> Shown:
    """The editor with what the source looks like. Raises SourceError."""
    source, value = _loaded(block, call, load)
    return Shown(_editor(block, source, preview=show(value)), _("The preview is up to date."))


def save(block: Any, call: Call, load: Load, show: Preview) -> Shown:
    """Put the source into the block. Raises SourceError, and changes nothing then."""
    source, value = _loaded(block, call, load)
    olx.set_activity(block, value)
    return Shown(_editor(block, source, preview=show(value), saved=True), _("Saved."))


def again(block: Any, call: Call, error: Error) -> Shown:
    """The editor with what is wrong."""
    source = call.sent.as_sent("source")
    found = error.found if isinstance(error, SourceError) else ()
    return Shown(_editor(block, source, problems=found, error=str(error)), str(error))


def starter(template: str, block: Any) -> str:
    """A source to begin with, named after the block."""
    usage = block.scope_ids.usage_id
    name = re.sub(r"[^a-z0-9]+", "-", str(getattr(usage, "block_id", usage)).lower()).strip("-")
    return render_to_string(
        f"peer_xblocks/blocks/{template}", {"url_name": name[:64] or "activity"}
    )


def _loaded(block: Any, call: Call, load: Load) -> tuple[str, Any]:
    source = call.sent.text("source", longest=LONGEST_SOURCE).replace("\r\n", "\n")
    try:
        return source, load(source, block.display_name or block.scope_ids.block_type)
    except ProblemsError as error:
        raise SourceError(error.problems) from error


def _editor(block: Any, source: str, **more: Any) -> str:
    lines = source.split("\n")
    problems = [
        {"problem": one, "text": lines[one.line - 1].strip() if 0 < one.line <= len(lines) else ""}
        for one in more.pop("problems", ())
    ]
    context = {
        "prefix": person.html_id(block),
        "source": source,
        "problems": problems,
        "urls": {name: block.runtime.handler_url(block, name) for name in HANDLERS},
    }
    return frame.html("studio.html", context | more)
