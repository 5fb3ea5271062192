"""Where a trainee stands in a role play: the step, what is begun, what was handed in. Costs at
most three queries.
"""

from dataclasses import dataclass

from peer_xblocks.assessment.values import AnotherFirst
from peer_xblocks.blocks.person import Visitor
from peer_xblocks.blocks.role_play_talk import UNSAID
from peer_xblocks.core.scenario import Mode, TraineeView
from peer_xblocks.work.api import drafts, submissions
from peer_xblocks.work.values import CLOSED, Draft, KeptVersion, Status, SubmissionInfo

STEPS = ("note", "brief", "perform", "reflect", "hand_in")
BEFORE = ("note", "brief")
"""Steps that only show something: they may be seen before anything is begun."""

PERFORMED_HERE = (Mode.WRITTEN, Mode.PROMPTED, Mode.WITH_PARTNER, Mode.OBSERVED_LIVE)
"""The modes that this block can take in."""

EMPTY = drafts.EMPTY


@dataclass(frozen=True)
class Stage:
    """What is to be shown: one of the STEPS, or "waiting", "result", "voided", "look" (nothing can
    be done here).
    """

    name: str
    draft: Draft = EMPTY
    submissions: tuple[SubmissionInfo, ...] = ()
    kept: tuple[KeptVersion, ...] = ()
    another_first: AnotherFirst | None = None

    @property
    def latest(self) -> SubmissionInfo | None:
        """What was handed in last."""
        return self.submissions[0] if self.submissions else None

    @property
    def number(self) -> int:
        """The number of the attempt that is being made."""
        return len(self.submissions) + 1


def ways(view: TraineeView) -> list[str]:
    """The modes in which this scene can be performed here; prompted only where there are lines."""
    here = [mode for mode in PERFORMED_HERE if mode in view.modes]
    return [mode.value for mode in here if mode != Mode.PROMPTED or view.lines]


def stage_of(visitor: Visitor, wanted: str = "") -> Stage:
    """Where this person stands. `wanted` is a step they asked for; it counts only where it makes
    sense.
    """
    if visitor.user is None or not visitor.has_programme or not visitor.may_act:
        return Stage("look")
    user, place = visitor.user, visitor.place
    handed_in = submissions.mine(user, place.programme, place.activity)
    if handed_in and handed_in[0].status not in CLOSED:
        return Stage("waiting", submissions=handed_in)
    draft = drafts.get(user, place)
    begun = draft.started_at is not None
    kept = drafts.kept(user, place) if draft.has_kept else ()
    name = _step(draft, begun, wanted) or _last(handed_in)
    if draft.sealed and name in STEPS and wanted not in (*BEFORE, "reflect"):
        name = "hand_in"
    return Stage(name, draft, handed_in, kept)


def _last(handed_in: tuple[SubmissionInfo, ...]) -> str:
    """What to show of what was handed in last, when nothing is begun."""
    if not handed_in:
        return "note"
    return "voided" if handed_in[0].status == Status.VOIDED else "result"


def _step(draft: Draft, begun: bool, wanted: str) -> str:
    if wanted in BEFORE or (wanted in STEPS and begun):
        return wanted
    if not begun:
        return ""
    performed = bool(draft.text.strip()) or draft.recording is not None
    looked_back = any(text for key, text in draft.answers.items() if key != UNSAID)
    return "reflect" if performed and looked_back else "perform"
