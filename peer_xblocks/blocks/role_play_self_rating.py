"""A trainee rates themselves on the rubric before handing in: opened on their own asking, once
something is performed, and for nobody but them.

This is the one place where a block shows a trainee the rubric's behaviours before a release; why it
may: `docs/decisions/0021-when-a-trainee-sees-the-rubric.md`.
"""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from peer_xblocks.blocks import frame
from peer_xblocks.blocks import role_play_talk as talk
from peer_xblocks.blocks.answers import Shown
from peer_xblocks.blocks.handler import Call
from peer_xblocks.blocks.person import Visitor
from peer_xblocks.blocks.role_play_stage import stage_of
from peer_xblocks.blocks.role_play_steps import show
from peer_xblocks.blocks.sent import Sent
from peer_xblocks.core.errors import ConflictError, Error, StaleError
from peer_xblocks.core.rating import CriterionRating, CriterionState
from peer_xblocks.core.rubric import Criterion, Rubric
from peer_xblocks.core.scenario import Mode
from peer_xblocks.core.self_rating import OwnTicks, rows_of
from peer_xblocks.records.api import documents
from peer_xblocks.work.api import drafts, self_ratings
from peer_xblocks.work.values import SelfRating

NAME = "self_rating"


def open_(block: Any, call: Call) -> Shown:
    """Show the rubric's behaviours; from here on the performance stays as it is."""
    sha256 = documents.put(block.written().rubric.canonical_bytes())
    return _shown(block, call, self_ratings.open(call.user, call.place, sha256))


def keep(block: Any, call: Call) -> Shown:
    """Keep what was ticked, and go on if asked to; an autosave shows only that it was kept."""
    sent, rubric = call.sent, block.written().rubric
    saved = self_ratings.save(
        call.user,
        call.place,
        sent.number("attempt"),
        sent.number("own-version"),
        sent.text("rubric")[:64],
        _sent(rubric, sent),
    )
    if sent.text("go") in ("hand_in", "reflect"):
        return show(block, call, sent.text("go"), _("Kept for you."))
    if sent.text("go") == "levels":
        return _shown(block, call, saved, _("Kept for you."))
    return Shown(_saved(block, call, saved), _("Kept for you."))


def start_over(block: Any, call: Call) -> Shown:
    """Begin the performance anew; what was performed is kept as a version."""
    view = block.written().scenario.trainee_view()
    draft = drafts.start_over(call.user, call.place, call.sent.number("version"))
    if draft.mode == Mode.WRITTEN and view.lines:
        drafts.save(call.user, call.place, draft.version, text=talk.opening(view))
    return show(block, call, "perform")


def again(block: Any, call: Call, error: Error) -> Shown:
    """The list as it was sent or, after a late save, as it stands; with what is wrong."""
    own = self_ratings.current(call.user, call.place)
    if own is None:
        return Shown(_page(block, call).stage(stage_of(_visitor(call)), error), str(error))
    if not isinstance(error, ConflictError):
        own = own.model_copy(update={"ticks": _sent(block.written().rubric, call.sent)})
    return _shown(block, call, own, str(error), error)


def _shown(
    block: Any, call: Call, own: SelfRating, say: str = "", error: Error | None = None
) -> Shown:
    rubric: Rubric = block.written().rubric
    stage = replace(stage_of(_visitor(call), "hand_in"), name=NAME)
    page = _page(block, call)
    context = {
        "page": page,
        "stage": stage,
        "draft": stage.draft,
        "steps": page.steps("hand_in"),
        "error": str(error) if error else "",
        "own": own,
        "rubric_sha256": rubric.digest,
        "rows": rows_of(rubric, own.ticks),
        "kept": [
            (one, rows_of(rubric, one.ticks)) for one in self_ratings.kept(call.user, call.place)
        ],
        "late": isinstance(error, StaleError),
    }
    return Shown(frame.html("role_play_self_rating.html", context), say)


def _saved(block: Any, call: Call, own: SelfRating) -> str:
    return frame.html("_rp_self_saved.html", {"page": _page(block, call), "own": own})


def _sent(rubric: Rubric, sent: Sent) -> OwnTicks:
    return tuple(_ticked(criterion, sent) for criterion in rubric.criteria)


def _ticked(criterion: Criterion, sent: Sent) -> CriterionRating:
    name = f"c-{criterion.id}"
    ticked, level = set(sent.all(f"{name}-b")), sent.number(f"{name}-level")
    none = sent.has(f"{name}-none")
    return CriterionRating(
        criterion=criterion.id,
        state=CriterionState.NO_OPPORTUNITY if none else CriterionState.RATED,
        behaviours=tuple(one.id for one in criterion.behaviours if one.id in ticked),
        chosen_level=level if level in {point.level for point in criterion.levels} else None,
    )


def _visitor(call: Call) -> Visitor:
    return Visitor(call.user, call.place, True)


def _page(block: Any, call: Call) -> Any:
    return block.page(block.written(), _visitor(call))
