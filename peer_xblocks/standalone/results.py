"""Grades and completion of the embedded site: kept when a block publishes them and when a result
is released.
"""

import logging
from collections.abc import Iterable
from typing import Any

from peer_xblocks.assessment.signals import followed, released, set_aside
from peer_xblocks.assessment.values import ReleasedResult
from peer_xblocks.records.api import checkpoints
from peer_xblocks.standalone.models import Completion, Grade

log = logging.getLogger(__name__)


def keep_grade(user_id: int, usage_key: str, earned: float, possible: float) -> None:
    """Keep the points of one person in one block, in place of earlier ones."""
    points = {"earned": earned, "possible": possible}
    Grade.objects.update_or_create(user_id=user_id, usage_key=usage_key, defaults=points)


def keep_completion(user_id: int, usage_key: str, share: float) -> None:
    """Keep how much of one block one person has completed."""
    Completion.objects.update_or_create(
        user_id=user_id, usage_key=usage_key, defaults={"share": share}
    )


def of(user_id: int) -> tuple[dict[str, Grade], dict[str, float]]:
    """One person's grades and completion by usage key; two queries."""
    grades = {grade.usage_key: grade for grade in Grade.objects.filter(user_id=user_id)}
    shares = Completion.objects.filter(user_id=user_id).values_list("usage_key", "share")
    return grades, dict(shares)


class CompletionService:
    """Tells a block how much the person of this request completed, as the platform's service of
    this name does.
    """

    def __init__(self, user: Any) -> None:
        self._user = user

    def get_completions(self, candidates: Iterable[Any]) -> dict[Any, float]:
        """The share of each block, 0.0 where nothing is kept; one query."""
        shares: dict[str, float] = {}
        if self._user is not None and self._user.pk is not None:
            rows = Completion.objects.filter(user_id=self._user.pk)
            shares = dict(rows.values_list("usage_key", "share"))
        return {one: shares.get(str(one), 0.0) for one in candidates}


def listen() -> None:
    """Keep grade and completion, and publish a checkpoint, when a result is released."""
    released.connect(on_release, dispatch_uid="peer_xblocks_standalone")
    followed.connect(on_followed, dispatch_uid="peer_xblocks_standalone")
    set_aside.connect(on_set_aside, dispatch_uid="peer_xblocks_standalone")


def on_release(result: ReleasedResult, **_more: Any) -> None:
    """What the embedded site does after a release. The best result of a person counts as the
    grade.
    """
    if not result.formative:
        kept = Grade.objects.filter(user_id=result.trainee_id, usage_key=result.activity).first()
        if kept is None or kept.earned * result.possible <= result.earned * kept.possible:
            keep_grade(result.trainee_id, result.activity, result.earned, result.possible)
    keep_completion(result.trainee_id, result.activity, 1.0)
    publish_checkpoint(result.programme)


def on_followed(programme: str, **_more: Any) -> None:
    """What the embedded site does when something is recorded after a result."""
    publish_checkpoint(programme)


def on_set_aside(trainee_id: int, activity: str, best: ReleasedResult | None, **_more: Any) -> None:
    """What the embedded site does when a result counts no more: the grade follows what is left."""
    if best is not None:
        keep_grade(trainee_id, activity, best.earned, best.possible)
    else:
        Grade.objects.filter(user_id=trainee_id, usage_key=activity).delete()


def publish_checkpoint(programme: str) -> None:
    """Sign what the log is now. A failure is logged: the next checkpoint covers the same."""
    try:
        checkpoints.publish(programme)
    except Exception:
        log.exception("no checkpoint could be published for %s", programme)
