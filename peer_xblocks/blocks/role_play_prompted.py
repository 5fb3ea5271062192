"""The prompted performance: the other person's lines appear and sound one by one, and the trainee
answers each aloud while the recorder runs.

How many lines somebody has heard is kept for each attempt. A line leaves the server only when it is
asked for.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from peer_xblocks.core.errors import InvalidError
from peer_xblocks.core.scenario import Mode, TraineeView
from peer_xblocks.work.values import Draft

NEXT, ANEW = "next", "anew"
"""What can be asked for: the next line, or to begin again before the first."""


def heard(view: TraineeView, state: Mapping[str, Any], attempt: int) -> int:
    """How many lines have been heard in this attempt. Each attempt begins with none."""
    if state.get("attempt") != attempt or not isinstance(state.get("lines"), int):
        return 0
    return max(0, min(int(state["lines"]), len(view.lines)))


def moved(
    view: TraineeView, draft: Draft, state: Mapping[str, Any], attempt: int, go: str
) -> dict[str, Any]:
    """The state after this was asked for. Raises InvalidError where no lines are to be heard."""
    if draft.mode != Mode.PROMPTED or not view.lines:
        sentence = _("Choose first that you want to answer one line at a time.")
        raise InvalidError({"mode": sentence}, sentence)
    if go not in (NEXT, ANEW):
        raise InvalidError({"": _("This could not be read.")})
    lines = 0 if go == ANEW else min(heard(view, state, attempt) + 1, len(view.lines))
    return {"attempt": attempt, "lines": lines}


def shown(view: TraineeView, state: Mapping[str, Any], attempt: int) -> dict[str, Any]:
    """What `_rp_prompter.html` takes: the lines that were heard, and whether there are more."""
    count = heard(view, state, attempt)
    return {
        "heard": view.lines[:count],
        "has_next": count < len(view.lines),
        "speaker": first_name(view),
    }


def told(view: TraineeView, state: Mapping[str, Any], attempt: int) -> dict[str, Any]:
    """The lines that were heard, as data for `prompter.js`: all of them, since an answer with one
    may have been lost on its way.
    """
    lines = view.lines[: heard(view, state, attempt)]
    return {
        "heard": [{"text": line.text, "cue": line.cue} for line in lines],
        "has_next": len(lines) < len(view.lines),
    }


def first_name(view: TraineeView) -> str:
    """What the other person is called where they speak."""
    return view.other.split()[0]


def is_practice(formative: bool, prompted_counts: bool, mode: str) -> bool:
    """Whether a performance in this mode never counts towards a competency or a grade."""
    return formative or (mode == Mode.PROMPTED and not prompted_counts)
