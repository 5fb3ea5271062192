"""What stands around every view of a block: its root element, the stylesheet, the script."""

import secrets
from typing import Any

from django.template.loader import render_to_string
from django.templatetags.static import static
from web_fragments.fragment import Fragment

from peer_xblocks import compat

_TOKEN_MARK = secrets.token_hex(16)


class Addresses(dict[str, str]):
    """The addresses of a block's handlers by name, each asked of the runtime when a form needs it:
    a step of a block with twenty handlers has forms for three or four.
    """

    def __init__(self, block: Any):
        super().__init__()
        self._block = block

    def __bool__(self) -> bool:
        """Always: where nothing can be done, as in previews, a page has an empty dict in place."""
        return True

    def __missing__(self, name: str) -> str:
        address = self._block.runtime.handler_url(self._block, name)
        self[name] = address
        return str(address)


def html(template: str, context: dict[str, Any]) -> str:
    """One of the blocks' templates, filled. Forms in it hold a mark in place of a token."""
    return render_to_string(f"peer_xblocks/blocks/{template}", {"csrf": _TOKEN_MARK, **context})


def with_token(html: str) -> str:
    """What is sent: the token of the current request in place of each mark.

    So what does not depend on the person can be remembered without anybody's token in it.
    """
    return html.replace(_TOKEN_MARK, compat.csrf_token())


def fragment(inner: str, *, scripted: bool = True) -> Fragment:
    """A view of a block. Without script its forms are ordinary forms."""
    shown = Fragment(with_token(html("root.html", {"inner": inner})))
    shown.add_css_url(static("peer_xblocks/site.css"))
    if scripted:
        shown.add_javascript_url(static("peer_xblocks/swap.js"))
        shown.initialize_js("PeerXBlocksInit")
    return shown


def nothing_yet() -> Fragment:
    """The view of a block that has no content."""
    return fragment(html("empty.html", {}), scripted=False)
