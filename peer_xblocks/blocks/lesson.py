"""The `peer_lesson` block: reading, knowledge checks and private reflections on one page."""

from typing import Any

from django.utils.translation import gettext as _
from web_fragments.fragment import Fragment
from xblock.completable import CompletableXBlockMixin
from xblock.core import XBlock
from xblock.fields import Float, Scope, String

from peer_xblocks.authoring import lesson as authored
from peer_xblocks.blocks import frame, lesson_answers, person
from peer_xblocks.blocks.activity import PlainData, edition_of, written_in
from peer_xblocks.blocks.activity_block import ActivityBlock
from peer_xblocks.blocks.answers import Shown
from peer_xblocks.blocks.handler import Call, handler
from peer_xblocks.blocks.lesson_page import Page, open_sentence
from peer_xblocks.core.errors import Error, InvalidError, NotFoundError, StaleError
from peer_xblocks.core.lesson import Check, Lesson, Reflection
from peer_xblocks.work.api import reflections


@XBlock.needs("user", "i18n")
class LessonBlock(CompletableXBlockMixin, ActivityBlock):
    """A lesson. What authors wrote is one field, what a trainee answered another."""

    shape = Lesson
    forms = authored
    starter = "starter_lesson.txt"

    display_name = String(default="Lesson", scope=Scope.settings)
    weight = Float(default=None, scope=Scope.settings, values={"min": 0})
    state = PlainData(
        scope=Scope.user_state, help="First and last answers, and whether it is finished."
    )

    has_score = True
    icon_class = "other"

    @property
    def lesson(self) -> Lesson | None:
        """The lesson; None while nothing is written."""
        return written_in(self, Lesson)

    def max_score(self) -> int | None:
        """The number of knowledge checks; None for a lesson without any."""
        lesson = self.lesson
        return len(lesson.checks) or None if lesson else None

    @XBlock.supports("multi_device")
    def student_view(self, context: dict[str, Any] | None = None) -> Fragment:
        """The lesson with the trainee's own answers."""
        lesson = self.lesson
        if lesson is None:
            return frame.nothing_yet()
        visitor = person.visitor(self)
        kept = {}
        if visitor.user is not None and visitor.has_programme and lesson.reflections:
            kept = reflections.latest(visitor.user, visitor.place)
        page = self._page(lesson, kept, visitor.may_act, (context or {}).get("title_shown"))
        return frame.fragment(page.html())

    def student_view_data(self, context: dict[str, Any] | None = None) -> dict[str, Any]:
        """What a mobile app may know: nothing that gives an answer away."""
        lesson = self.lesson
        return _facts(lesson) if lesson else {}

    def found_by(self, value: Lesson) -> dict[str, str]:
        """The words to read, not the answers."""
        texts = (part for part in value.parts if part.kind == "text")
        return {f"text_{n}": part.markdown for n, part in enumerate(texts)}

    # What a trainee does

    def _show_part(self, call: Call, error: Error) -> Shown:
        """The part that was sent, with what is wrong beside it."""
        lesson: Lesson = self.written()
        page = self._page(lesson, reflections.latest(call.user, call.place))
        part = _part(lesson, call.sent.as_sent("part"))
        if isinstance(part, Check):
            return Shown(page.check(part, str(_first(error)), call.sent.all("option")), str(error))
        if isinstance(part, Reflection):
            more = {"error": str(_first(error)), "text": call.sent.as_sent("text")}
            if isinstance(error, StaleError) and hasattr(error, "current"):
                more |= {"text": error.current.text, "earlier": (error.kept,)}
            return Shown(page.reflection(part, **more), str(error))
        return Shown(page.finish(str(_first(error))), str(error))

    @handler(_show_part)
    def answer(self, call: Call) -> Shown:
        """Answer a knowledge check."""
        lesson: Lesson = self.written()
        check = _part(lesson, call.sent.text("part"))
        if not isinstance(check, Check):
            raise NotFoundError
        self.state = lesson_answers.answered(self.state, check, call.sent.all("option"))
        self._publish(lesson)
        page = self._page(lesson)
        is_right = lesson_answers.chosen(self.state, check) == check.right
        say = _("That fits. Read the feedback.") if is_right else _("Not quite. Read the feedback.")
        anchor = f"{page.prefix}-{check.id}"
        return Shown(page.check(check) + page.finish(), say, anchor)

    @handler(_show_part)
    def reflect(self, call: Call) -> Shown:
        """Keep a private reflection."""
        lesson: Lesson = self.written()
        question = _part(lesson, call.sent.text("part"))
        if not isinstance(question, Reflection):
            raise NotFoundError
        text, version = call.sent.text("text"), call.sent.number("version")
        kept = reflections.save(call.user, call.place, question.id, text, version)
        page = self._page(lesson, {question.id: kept})
        return Shown(page.reflection(question), _("Saved."), f"{page.prefix}-{question.id}")

    @handler(_show_part)
    def earlier(self, call: Call) -> Shown:
        """Show the versions of a reflection that came too late on another device."""
        lesson: Lesson = self.written()
        question = _part(lesson, call.sent.text("part"))
        if not isinstance(question, Reflection):
            raise NotFoundError
        page = self._page(lesson, reflections.latest(call.user, call.place))
        earlier = reflections.kept(call.user, call.place, question.id)
        return Shown(page.reflection(question, earlier=earlier, asked_earlier=True))

    @handler(_show_part)
    def finish(self, call: Call) -> Shown:
        """Say that one is through."""
        lesson: Lesson = self.written()
        still = lesson_answers.open_checks(lesson, self.state)
        if still:
            raise InvalidError({"": open_sentence(len(still))})
        self.state = lesson_answers.finished(self.state)
        self._publish(lesson)
        page = self._page(lesson)
        return Shown(page.finish(), _("Lesson finished."), f"{page.prefix}-finish")

    def preview(self, lesson: Lesson) -> str:
        return Page(lesson, person.html_id(self), {}, {}, {}, lesson.title).html()

    def _page(
        self,
        lesson: Lesson,
        kept: dict[str, Any] | None = None,
        may_act: bool = True,
        title_shown: str | None = None,
    ) -> Page:
        urls = frame.Addresses(self) if may_act else {}
        title = "" if title_shown == lesson.title else lesson.title
        has_programme = person.place_of(self).programme != person.NO_PROGRAMME
        prefix = person.html_id(self)
        edition = edition_of(self)
        return Page(lesson, prefix, self.state, kept or {}, urls, title, has_programme, edition)

    def _publish(self, lesson: Lesson) -> None:
        right, of = lesson_answers.score(lesson, self.state)
        if of:
            self.runtime.publish(self, "grade", {"value": right, "max_value": of})
        self.emit_completion(lesson_answers.share(lesson, self.state))


def _part(lesson: Lesson, part_id: str) -> Check | Reflection | None:
    return next((p for p in (*lesson.checks, *lesson.reflections) if p.id == part_id), None)


def _first(error: Error) -> object:
    return next(iter(error.problems.values()), error) if isinstance(error, InvalidError) else error


def _facts(lesson: Lesson) -> dict[str, Any]:
    return {
        "title": lesson.title,
        "minutes": lesson.minutes,
        "objectives": list(lesson.objectives),
        "checks": len(lesson.checks),
        "reflections": len(lesson.reflections),
    }
