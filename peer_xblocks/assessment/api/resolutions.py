"""What a lead sees and settles: cases in which both ratings are in."""

from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.core.files import File
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from peer_xblocks.assessment import cases, reach, resolving
from peer_xblocks.assessment.editions import rubric_of
from peer_xblocks.assessment.models import CaseRecord, ResolutionRecord, Seat
from peer_xblocks.assessment.rows import nameless, rating_of
from peer_xblocks.assessment.values import Case, CaseDetail
from peer_xblocks.core.errors import ConflictError
from peer_xblocks.core.record import Role
from peer_xblocks.core.resolution import Resolution, Signed
from peer_xblocks.core.resolution import settle as settled
from peer_xblocks.records.api import grants
from peer_xblocks.records.transactions import outermost
from peer_xblocks.work.api import for_assessment
from peer_xblocks.work.text import storable
from peer_xblocks.work.values import RecordingInfo

State = CaseRecord.State
LONGEST = 200


def waiting(user: AbstractBaseUser, programme: str) -> tuple[Case, ...]:
    """The cases that wait for a lead, the oldest first, then the latest ones released; none that
    the user sits on or handed in.
    """
    grants.require(user, programme, Role.LEAD)
    resolving.resolve_due(programme)
    held = Seat.objects.filter(case=OuterRef("pk"), holder_id=user.pk)
    rated = Seat.objects.filter(
        case=OuterRef("pk"), assessor_id=user.pk, submitted_at__isnull=False
    )
    rows = CaseRecord.objects.filter(~Exists(held), programme=programme)
    rows = rows.exclude(trainee_id=user.pk)
    rows = rows.annotate(rated_by_user=Exists(rated))
    open_ones = rows.filter(state__in=(State.NEEDS_LEAD, State.TO_RELEASE))
    done = rows.filter(state=State.RELEASED).order_by("-submitted_at", "-id")[:20]
    listed = [*open_ones.order_by("submitted_at", "id")[:LONGEST], *done]
    return cases.listed(listed)


def case(user: AbstractBaseUser, submission_id: UUID | str) -> CaseDetail:
    """Everything a lead needs for one submission.

    Raises NotFoundError, or ConflictError while a rating is missing.
    """
    return cases.detail(user, _ready(user, submission_id))


def open_recording(user: AbstractBaseUser, submission_id: UUID | str) -> tuple[RecordingInfo, File]:
    """The recording of a case, for a lead; the caller closes the file. Raises NotFoundError."""
    info, file = for_assessment.open_recording(_ready(user, submission_id).submission)
    return nameless(info), file


def settle(
    user: AbstractBaseUser, submission_id: UUID | str, signed: Signed, key: str
) -> Resolution:
    """Settle by a lead's own decision, because a third rating was due and none was held.

    The same `key` again answers what was settled. Raises ForbiddenError for a lead who rated it,
    InvalidError when a disputed criterion or the reason is missing, ConflictError when it is
    settled already.
    """
    found = _ready(user, submission_id)
    reach.refuse_rater(user, found)
    return _settle(user, found.id, signed, key[:64])


@outermost
def _settle(user: AbstractBaseUser, case_id: int, signed: Signed, key: str) -> Resolution:
    found = resolving.locked(case_id)
    if found.state != State.NEEDS_LEAD:
        earlier = ResolutionRecord.objects.filter(case=found, signed_by_id=user.pk, key=key)
        resolution = resolving.resolution_of(found)
        if resolution is None or not earlier.exists():
            raise ConflictError(_("This is settled already."))
        return resolution
    rows = resolving.ratings_of(found)
    signed = signed.model_copy(update={"reason": storable(signed.reason)})
    resolution = settled(rubric_of(found), [rating_of(row) for row in rows], signed)
    resolving.settle_with(found, rows, resolution, lead=user, key=key)
    return resolution


def _ready(user: AbstractBaseUser, submission_id: UUID | str) -> CaseRecord:
    """A case in which all ratings are in, for a lead."""
    found = reach.case_of_lead(user, submission_id)
    if found.state == State.DUE:
        resolving.resolve_case(found.id)
        found.refresh_from_db()
    if found.state == State.RATING:
        raise ConflictError(_("Both ratings have to be in before anyone sees them."))
    return found
