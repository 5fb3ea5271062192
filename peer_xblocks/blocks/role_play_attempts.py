"""The attempts at a role play: their history, the goals that go along to the next one, and another
scene that comes first.

Notes on a goal stand among a draft's answers and are never handed in: they would tell assessors
that there was a result before. When the performance is handed in they are kept as reflections,
which nobody reads but their author.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from peer_xblocks.assessment.api import attempts
from peer_xblocks.assessment.values import Attempt
from peer_xblocks.blocks import role_play_talk as talk
from peer_xblocks.blocks.handler import Call
from peer_xblocks.blocks.role_play_prompted import is_practice
from peer_xblocks.blocks.role_play_stage import BEFORE, Stage
from peer_xblocks.core.attempts import CarriedGoal
from peer_xblocks.core.place import Place
from peer_xblocks.core.role_play import RolePlay
from peer_xblocks.work.api import reflections
from peer_xblocks.work.values import CLOSED, Draft, Status

NOTE = "goal-note-"
NOTES = re.compile(rf"{NOTE}[0-9]{{1,18}}-[0-9]{{1,2}}")
WITH_GOALS = ("brief", "perform", "reflect")


class PastAttempt(NamedTuple):
    """One attempt as its trainee reads it, with what they noted on the goals of then."""

    attempt: Attempt
    notes: tuple[str, ...]


class TakenAlong(NamedTuple):
    """One goal at an attempt, and what the trainee notes on it."""

    goal: CarriedGoal
    name: str
    note: str


def is_note(key: str) -> bool:
    """Whether an answer is a note on a goal, which nobody but the trainee reads."""
    return NOTES.fullmatch(key) is not None


def is_handed_in(key: str) -> bool:
    """Whether an answer of a draft goes along to the assessors."""
    return key != talk.UNSAID and not is_note(key)


def goals(page: Any, stage: Stage) -> tuple[TakenAlong, ...]:
    """The goals that stand at this step. Costs one query at the steps that show any."""
    if stage.name not in WITH_GOALS or page.user is None:
        return ()
    view = page.view
    found = attempts.carried(page.user, page.programme, view.key, page.rubric, view.competencies)
    answers = stage.draft.answers
    return tuple(
        TakenAlong(goal, NOTE + goal.id, answers.get(NOTE + goal.id, "")) for goal in found
    )


def as_open(page: Any, stage: Stage) -> Stage:
    """The stage, or the result in place of a scene that another one comes before."""
    latest = stage.latest
    if page.user is None or latest is None or latest.status not in CLOSED:
        return stage
    closed = "voided" if latest.status == Status.VOIDED else "result"
    if stage.name not in (*BEFORE, closed):
        return stage
    first = attempts.another_first(page.user, page.programme, page.view.key, page.formative)
    return replace(stage, name=closed, another_first=first) if first else stage


def history(page: Any, stage: Stage) -> tuple[PastAttempt, ...]:
    """The trainee's attempts at this scene, the newest first. Costs two queries."""
    place = page.place
    if page.user is None or place is None or not stage.submissions:
        return ()
    kept = reflections.latest(page.user, place)
    notes = {key: one.text for key, one in sorted(kept.items()) if one.text}
    return tuple(
        PastAttempt(one, _notes_of(notes, one.submission.attempt))
        for one in attempts.history(page.user, stage.submissions)
    )


def require_open(role_play: RolePlay, call: Call, mode: str) -> None:
    """Raise ConflictError when another scene comes before this one, done in this mode."""
    practice = is_practice(role_play.formative, role_play.prompted_counts, mode)
    attempts.require_open(call.user, call.place.programme, role_play.scenario.key, practice)


def keep_notes(role_play: RolePlay, draft: Draft, call: Call, attempt: int) -> None:
    """Keep what was noted on goals for the trainee alone, with the goals as they read then."""
    noted = {key: text for key, text in draft.answers.items() if is_note(key) and text.strip()}
    if not noted:
        return
    scenario = role_play.scenario
    asked = (scenario.key, role_play.rubric.key, scenario.competencies)
    given = attempts.carried(call.user, call.place.programme, *asked)
    texts = {NOTE + goal.id: goal.text for goal in given}
    _keep(call.user, call.place, attempt, {k: _told(texts.get(k, ""), t) for k, t in noted.items()})


def _keep(user: Any, place: Place, attempt: int, noted: Mapping[str, str]) -> None:
    latest = reflections.latest(user, place)
    for key, text in noted.items():
        name = f"{NOTE}{attempt}-{key.removeprefix(NOTE)}"
        version = latest[name].version if name in latest else 0
        reflections.save(user, place, name, text, version)


def _told(goal: str, note: str) -> str:
    """A note below the goal that it is about, within what a reflection may hold."""
    return f"{goal}\n→ {note.strip()}"[: reflections.LONGEST_ANSWER] if goal else note.strip()


def _notes_of(notes: Mapping[str, str], attempt: int) -> tuple[str, ...]:
    return tuple(text for key, text in notes.items() if key.startswith(f"{NOTE}{attempt}-"))
