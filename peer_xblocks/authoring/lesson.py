"""A lesson: Markdown with facts on top and checks in fenced blocks; and `<peer_lesson>`."""

import re
from collections.abc import Mapping

from peer_xblocks.authoring import olx_form, page_text, yaml_text
from peer_xblocks.authoring.attempt import Attempt
from peer_xblocks.core.fact import Fact
from peer_xblocks.core.lesson import Lesson, Text

TAG = "peer_lesson"
KINDS = ("check", "reflection")
"""What a fenced block of a lesson may be."""


def load(text: str, file: str) -> Lesson:
    """The lesson that a text holds. Raises ProblemsError with every problem found."""
    return attempt(text, file).whole()


def attempt(text: str, file: str, facts: Mapping[str, Fact] | None = None) -> Attempt[Lesson]:
    """An attempt at the lesson that a text holds, with facts put in where it names them."""
    return page_text.attempt(Lesson, text, file, KINDS, facts)


def to_text(lesson: Lesson) -> str:
    """The text of a lesson as authors write it; loading it gives the same lesson."""
    pieces = [f"---\n{yaml_text.dump(yaml_text.plain(lesson, frozenset({'parts'})))}---\n"]
    for part in lesson.parts:
        if isinstance(part, Text):
            pieces.append(part.markdown + "\n")
        else:
            body = yaml_text.dump(yaml_text.plain(part, frozenset({"kind"})))
            pieces.append(f"```{part.kind}\n{body}```\n")
    return "\n".join(pieces)


def to_olx(lesson: Lesson) -> olx_form.Element:
    """The `<peer_lesson>` of a lesson. Raises ProblemsError for characters that XML cannot hold."""
    return olx_form.to_activity(lesson, TAG)


def from_olx(element: olx_form.Element, file: str = "") -> Lesson:
    """The lesson of a `<peer_lesson>`, also one that the platform wrote. Raises ProblemsError."""
    return olx_form.from_activity(Lesson, element, TAG, file)


def cited(markdown: str) -> list[str]:
    """Ids of the sources that a text cites as `[@id]`, in order, doubles included."""
    return re.findall(CITATION, markdown)


CITATION = r"\[@([a-z0-9-]{1,64})\]"
"""How a source is cited."""
