"""A trainee's private words on a prompt of a lesson.

Nobody but the author reads them through anything of ours: there is no function here for anyone
else, they are never deposited, and no record speaks of them. Who runs the database could
technically reach them; the page says so.
"""

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from peer_xblocks.core.errors import StaleError
from peer_xblocks.core.place import Place
from peer_xblocks.core.record import Role
from peer_xblocks.records.api import grants
from peer_xblocks.records.transactions import run
from peer_xblocks.work.models import ReflectionRecord, ReflectionVersion
from peer_xblocks.work.rows import LONGEST_ANSWER, checked_text, rest_of, where
from peer_xblocks.work.values import Reflection


def latest(user: AbstractBaseUser, place: Place) -> dict[str, Reflection]:
    """The user's own reflections in this activity, by prompt id."""
    rows = ReflectionRecord.objects.filter(**where(user, place), version__gt=0)
    return {row.key: _value(row) for row in rows}


def kept(user: AbstractBaseUser, place: Place, reflection_id: str) -> tuple[Reflection, ...]:
    """The user's saves of one reflection that came too late, the newest first."""
    of = {f"reflection__{name}": value for name, value in where(user, place).items()}
    rows = ReflectionVersion.objects.filter(**of, reflection__key=reflection_id).order_by("-id")
    return tuple(_kept(row, reflection_id) for row in rows[:20])


def save(
    user: AbstractBaseUser, place: Place, reflection_id: str, text: str, version: int
) -> Reflection:
    """Save the user's words on one prompt; `version` is the one they were written from, 0 at first.

    Raises StaleError, with `kept` and `current` (Reflections), when it was saved elsewhere since.
    """
    grants.require(user, place.programme, Role.TRAINEE)
    words = checked_text(text, reflection_id, LONGEST_ANSWER)
    _begin(user, place, reflection_id)
    row, late = run(lambda: _save(user, place, reflection_id, words, version), joins=True)
    if late is not None:
        raise StaleError(kept=_kept(late, reflection_id), current=_value(row))
    return _value(row)


def _save(
    user: AbstractBaseUser, place: Place, key: str, words: str, version: int
) -> tuple[ReflectionRecord, ReflectionVersion | None]:
    row = ReflectionRecord.objects.select_for_update().get(**where(user, place), key=key)
    if row.version and row.text == words:
        return row, None
    now = timezone.now()
    if row.version != version:
        late = row.kept.create(from_version=max(version, 0), text=words, kept_at=now)
        return row, late
    row.text, row.version, row.saved_at = words, row.version + 1, now
    row.save(update_fields=["text", "version", "saved_at"])
    return row, None


def _begin(user: AbstractBaseUser, place: Place, key: str) -> None:
    """Make the reflection's row when it is missing, before the transaction that locks it."""
    if not ReflectionRecord.objects.filter(**where(user, place), key=key).exists():
        row = ReflectionRecord(
            **where(user, place), **rest_of(place), key=key, saved_at=timezone.now()
        )
        ReflectionRecord.objects.bulk_create([row], ignore_conflicts=True)


def _value(row: ReflectionRecord) -> Reflection:
    return Reflection(id=row.key, text=row.text, version=row.version, saved_at=row.saved_at)


def _kept(row: ReflectionVersion, reflection_id: str) -> Reflection:
    return Reflection(
        id=reflection_id, text=row.text, version=row.from_version, saved_at=row.kept_at
    )
