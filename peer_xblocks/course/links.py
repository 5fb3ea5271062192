"""Links between files of a course: `[next](02-x.md)` leads to the unit it becomes."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from peer_xblocks.core.guide import Guide
from peer_xblocks.core.lesson import Lesson, Part, Reflection, Text
from peer_xblocks.course.files import Source
from peer_xblocks.course.sources import Sources

Page = TypeVar("Page", Lesson, Guide)

LINK = re.compile(r"(?P<open>!?)\[(?P<words>[^\]]*)\]\((?P<target>[^)\s]*)(?P<rest>[^)]*)\)")
"""A link or an image in Markdown."""

UNIT = "unit-"
"""What the name of an activity's unit begins with, before the activity's own name."""

_WITH_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def is_elsewhere(target: str) -> bool:
    """Whether a target is no file: another site, a platform address, a place on the page."""
    return bool(_WITH_SCHEME.match(target)) or target.startswith(("#", "/", "//"))


Change = Callable[[re.Match[str]], str]


class Addresses:
    """Where the file of each activity is found in the built course."""

    def __init__(self, sources: Sources) -> None:
        self._root = sources.curriculum.resolve()
        self._names: dict[Path, str] = {}
        for module in sources.modules:
            for lesson in module.lessons:
                self._names[self.path(lesson.file)] = lesson.word("url_name")
            for other in (*module.dialogues, *module.plans, *module.scenarios, *module.guides):
                self._names[self.path(other.file)] = other.word("url_name")

    def path(self, file: str) -> Path:
        """The path of a file that is named as people see it."""
        return self._root.joinpath(*Path(file).parts[1:])

    def target(self, file: str, target: str) -> Path:
        """The path that a relative link in a file leads to."""
        return (self.path(file).parent / target.partition("#")[0]).resolve()

    def url_name(self, file: str, target: str) -> str | None:
        """The activity that a relative link in a file leads to, or None."""
        return self._names.get(self.target(file, target))

    def linked(self, page: Source[Page], prefix: str = "") -> Page:
        """The lesson or guide with its links to other activities as the platform follows them.

        With a prefix they lead to the units of that name, around the activities.
        """
        change = self._change(page.file, prefix)
        parts = tuple(_changed(part, change) for part in page.value.parts)
        return page.value.model_copy(update={"parts": parts})

    def _change(self, file: str, prefix: str) -> Change:
        def change(match: re.Match[str]) -> str:
            if match["open"] or is_elsewhere(match["target"]):
                return match[0]
            url_name = self.url_name(file, match["target"])
            if url_name is None:
                return match[0]
            return f"[{match['words']}](/jump_to_id/{prefix}{url_name}{match['rest']})"

        return change


def _changed(part: Part, change: Change) -> Part:
    """A part of a page with its links changed, wherever it holds Markdown."""
    if isinstance(part, Text):
        return Text(markdown=LINK.sub(change, part.markdown))
    if isinstance(part, Reflection):
        words = {"prompt": LINK.sub(change, part.prompt), "hint": LINK.sub(change, part.hint)}
        return part.model_copy(update=words)
    options = tuple(
        option.model_copy(update={"feedback": LINK.sub(change, option.feedback)})
        for option in part.options
    )
    question = LINK.sub(change, part.question)
    return part.model_copy(update={"question": question, "options": options})
