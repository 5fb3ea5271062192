"""How a trainee rates themselves on the rubric before handing in. Only they ever read it.

There is no function here for anybody else, and none in `for_assessment`: a self-rating is never
evidence. It is in no document, no record and no pack. Who runs the database could technically reach
it; the page says so.
"""

import json
from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _

from peer_xblocks.core.errors import InvalidError, NotFoundError, StaleError
from peer_xblocks.core.place import Place
from peer_xblocks.core.rating import CriterionRating
from peer_xblocks.core.record import Role
from peer_xblocks.core.rubric import Rubric
from peer_xblocks.core.self_rating import OwnTicks, ticks_of
from peer_xblocks.records.api import documents, grants
from peer_xblocks.records.transactions import run
from peer_xblocks.work import sealing
from peer_xblocks.work.api.drafts import begin, locked
from peer_xblocks.work.models import SelfRatingRecord, SelfRatingVersion
from peer_xblocks.work.rows import next_attempt, rest_of, where
from peer_xblocks.work.values import SelfRating

EMPTY = "[]"


def current(user: AbstractBaseUser, place: Place) -> SelfRating | None:
    """The user's self-rating of the attempt that they are making; None before they opened it."""
    rows = SelfRatingRecord.objects.filter(**where(user, place), submission=None)
    row = rows.order_by("-attempt").first()
    return _value(row) if row else None


def kept(user: AbstractBaseUser, place: Place) -> tuple[SelfRating, ...]:
    """What the user ticked for this attempt in saves that came too late, or before they did the
    scene over; the newest first.
    """
    of = {f"self_rating__{name}": value for name, value in where(user, place).items()}
    rows = SelfRatingVersion.objects.filter(**of, self_rating__submission=None)
    return tuple(_kept(row) for row in rows.select_related("self_rating").order_by("-id")[:20])


def of_submission(user: AbstractBaseUser, submission_id: UUID | str) -> SelfRating | None:
    """How the user rated what they handed in; None when they did not, and for anybody else's."""
    rows = SelfRatingRecord.objects.filter(
        owner_id=user.pk, submission__owner_id=user.pk, submission__uuid=str(submission_id)
    )
    row = rows.select_related("submission").first()
    if row is None or row.performance_sha256 != row.submission.performance_sha256:
        return None
    return _value(row) if row.version else None


def open(user: AbstractBaseUser, place: Place, rubric_sha256: str) -> SelfRating:
    """Begin, or go on with, rating what the draft performs; from here on that stays as it is.

    `rubric_sha256` names a deposited edition. Raises InvalidError when nothing is performed yet,
    ConflictError while an attempt waits for its result.
    """
    grants.require(user, place.programme, Role.TRAINEE)
    _edition(rubric_sha256)
    begin(user, place)
    return _value(run(lambda: _open(user, place, rubric_sha256), joins=True))


def save(
    user: AbstractBaseUser,
    place: Place,
    attempt: int,
    version: int,
    rubric_sha256: str,
    ticked: Iterable[CriterionRating],
) -> SelfRating:
    """Save the user's own ticks on an attempt; `version` is the one they were made from.

    Kept is what that edition of the rubric knows, and no words. Raises StaleError, with `kept` and
    `current` (SelfRatings), when it was saved elsewhere since or the attempt is handed in;
    NotFoundError when it was never opened.
    """
    grants.require(user, place.programme, Role.TRAINEE)
    ticks = _written(ticks_of(_edition(rubric_sha256), ticked))
    begin(user, place)
    row, late = run(lambda: _save(user, place, attempt, version, rubric_sha256, ticks), joins=True)
    if late is not None:
        raise StaleError(kept=_kept(late), current=_value(row))
    return _value(row)


def _open(user: AbstractBaseUser, place: Place, rubric_sha256: str) -> SelfRatingRecord:
    performed = sealing.digest_of(locked(user, place))
    if not performed:
        raise InvalidError({"": _("There is nothing to rate yet: perform the scene first.")})
    attempt = next_attempt(user, place)
    row = SelfRatingRecord.objects.filter(**where(user, place), attempt=attempt).first()
    if row is None:
        return SelfRatingRecord.objects.create(
            **where(user, place),
            **rest_of(place),
            attempt=attempt,
            performance_sha256=performed,
            rubric_sha256=rubric_sha256,
            ticks=EMPTY,
        )
    if row.performance_sha256 != performed:  # the scene was done over
        if row.ticks != EMPTY:
            _keep(row, row.version, row.rubric_sha256, row.ticks)
        row.performance_sha256, row.ticks, row.version = performed, EMPTY, row.version + 1
        row.save()
    return row


def _save(
    user: AbstractBaseUser, place: Place, attempt: int, version: int, rubric: str, ticks: str
) -> tuple[SelfRatingRecord, SelfRatingVersion | None]:
    locked(user, place)  # puts it in order with handing in
    row = SelfRatingRecord.objects.filter(**where(user, place), attempt=attempt).first()
    if row is None:
        raise NotFoundError
    if row.version and (row.rubric_sha256, row.ticks) == (rubric, ticks):
        return row, None
    if row.version != version or row.submission_id is not None:
        return row, _keep(row, max(version, 0), rubric, ticks)
    row.rubric_sha256, row.ticks = rubric, ticks
    row.version, row.saved_at = row.version + 1, timezone.now()
    row.save()
    return row, None


def _keep(row: SelfRatingRecord, version: int, rubric: str, ticks: str) -> SelfRatingVersion:
    kept: SelfRatingVersion = row.kept.create(
        from_version=version, rubric_sha256=rubric, ticks=ticks, kept_at=timezone.now()
    )
    return kept


def _edition(rubric_sha256: str) -> Rubric:
    try:
        return Rubric.model_validate_json(documents.get(rubric_sha256))
    except (NotFoundError, ValueError) as error:
        sentence = _("This edition of the rubric is not known here. Please open the list again.")
        raise InvalidError({"": sentence}, sentence) from error


def _written(ticks: OwnTicks) -> str:
    return json.dumps([one.model_dump(mode="json", exclude_defaults=True) for one in ticks])


def _ticks(row: SelfRatingRecord | SelfRatingVersion) -> OwnTicks:
    return tuple(CriterionRating.model_validate(one) for one in json.loads(row.ticks))


def _value(row: SelfRatingRecord) -> SelfRating:
    return SelfRating(
        attempt=row.attempt,
        version=row.version,
        rubric_sha256=row.rubric_sha256,
        ticks=_ticks(row),
        saved_at=row.saved_at,
    )


def _kept(row: SelfRatingVersion) -> SelfRating:
    return SelfRating(
        attempt=row.self_rating.attempt,
        version=row.from_version,
        rubric_sha256=row.rubric_sha256,
        ticks=_ticks(row),
        saved_at=row.kept_at,
    )
