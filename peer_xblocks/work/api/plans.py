"""A trainee's plans about invented people. Only the owner reads or writes them.

Every save is kept as a version. One that names another version than the one that stands came too
late: it is kept and shown, never dropped and never merged by software.
"""

import logging

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import ValidationError

from peer_xblocks.core.errors import InvalidError, NotFoundError, StaleError
from peer_xblocks.core.place import Place
from peer_xblocks.core.plan_content import Plan
from peer_xblocks.core.record import Role
from peer_xblocks.records.api import grants
from peer_xblocks.records.transactions import run
from peer_xblocks.work.models import PlanRecord, PlanVersion
from peer_xblocks.work.rows import LONGEST_TEXT, rest_of, where
from peer_xblocks.work.text import storable
from peer_xblocks.work.values import KeptPlan, PlanSave

log = logging.getLogger(__name__)

EMPTY = KeptPlan(version=0, plan=Plan(), saved_at=None)
A_PAGE = 20
"""How many versions are listed at once."""


def get(user: AbstractBaseUser, place: Place) -> KeptPlan:
    """The user's plan in this activity; version 0 when nothing was saved yet."""
    row = PlanRecord.objects.filter(**where(user, place)).first()
    return _value(row) if row else EMPTY


def versions(user: AbstractBaseUser, place: Place, before: int = 0) -> tuple[PlanSave, ...]:
    """The user's saves in this activity, the newest first, 20 at most; those below a number."""
    rows = _of(user, place).order_by("-number")
    if before:
        rows = rows.filter(number__lt=before)
    return tuple(_save_of(row) for row in rows[:A_PAGE])


def version(user: AbstractBaseUser, place: Place, number: int) -> PlanSave:
    """One save of the user's. Raises NotFoundError."""
    row = _of(user, place).filter(number=number).first()
    if row is None:
        raise NotFoundError
    return _save_of(row)


def save(user: AbstractBaseUser, place: Place, plan: Plan, version: int) -> KeptPlan:
    """Save the user's plan; `version` is the one it was written from, 0 at first.

    Raises InvalidError when it is too long, StaleError, with `kept` (a PlanSave) and `current`
    (a KeptPlan), when it was saved elsewhere since. A repeated save of the same words is no
    conflict.
    """
    grants.require(user, place.programme, Role.TRAINEE)
    content = _checked(plan)
    _begin(user, place)
    row, late = run(lambda: _save(user, place, content, version), joins=True)
    if late is not None:
        raise StaleError(kept=_save_of(late), current=_value(row))
    return _value(row)


def bring_back(user: AbstractBaseUser, place: Place, number: int, version: int) -> KeptPlan:
    """Let an earlier or late save stand again, as a new version of its own.

    Raises NotFoundError for a save that there is not, StaleError as `save` does.
    """
    grants.require(user, place.programme, Role.TRAINEE)
    row = _of(user, place).filter(number=number).first()
    if row is None:
        raise NotFoundError
    return save(user, place, _plan_of(row.content), version)


def _save(
    user: AbstractBaseUser, place: Place, content: str, version: int
) -> tuple[PlanRecord, PlanVersion | None]:
    row = PlanRecord.objects.select_for_update().get(**where(user, place))
    if row.version and row.content == content:
        return row, None
    now, is_late = timezone.now(), row.version != version
    newest = row.versions.filter(number=row.last).first() if is_late else None
    if newest is not None and newest.is_late and newest.content == content:
        return row, newest
    row.last += 1
    kept = row.versions.create(
        number=row.last,
        from_version=max(version, 0),
        is_late=is_late,
        content=content,
        saved_at=now,
    )
    if not is_late:
        row.version, row.content, row.saved_at = row.last, content, now
    row.save(update_fields=["version", "last", "content", "saved_at"])
    return row, kept if is_late else None


def _begin(user: AbstractBaseUser, place: Place) -> None:
    """Make the plan's row when it is missing, before the transaction that locks it."""
    if not PlanRecord.objects.filter(**where(user, place)).exists():
        row = PlanRecord(**where(user, place), **rest_of(place))
        PlanRecord.objects.bulk_create([row], ignore_conflicts=True)


def _of(user: AbstractBaseUser, place: Place) -> QuerySet[PlanVersion]:
    of = {f"plan__{name}": value for name, value in where(user, place).items()}
    return PlanVersion.objects.filter(**of)


def _checked(plan: Plan) -> str:
    """A plan as it is kept. Raises InvalidError when it is too long."""
    content = storable(plan.model_dump_json())
    if len(content) > LONGEST_TEXT:
        raise InvalidError({"": _("This plan is longer than can be kept; please shorten it.")})
    return content


def _plan_of(content: str) -> Plan:
    """The plan in a row; an empty one where it cannot be read, which is for the operator to mend.

    The row keeps its words: a save goes beside it, as a version of its own.
    """
    try:
        return Plan.model_validate_json(content)
    except ValidationError:
        log.exception("a kept plan cannot be read")
        return Plan()


def _value(row: PlanRecord) -> KeptPlan:
    return KeptPlan(version=row.version, plan=_plan_of(row.content), saved_at=row.saved_at)


def _save_of(row: PlanVersion) -> PlanSave:
    return PlanSave(
        number=row.number,
        from_version=row.from_version,
        is_late=row.is_late,
        plan=_plan_of(row.content),
        saved_at=row.saved_at,
    )
