"""What a trainee has begun and not yet handed in. Only the owner reads or writes it.

A save names the version it was made from. One that comes too late is kept as a version of its own
and shown, never dropped and never merged by software.
"""

import json
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from peer_xblocks.core.errors import ConflictError, StaleError
from peer_xblocks.core.place import Place
from peer_xblocks.core.record import Role
from peer_xblocks.records.api import grants
from peer_xblocks.records.transactions import run
from peer_xblocks.work import sealing
from peer_xblocks.work.models import DraftRecord, DraftVersion, Recording
from peer_xblocks.work.rows import (
    answers_of,
    checked_answers,
    checked_text,
    own_recording,
    recording_info,
    rest_of,
    where,
)
from peer_xblocks.work.values import Draft, KeptVersion

EMPTY = Draft(
    version=0, text="", answers={}, mode="", recording=None, started_at=None, saved_at=None
)


def get(user: AbstractBaseUser, place: Place) -> Draft:
    """What the user has begun in this activity; version 0 when nothing was saved yet."""
    kept = Exists(DraftVersion.objects.filter(draft=OuterRef("pk")))
    rows = DraftRecord.objects.filter(**where(user, place))
    sealed = Subquery(sealing.of_each().values("performance_sha256")[:1])
    row = rows.annotate(has_kept=kept, sealed=sealed).first()
    return _value(row) if row else EMPTY


def kept(user: AbstractBaseUser, place: Place) -> tuple[KeptVersion, ...]:
    """The saves of the user that came too late in this activity, the newest first."""
    draft = {f"draft__{name}": value for name, value in where(user, place).items()}
    rows = DraftVersion.objects.filter(**draft).select_related("recording").order_by("-id")[:20]
    return tuple(_kept(row) for row in rows)


def save(
    user: AbstractBaseUser,
    place: Place,
    version: int,
    *,
    text: str | None = None,
    answers: dict[str, str] | None = None,
    mode: str | None = None,
    recording: UUID | str | None = None,
) -> Draft:
    """Save what is given over what is there; None leaves a part as it is, an empty `recording`
    takes it off.

    Raises StaleError, with `kept` (a KeptVersion) and `draft` (as it stands), when the draft was
    saved elsewhere since `version`. A repeated save of the same words is no conflict.
    """
    grants.require(user, place.programme, Role.TRAINEE)
    given = _given(user, text, answers, mode, recording)
    begin(user, place)
    row, late = run(lambda: _save(user, place, version, given), joins=True)
    if late is not None:
        raise StaleError(kept=_kept(late), draft=_value(row))
    return _value(row)


def _given(
    user: AbstractBaseUser,
    text: str | None,
    answers: dict[str, str] | None,
    mode: str | None,
    recording: UUID | str | None,
) -> dict[str, object]:
    given: dict[str, object] = {}
    if text is not None:
        given["text"] = checked_text(text, "text")
    if answers is not None:
        given["answers"] = json.dumps(checked_answers(answers), sort_keys=True)
    if mode is not None:
        given["mode"] = checked_text(mode, "mode", 32)
    if recording is not None:
        given["recording"] = own_recording(user, recording) if recording else None
    return given


def _save(
    user: AbstractBaseUser, place: Place, version: int, given: dict[str, object]
) -> tuple[DraftRecord, DraftVersion | None]:
    row = locked(user, place)
    if all(getattr(row, name) == value for name, value in given.items()) and row.version:
        return row, None
    now = timezone.now()
    if row.version != version:
        whole = {name: getattr(row, name) for name in ("text", "answers", "mode", "recording")}
        late = row.kept.create(from_version=max(version, 0), kept_at=now, **whole | given)
        return row, late
    sealing.refuse_change(row, given)
    for name, value in given.items():
        setattr(row, name, value)
    row.version += 1
    row.started_at = row.started_at or now
    row.saved_at = now
    row.save()
    return row, None


def start_over(user: AbstractBaseUser, place: Place, version: int) -> Draft:
    """Begin the performance anew, also one that stays as it is. What was performed is kept as a
    version; the answers from looking back stay.

    Raises ConflictError when the draft was saved elsewhere since `version`.
    """
    grants.require(user, place.programme, Role.TRAINEE)
    begin(user, place)
    return _value(run(lambda: _start_over(user, place, version), joins=True))


def _start_over(user: AbstractBaseUser, place: Place, version: int) -> DraftRecord:
    row = locked(user, place)
    if row.version != version:
        raise ConflictError(_("This was changed since you looked at it. Please look again."))
    now = timezone.now()
    performed = {name: getattr(row, name) for name in sealing.PERFORMED}
    row.kept.create(from_version=row.version, kept_at=now, **performed)
    row.text, row.recording, row.version, row.saved_at = "", None, row.version + 1, now
    row.save()
    return row


def begin(user: AbstractBaseUser, place: Place) -> None:
    """Make the draft's row when it is missing.

    Before the transaction that locks it, and not in it: on MariaDB two first saves at once would
    each hold what the other one waits for.
    """
    if not DraftRecord.objects.filter(**where(user, place)).exists():
        row = DraftRecord(**where(user, place), **rest_of(place))
        DraftRecord.objects.bulk_create([row], ignore_conflicts=True)


def locked(user: AbstractBaseUser, place: Place) -> DraftRecord:
    """The draft's row, locked until the transaction ends. Requires `begin` and a transaction."""
    return DraftRecord.objects.select_for_update().get(**where(user, place))


def hold(row: DraftRecord, recording: Recording) -> None:
    """Put a recording that was made just now into a draft. Requires `locked`."""
    sealing.refuse_change(row, {"recording": recording})
    now = timezone.now()
    row.recording, row.version, row.saved_at = recording, row.version + 1, now
    row.started_at = row.started_at or now
    row.save()


def _value(row: DraftRecord) -> Draft:
    return Draft(
        version=row.version,
        text=row.text,
        answers=answers_of(row),
        mode=row.mode,
        recording=recording_info(row.recording),
        started_at=row.started_at,
        saved_at=row.saved_at,
        has_kept=getattr(row, "has_kept", False),
        sealed=bool(getattr(row, "sealed", "")) and row.sealed == sealing.digest_of(row),
    )


def _kept(row: DraftVersion) -> KeptVersion:
    return KeptVersion(
        from_version=row.from_version,
        text=row.text,
        answers=answers_of(row),
        mode=row.mode,
        recording=recording_info(row.recording),
        kept_at=row.kept_at,
    )
