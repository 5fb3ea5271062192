"""The attempts at a scene, as their trainee sees them, and what may follow."""

from datetime import datetime
from uuid import UUID

from peer_xblocks.core.record import Goal
from peer_xblocks.core.value import Value
from peer_xblocks.work.values import SubmissionInfo


class Attempt(Value):
    """One attempt of the user's own. `passed` and `goals` are there once it is released."""

    submission: SubmissionInfo
    passed: bool | None
    goals: tuple[Goal, ...]


class SceneReopened(Value):
    """A lead let a scene be done again at once, where another one would come first."""

    reason: str
    reopened_by: str
    reopened_at: datetime


class AnotherFirst(Value):
    """Another scene comes first: after which result, released when."""

    submission_id: UUID
    title: str
    released_at: datetime
