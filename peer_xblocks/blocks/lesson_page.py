"""What a lesson looks like: the Markdown rendered once for each edition, then filled with one
person's answers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from peer_xblocks import compat
from peer_xblocks.authoring import content
from peer_xblocks.blocks import frame, lesson_answers
from peer_xblocks.core.lesson import Check, HoursKind, Lesson, Text
from peer_xblocks.core.lesson import Reflection as Question
from peer_xblocks.work.values import Reflection

T = TypeVar("T")
Rendered = list[dict[str, Any]]

_PARTS, _END = "<!--parts-->", "<!--end-->"

HOURS = {
    HoursKind.SELF_PACED: _("on your own"),
    HoursKind.LIVE: _("with others"),
    HoursKind.PRACTICUM: _("in practice"),
}


@dataclass(frozen=True)
class Page:
    """One lesson for one person. `urls` are empty where nothing can be answered, as in previews.

    What looks the same for everybody who stands at the same place is rendered once in a process,
    under the digest `edition`; without one it is rendered anew, as a preview is.
    """

    lesson: Lesson
    prefix: str
    state: lesson_answers.State
    kept: dict[str, Reflection]
    urls: dict[str, str]
    title: str = ""
    can_reflect: bool = True
    edition: str = ""

    def html(self) -> str:
        """The whole lesson."""
        before, after = self._remembered("around", self._around)
        parts = [self._part(place, part) for place, part in enumerate(self.lesson.parts)]
        return "\n".join((before, *parts, after.replace(_END, self.finish(), 1)))

    def check(self, check: Check, error: str = "", sent: tuple[str, ...] = ()) -> str:
        """One knowledge check; with an error, as it was sent."""
        picked = lesson_answers.chosen(self.state, check)
        if error or sent:
            return self._check(check, picked, error, sent)
        facts = f"{check.id}:{sorted(picked) if picked else ''}"
        return self._remembered(facts, lambda: self._check(check, picked, "", ()))

    def _check(
        self, check: Check, picked: frozenset[str] | None, error: str, sent: tuple[str, ...]
    ) -> str:
        number = self.lesson.checks.index(check)
        html = self._rendered[self.lesson.parts.index(check)]
        options = [
            {
                "option": option,
                "feedback": html["feedback"][place],
                "picked": option.id in (sent or picked or ()),
                "right": option.correct,
            }
            for place, option in enumerate(check.options)
        ]
        return frame.html(
            "_check.html",
            {
                "page": self,
                "check": check,
                "number": number + 1,
                "of": len(self.lesson.checks),
                "question": html["question"],
                "options": options,
                "answered": picked is not None and not error,
                "is_right": picked == check.right,
                "error": error,
            },
        )

    def reflection(self, question: Question, **more: Any) -> str:
        """One private reflection, with the words as kept last or `text`."""
        kept = self.kept.get(question.id)
        if kept is None and not more:
            return self._remembered(question.id, lambda: self._reflection(question, None, {}))
        return self._reflection(question, kept, more)

    def _reflection(self, question: Question, kept: Reflection | None, more: dict[str, Any]) -> str:
        html = self._rendered[self.lesson.parts.index(question)]
        context = {
            "page": self,
            "question": question,
            "prompt": html["prompt"],
            "hint": html["hint"],
            "version": kept.version if kept else 0,
            "text": kept.text if kept else "",
            "saved_at": kept.saved_at if kept else None,
        }
        return frame.html("_reflection.html", context | more)

    def finish(self, error: str = "") -> str:
        """The end of the lesson: how far one is, and the button that says so."""
        if error:
            return self._finish(error)
        still = [check.id for check in lesson_answers.open_checks(self.lesson, self.state)]
        right, _of = lesson_answers.score(self.lesson, self.state)
        facts = f"finish:{still}:{right}:{bool(self.state.get('finished'))}"
        return self._remembered(facts, lambda: self._finish(""))

    def _finish(self, error: str) -> str:
        still = lesson_answers.open_checks(self.lesson, self.state)
        right, of = lesson_answers.score(self.lesson, self.state)
        context = {
            "page": self,
            "open": [(check, self.lesson.checks.index(check) + 1) for check in still],
            "right": right,
            "of": of,
            "complete": lesson_answers.is_complete(self.lesson, self.state),
            "error": error,
        }
        return frame.html("_finish.html", context)

    def _part(self, place: int, part: Any) -> str:
        if isinstance(part, Text):
            lang = compat.content_lang()
            return f'<div class="px-prose"{lang}>{self._rendered[place]["html"]}</div>'
        return self.check(part) if isinstance(part, Check) else self.reflection(part)

    def _around(self) -> tuple[str, str]:
        """What stands before and after the parts."""
        hours = HOURS[self.lesson.hours_kind]
        context = {"page": self, "lesson": self.lesson, "hours": hours, "mark": _END}
        before, after = frame.html("lesson.html", {**context, "parts": _PARTS}).split(_PARTS)
        return before, after

    def _remembered(self, facts: str, make: Callable[[], T]) -> T:
        if not self.edition:
            return make()
        return compat.cached(f"{self._key}:{facts}", make, here=True)

    @cached_property
    def _key(self) -> str:
        how = [self.urls and self.urls["answer"], self.title, self.can_reflect, get_language()]
        return f"lesson-html:{self.edition}:{self.prefix}:{compat.digest_of(how)}"

    @cached_property
    def _rendered(self) -> Rendered:
        """The HTML of every part, made once for each edition and place."""
        if not self.edition:
            return _rendered(self.lesson, self.prefix)
        key = f"lesson:{self.prefix}:{self.edition}"
        return compat.cached(key, lambda: _rendered(self.lesson, self.prefix))


def open_sentence(count: int) -> str:
    """How many checks still wait for an answer."""
    return ngettext(
        "%(n)d knowledge check still waits for your answer.",
        "%(n)d knowledge checks still wait for your answer.",
        count,
    ) % {"n": count}


def _rendered(lesson: Lesson, prefix: str) -> Rendered:
    def html(markdown: str) -> str:
        return content.render(markdown, lesson.sources, f"{prefix}-") if markdown else ""

    parts: Rendered = []
    for part in lesson.parts:
        if isinstance(part, Text):
            parts.append({"html": html(part.markdown)})
        elif isinstance(part, Check):
            feedback = [html(option.feedback) for option in part.options]
            parts.append({"question": html(part.question), "feedback": feedback})
        else:
            parts.append({"prompt": html(part.prompt), "hint": html(part.hint)})
    return parts
