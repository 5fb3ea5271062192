"""A trainer's guide: Markdown with facts on top, and nothing to answer; in a course, HTML."""

from collections.abc import Mapping

from peer_xblocks.authoring import page_text
from peer_xblocks.authoring.attempt import Attempt
from peer_xblocks.core.fact import Fact
from peer_xblocks.core.guide import Guide


def attempt(text: str, file: str, facts: Mapping[str, Fact] | None = None) -> Attempt[Guide]:
    """An attempt at the guide that a text holds, with facts put in where it names them."""
    return page_text.attempt(Guide, text, file, (), facts)
