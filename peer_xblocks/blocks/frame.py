"""What stands around every view of a block: its root element, the stylesheet, the script."""

from typing import Any

from django.template.loader import render_to_string
from django.templatetags.static import static
from web_fragments.fragment import Fragment

from peer_xblocks import compat


def html(template: str, context: dict[str, Any]) -> str:
    """One of the blocks' templates, filled. Forms in it find the token of the current request."""
    filled = {"csrf": compat.csrf_token(), **context}
    return render_to_string(f"peer_xblocks/blocks/{template}", filled)


def fragment(inner: str, *, scripted: bool = True) -> Fragment:
    """A view of a block. Without script its forms are ordinary forms."""
    shown = Fragment(html("root.html", {"inner": inner}))
    shown.add_css_url(static("peer_xblocks/site.css"))
    if scripted:
        shown.add_javascript_url(static("peer_xblocks/swap.js"))
        shown.initialize_js("PeerXBlocksInit")
    return shown


def nothing_yet() -> Fragment:
    """The view of a block that has no content."""
    return fragment(html("empty.html", {}), scripted=False)
