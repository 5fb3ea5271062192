"""What a trainee performed so far, as the next attempt at a scene depends on it."""

import json
from typing import NamedTuple

from django.utils.translation import gettext as _

from peer_xblocks.assessment.models import CaseRecord, ReleaseRecord
from peer_xblocks.core.attempts import GivenGoals, Performed, before_again
from peer_xblocks.core.errors import ConflictError
from peer_xblocks.core.record import Goal
from peer_xblocks.core.resolution import Resolution
from peer_xblocks.work.values import Handed

State = CaseRecord.State


class Before(NamedTuple):
    """A performance and the case that it is rated in."""

    case: CaseRecord
    performed: Performed


def case_before(
    trainee_id: int, programme: str, scenario: str, formative: bool
) -> CaseRecord | None:
    """The released case after which another scene comes first; None when this one is open.

    Costs one query.
    """
    rows = CaseRecord.objects.filter(trainee_id=trainee_id, programme=programme)
    rows = rows.exclude(state=State.VOIDED).select_related("resolved", "shown", "reopened")
    known = [Before(row, _performed(row, scenario)) for row in rows]
    found = before_again(scenario, formative, [one.performed for one in known])
    return next((one.case for one in known if found is not None and one.performed is found), None)


def refuse_repeated(handed: Handed) -> None:
    """Raise ConflictError when another scene comes before this one. Part of every submission."""
    case = case_before(handed.trainee_id, handed.programme, handed.scenario.key, handed.formative)
    if case is not None:
        raise ConflictError(why())


def is_closed_by(case: CaseRecord) -> bool:
    """Whether this very result lets another scene come before its own."""
    if case.state != State.RELEASED:
        return False
    found = case_before(case.trainee_id, case.programme, case.scenario_key, formative=False)
    return found is not None and found.id == case.id


def why() -> str:
    """The sentence for a trainee whom another scene awaits first."""
    return _(
        "Please do a different scene first. After that this one is open to you again; your trainer "
        "can also open it earlier."
    )


def given_goals(trainee_id: int, programme: str) -> list[GivenGoals]:
    """The goals of every release that a trainee may still work on. Costs one query."""
    rows = ReleaseRecord.objects.filter(
        case__trainee_id=trainee_id, case__programme=programme, case__state=State.RELEASED
    )
    return [
        GivenGoals(
            id=row.pk,
            scenario=row.case.scenario_key,
            rubric=row.case.rubric_key,
            title=row.case.title,
            competencies=tuple(json.loads(row.competencies)),
            released_at=row.released_at,
            goals=tuple(Goal.model_validate(goal) for goal in json.loads(row.goals)),
        )
        for row in rows.select_related("case")
    ]


def _performed(row: CaseRecord, scenario: str) -> Performed:
    """A case as the rule sees it. Of other scenes it asks only when they were handed in."""
    is_released = row.state == State.RELEASED
    with_error = is_released and row.scenario_key == scenario and _has_error(row)
    return Performed(
        scenario=row.scenario_key,
        formative=row.formative,
        submitted_at=row.submitted_at,
        released_at=row.shown.released_at if is_released else None,
        critical_error=with_error,
        reopened=hasattr(row, "reopened"),
    )


def _has_error(row: CaseRecord) -> bool:
    return bool(Resolution.model_validate_json(row.resolved.resolution).critical_errors)
