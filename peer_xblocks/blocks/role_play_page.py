"""What a role play looks like at each step. Everything is made from `Scenario.trainee_view()`,
never from the rest.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from peer_xblocks import compat
from peer_xblocks.assessment.api import attempts, feedback
from peer_xblocks.authoring import content
from peer_xblocks.blocks import frame, role_play_attempts, role_play_partner, role_play_recording
from peer_xblocks.blocks import role_play_prompted as prompted
from peer_xblocks.blocks import role_play_talk as talk
from peer_xblocks.blocks.role_play_stage import STEPS, Stage, ways
from peer_xblocks.core.errors import Error, InvalidError, StaleError
from peer_xblocks.core.place import Place
from peer_xblocks.core.role_play import OtherScene
from peer_xblocks.core.scenario import Mode, TraineeView
from peer_xblocks.records.api import programmes
from peer_xblocks.work.api import captions
from peer_xblocks.work.values import CLOSED

STEP_TITLES = {
    "note": gettext_lazy("Before you begin"),
    "brief": gettext_lazy("The scene"),
    "perform": gettext_lazy("Perform"),
    "reflect": gettext_lazy("Look back"),
    "hand_in": gettext_lazy("Hand in"),
}


@dataclass(frozen=True)
class Page:
    """One role play for one person."""

    view: TraineeView
    prefix: str
    urls: dict[str, str]
    user: Any = None
    programme: str = ""
    place: Place | None = None
    title: str = ""
    formative: bool = False
    prompted_counts: bool = False
    edition: str = ""
    heard: Callable[[], Mapping[str, Any]] = dict
    others: tuple[OtherScene, ...] = ()
    rubric: str = ""

    @property
    def accommodations_url(self) -> str:
        """Where a trainee asks for more time; "" for somebody who cannot."""
        return _page_of("accommodations", self.programme) if self.user is not None else ""

    def swaps(self) -> list[dict[str, Any]]:
        """The scenes that may be done in place of this one, each with its address."""
        course = self.place.course if self.place else ""
        return [
            {
                "scene": one,
                "address": compat.address_in_course(course, one.url_name),
                "note": content.render(one.content_note),
            }
            for one in self.others
        ]

    def html(self, stage: Stage) -> str:
        """The whole block."""
        inner = self.stage(stage)
        return frame.html("role_play.html", {"page": self, "view": self.view, "inner": inner})

    def stage(
        self, stage: Stage, error: Error | None = None, sent: dict[str, Any] | None = None
    ) -> str:
        """One step; with an error, as it was sent.

        A step that only shows something is rendered once in a process.
        """
        stage = role_play_attempts.as_open(self, stage)
        goals = role_play_attempts.goals(self, stage)
        plain = self.edition and error is None and not goals
        if not plain or stage.name not in ("note", "brief", "look"):
            return self._stage(stage, error, sent, goals)
        begun = stage.draft.started_at is not None
        facts = [self.urls["go"], stage.name, stage.draft.version, begun, bool(stage.submissions)]
        key = compat.digest_of([*facts, self.prefix, get_language()])
        whole = f"role-play-html:{self.edition}:{key}"
        return compat.cached(whole, lambda: self._stage(stage, None, None, ()), here=True)

    def _stage(
        self,
        stage: Stage,
        error: Error | None,
        sent: dict[str, Any] | None,
        goals: tuple[role_play_attempts.TakenAlong, ...],
    ) -> str:
        context = {
            "page": self,
            "view": self.view,
            "stage": stage,
            "draft": stage.draft,
            "steps": self.steps(stage.name),
            "practice": self._is_practice(stage.draft.mode),
            "error": str(error) if error else "",
            "problems": error.problems if isinstance(error, InvalidError) else {},
            "late": getattr(error, "kept", None) if isinstance(error, StaleError) else None,
            "sent": sent or {},
            "goals": goals,
            **self._rendered(),
            **self._of_step(stage),
        }
        return frame.html(f"role_play_{stage.name}.html", context)

    def saved(self, stage: Stage) -> str:
        """The line that says when the draft was saved, with its version."""
        return frame.html("_saved.html", {"page": self, "draft": stage.draft})

    def _of_step(self, stage: Stage) -> dict[str, Any]:
        if stage.name == "brief":
            return {"modes": ways(self.view)}
        if stage.name == "perform":
            return {
                "writes": stage.draft.mode == Mode.WRITTEN,
                "turns": talk.turns(self.view, stage.draft.text) if self.view.lines else (),
                "is_begun": talk.is_begun(self.view, stage.draft.text),
                "has_more": talk.next_line(self.view, stage.draft.text) is not None,
                "unsaid": stage.draft.answers.get(talk.UNSAID, ""),
                "modes": ways(self.view),
                **self._of_mode(stage),
            }
        if stage.name == "reflect":
            return {"prompts": self._prompts(stage)}
        if stage.name == "hand_in":
            return {
                "prompts": self._prompts(stage),
                "bodies": programmes.bodies(self.programme),
                "statement": consent_statement(),
                **role_play_recording.held(self.user, stage.draft),
                **role_play_partner.shown(self.view, self.user, self.place, stage.draft),
                "key": secrets.token_hex(16),
            }
        if stage.name == "voided" and stage.latest is not None:
            void = feedback.void(self.user, stage.latest.id)
            result = _page_of("result", stage.latest.id)
            return {"void": void, "result_page": result, "attempts": self._attempts(stage)}
        if stage.name == "waiting" and len(stage.submissions) > 1:
            return {"attempts": self._attempts(stage)}
        if stage.name == "result" and stage.latest is not None:
            heard = stage.latest.recording
            said = captions.get(self.user, heard.id) if heard else None
            return {
                "feedback": feedback.result(self.user, stage.latest.id),
                "beside": feedback.beside(self.user, stage.latest.id),
                "reopened": attempts.reopened(self.user, stage.latest.id),
                "recording": heard,
                "recording_url": _page_of("recording", heard.id) if heard else "",
                "captions": said,
                "captions_url": _page_of("captions", heard.id) if said and said.cues else "",
                "result_page": _page_of("result", stage.latest.id),
                "attempts": self._attempts(stage),
            }
        return {}

    def _of_mode(self, stage: Stage) -> dict[str, Any]:
        """What performing takes beside words: nothing is asked for a scene that is written."""
        draft = stage.draft
        if draft.mode == Mode.WRITTEN:
            return {}
        recorder = role_play_recording.shown(self.view, self.user, self.programme, draft)
        if draft.mode == Mode.PROMPTED:
            return recorder | prompted.shown(self.view, self.heard(), stage.number)
        return recorder | role_play_partner.shown(self.view, self.user, self.place, draft)

    def _is_practice(self, mode: str) -> bool:
        return prompted.is_practice(self.formative, self.prompted_counts, mode)

    def _attempts(self, stage: Stage) -> list[tuple[role_play_attempts.PastAttempt, str]]:
        """Each attempt with the address of what there is to read of it."""
        past = role_play_attempts.history(self, stage)
        ids = [(one, one.attempt.submission) for one in past]
        return [(one, _page_of("result", of.id) if of.status in CLOSED else "") for one, of in ids]

    def _prompts(self, stage: Stage) -> list[dict[str, str]]:
        answers = stage.draft.answers
        return [
            {"id": one.id, "prompt": one.prompt, "answer": answers.get(one.id, "")}
            for one in self.view.reflection
        ]

    def steps(self, current: str) -> list[dict[str, Any]]:
        """The steps of an attempt, with where it stands."""
        if current not in STEPS:
            return []
        at = STEPS.index(current)
        return [
            {"title": STEP_TITLES[name], "current": place == at, "done": place < at}
            for place, name in enumerate(STEPS)
        ]

    def _rendered(self) -> dict[str, str]:
        names = ("setting", "content_note", "support", "brief", "ways_to_say_no", "de_role")

        def rendered() -> dict[str, str]:
            return {name: content.render(getattr(self.view, name)) for name in names}

        return compat.cached(f"role-play:{self.edition}", rendered) if self.edition else rendered()


def consent_statement() -> str:
    """The sentence that a trainee agrees to; the record keeps it as it was shown."""
    return _(
        "I let the certifying bodies that I ticked see the record of this submission: what I "
        "performed in writing, the ratings with the names of those who rated, the result, and when "
        "each step was taken. They do not get my answers from looking back, nor a recording. I can "
        "withdraw this at any time on the page “My record”; what a body has read by then stays "
        "read."
    )


def _page_of(name: str, key: Any) -> str:
    """The address of a result or a recording, "" where these pages are not installed."""
    try:
        return reverse(f"peer_xblocks:{name}", args=[key])
    except NoReverseMatch:
        return ""
