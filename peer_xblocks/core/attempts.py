"""What the next attempt at a scene depends on: whether another scene comes first, and the goals
that are carried to it.

In words: `docs/reference/assessment.md`, "Attempts".
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from peer_xblocks.core.record import Goal
from peer_xblocks.core.value import CompetencyId, Slug, Value


class Performed(Value):
    """One performance that was handed in and still counts.

    `released_at` is None until its result is released; `reopened` says that a lead opened the scene
    again after it.
    """

    scenario: Slug
    formative: bool
    submitted_at: datetime
    released_at: datetime | None = None
    critical_error: bool = False
    reopened: bool = False


def before_again(
    scenario: str, formative: bool, performed: Iterable[Performed]
) -> Performed | None:
    """The result after which another scene comes first; None when this one can be done now.

    That is the latest released result of the scene, when a critical error was confirmed in it, no
    lead opened the scene again, and no other scene that counts was handed in since its release.
    For practice (`formative`) a scene is always open.
    """
    known = tuple(performed)
    own = [one for one in known if one.scenario == scenario and one.released_at is not None]
    latest = max(own, key=lambda one: one.submitted_at, default=None)
    if formative or latest is None or not latest.critical_error or latest.reopened:
        return None
    release = latest.released_at
    assert release is not None
    followed = any(
        one.scenario != scenario and not one.formative and one.submitted_at > release
        for one in known
    )
    return None if followed else latest


class GivenGoals(Value):
    """The goals of one release. `id` names the release among those of its trainee."""

    id: int
    scenario: Slug
    rubric: Slug
    title: str
    competencies: tuple[CompetencyId, ...]
    released_at: datetime
    goals: tuple[Goal, ...]


class CarriedGoal(Value):
    """A goal that goes along to the next attempt. `title` is of the scene it was given for, and
    `here` says that it is this one.
    """

    id: Slug
    text: str
    title: str
    here: bool


def carried(
    given: Iterable[GivenGoals], scenario: str, rubric: str, competencies: Collection[str]
) -> tuple[CarriedGoal, ...]:
    """The goals for the next attempt at a scene: of the latest release of this scene, then of the
    latest of another one that is rated on the same rubric or asks for a competency of this one.
    """
    newest = sorted(given, key=lambda one: one.released_at, reverse=True)
    here = [one for one in newest if one.scenario == scenario]
    near = [
        one
        for one in newest
        if one.scenario != scenario
        and (one.rubric == rubric or set(one.competencies) & set(competencies))
    ]
    return tuple(
        CarriedGoal(
            id=f"{release.id}-{number}", text=goal.text, title=release.title, here=release in here
        )
        for release in (*here[:1], *near[:1])
        for number, goal in enumerate(release.goals, 1)
    )
