"""Performances watched in the room: who may rate one, and what their rating says of it."""

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from peer_xblocks.assessment.models import CaseRecord, Seat, WatchedRecord
from peer_xblocks.core.errors import InvalidError
from peer_xblocks.core.rating import Rating
from peer_xblocks.core.scenario import Mode
from peer_xblocks.work.values import Performance

LONGEST_COMMENT = 4_000
"""Characters of a whole comment, as `core.rating` has it."""


def is_observed(case: CaseRecord) -> bool:
    """Whether the performance is in no file: only who was there can rate it."""
    return case.mode == Mode.OBSERVED_LIVE


def has_watched(user: AbstractBaseUser, seat: Seat) -> bool:
    """Whether the user said that they watched the performance of their seat."""
    return WatchedRecord.objects.filter(seat=seat, assessor_id=user.pk).exists()


def note_of(performance: Performance) -> str:
    """When and where it was watched, in the trainee's words; "" where it was not."""
    return performance.observed.note if performance.observed else ""


def with_statement(user: AbstractBaseUser, seat: Seat, rating: Rating) -> Rating:
    """The rating with what the assessor said of having watched, on top of their comment.

    The same again for a performance that a file holds. Raises InvalidError when they never said it,
    or when both together are too long.
    """
    if not is_observed(seat.case):
        return rating
    said = WatchedRecord.objects.filter(seat=seat, assessor_id=user.pk).first()
    if said is None:
        raise InvalidError({"": _("Say first that you watched this performance in the room.")})
    comment = f"{said.statement}\n\n{rating.overall_comment}".strip()
    if len(comment) > LONGEST_COMMENT:
        spare = LONGEST_COMMENT - len(said.statement) - 2
        raise InvalidError({"": _("Your comment may have %s characters here.") % spare})
    return rating.model_copy(update={"overall_comment": comment})
