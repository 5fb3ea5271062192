"""What a lesson looks like: the Markdown rendered once for each edition, then filled with one
person's answers.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from peer_xblocks import compat
from peer_xblocks.authoring import content
from peer_xblocks.blocks import frame, lesson_answers
from peer_xblocks.core.lesson import Check, HoursKind, Lesson, Text
from peer_xblocks.core.lesson import Reflection as Question
from peer_xblocks.work.values import Reflection

Rendered = list[dict[str, Any]]

HOURS = {
    HoursKind.SELF_PACED: _("on your own"),
    HoursKind.LIVE: _("with others"),
    HoursKind.PRACTICUM: _("in practice"),
}


@dataclass(frozen=True)
class Page:
    """One lesson for one person. `urls` are empty where nothing can be answered, as in previews."""

    lesson: Lesson
    prefix: str
    state: lesson_answers.State
    kept: dict[str, Reflection]
    urls: dict[str, str]
    title: str = ""
    can_reflect: bool = True

    def html(self) -> str:
        """The whole lesson."""
        rendered = rendered_parts(self.lesson, self.prefix)
        parts = [
            self._part(part, html) for part, html in zip(self.lesson.parts, rendered, strict=True)
        ]
        return frame.html(
            "lesson.html",
            {
                "page": self,
                "lesson": self.lesson,
                "hours": HOURS[self.lesson.hours_kind],
                "parts": parts,
                "finish": self.finish(),
            },
        )

    def check(self, check: Check, error: str = "", sent: tuple[str, ...] = ()) -> str:
        """One knowledge check; with an error, as it was sent."""
        number = self.lesson.checks.index(check)
        html = rendered_parts(self.lesson, self.prefix)[self.lesson.parts.index(check)]
        picked = lesson_answers.chosen(self.state, check)
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
        html = rendered_parts(self.lesson, self.prefix)[self.lesson.parts.index(question)]
        kept = self.kept.get(question.id)
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

    def _part(self, part: Any, html: dict[str, Any]) -> dict[str, str]:
        if isinstance(part, Text):
            return {"kind": "text", "html": html["html"]}
        if isinstance(part, Check):
            return {"kind": "check", "html": self.check(part)}
        return {"kind": "reflection", "html": self.reflection(part)}


def open_sentence(count: int) -> str:
    """How many checks still wait for an answer."""
    return ngettext(
        "%(n)d knowledge check still waits for your answer.",
        "%(n)d knowledge checks still wait for your answer.",
        count,
    ) % {"n": count}


def rendered_parts(lesson: Lesson, prefix: str) -> Rendered:
    """The HTML of every part of a lesson, made once for each edition and place."""
    digest = compat.digest_of(lesson.model_dump(mode="json"))
    return compat.cached(f"lesson:{prefix}:{digest}", lambda: _rendered(lesson, prefix))


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
