"""What a lead sees, signs and settles: cases in which both blind ratings are in."""

from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.core.files import File
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from peer_xblocks.assessment import cases, handing, reach, resolving, third
from peer_xblocks.assessment.editions import rubric_of
from peer_xblocks.assessment.models import (
    BLIND_SEATS,
    CaseRecord,
    ResolutionRecord,
    Seat,
    SeatExclusion,
)
from peer_xblocks.assessment.rows import nameless, rating_of
from peer_xblocks.assessment.values import Case, CaseDetail, Third
from peer_xblocks.core.errors import ConflictError, InvalidError
from peer_xblocks.core.record import Role
from peer_xblocks.core.resolution import Resolution, Signed
from peer_xblocks.core.resolution import settle as settled
from peer_xblocks.records.api import grants
from peer_xblocks.records.transactions import outermost
from peer_xblocks.work.api import for_assessment
from peer_xblocks.work.playable import Playable
from peer_xblocks.work.text import storable
from peer_xblocks.work.values import Captions, RecordingInfo

State = CaseRecord.State
LONGEST = 200
LATEST = 20
LONGEST_REASON = 4_000


def waiting(user: AbstractBaseUser, programme: str) -> tuple[Case, ...]:
    """The cases that wait for a lead or for a third rating, the oldest first, then the latest ones
    released or voided; none that the user sits on or handed in.
    """
    grants.require(user, programme, Role.LEAD)
    resolving.resolve_due(programme)
    seats = Seat.objects.filter(case=OuterRef("pk"), assessor_id=user.pk)
    seen = SeatExclusion.objects.filter(
        case=OuterRef("pk"), assessor_id=user.pk, cause=SeatExclusion.Cause.SAW_RATINGS
    )
    rows = CaseRecord.objects.filter(~Exists(seats.filter(holder_id=user.pk)), programme=programme)
    rows = rows.exclude(trainee_id=user.pk)
    rated = Exists(seats.filter(submitted_at__isnull=False))
    rows = rows.annotate(rated_by_user=rated, seen_by_user=Exists(seen))
    later = CaseRecord.objects.filter(
        submission=OuterRef("submission"), round__gt=OuterRef("round")
    )
    rows = rows.annotate(has_next_round=Exists(later))
    open_ones = rows.filter(state__in=(State.NEEDS_THIRD, State.TO_SIGN, State.TO_RELEASE))
    done = rows.filter(state__in=(State.RELEASED, State.VOIDED)).order_by("-submitted_at", "-id")
    return cases.listed([*open_ones.order_by("submitted_at", "id")[:LONGEST], *done[:LATEST]])


def case(user: AbstractBaseUser, submission_id: UUID | str) -> CaseDetail:
    """Everything a lead needs for one submission; whoever sees it can rate it no more.

    Raises NotFoundError, or ConflictError while a blind rating is missing.
    """
    found = _ready(user, submission_id)
    if found.state == State.NEEDS_THIRD and not reach.has_rated(user, found):
        _unblind(user, found)
    return cases.detail(user, found)


def open_recording(user: AbstractBaseUser, submission_id: UUID | str) -> tuple[RecordingInfo, File]:
    """The recording of a case, for a lead; the caller closes the file. Raises NotFoundError."""
    info, file = for_assessment.open_recording(_ready(user, submission_id).submission)
    return nameless(info), file


def play_recording(user: AbstractBaseUser, submission_id: UUID | str) -> Playable:
    """The recording of a case as a player wants it, for a lead; the caller closes its file.

    Raises NotFoundError.
    """
    return for_assessment.play_recording(_ready(user, submission_id).submission)


def captions(user: AbstractBaseUser, submission_id: UUID | str) -> Captions | None:
    """The words of a case's recording, None for none, for a lead. Raises NotFoundError."""
    return for_assessment.captions(_ready(user, submission_id).submission)


def settle(
    user: AbstractBaseUser, submission_id: UUID | str, signed: Signed, key: str
) -> Resolution:
    """Settle by a lead's own decision, because a third rating was due and none was held.

    The same `key` again answers what was settled. Raises ForbiddenError for a lead who rated it,
    InvalidError when a disputed criterion or the reason is missing, ConflictError when it is
    settled already, or while a third rating is held or can still be.
    """
    found = _ready(user, submission_id)
    reach.refuse_rater(user, found)
    return _settle(user, found.id, signed, key[:64])


def sign(user: AbstractBaseUser, submission_id: UUID | str, reason: str, key: str) -> Resolution:
    """Sign what the rule makes of three ratings, as a lead who gave none of them.

    The same `key` again answers what was signed. `reason` may be empty: the rule decides, not the
    lead. Raises ForbiddenError for a lead who rated it, ConflictError when there is nothing to
    sign.
    """
    found = _ready(user, submission_id)
    reach.refuse_rater(user, found)
    reason = storable(reason).strip()
    if len(reason) > LONGEST_REASON:
        limit = _("Please keep this under %s characters.") % LONGEST_REASON
        raise InvalidError({"reason": limit})
    return _sign(user, found.id, reason, key[:64])


@outermost
def _settle(user: AbstractBaseUser, case_id: int, signed: Signed, key: str) -> Resolution:
    found = resolving.locked(case_id)
    if found.state != State.NEEDS_THIRD:
        return _settled_before(user, found, key)
    standing = third.standing_of(found)
    if standing is None or not standing.may_settle:
        raise ConflictError(_third_still_possible(standing))
    rows = resolving.ratings_of(found)
    signed = signed.model_copy(update={"reason": storable(signed.reason)})
    resolution = settled(rubric_of(found), [rating_of(row) for row in rows], signed)
    handing.withdraw(found)
    resolving.settle_with(found, rows, resolution, lead=user, key=key)
    return resolution


@outermost
def _sign(user: AbstractBaseUser, case_id: int, reason: str, key: str) -> Resolution:
    found = resolving.locked(case_id)
    if found.state != State.TO_SIGN:
        return _settled_before(user, found, key)
    rows = resolving.ratings_of(found)
    resolution = resolving.proposed(found, rows)
    assert resolution is not None
    resolution = resolution.model_copy(update={"reason": reason})
    resolving.settle_with(found, rows, resolution, lead=user, key=key)
    return resolution


def _settled_before(user: AbstractBaseUser, found: CaseRecord, key: str) -> Resolution:
    """What this very press settled before. Raises ConflictError for any other press."""
    earlier = ResolutionRecord.objects.filter(case=found, signed_by_id=user.pk, key=key)
    resolution = resolving.resolution_of(found)
    if resolution is None:
        raise ConflictError(_("There is nothing to settle here now."))
    if not earlier.exists():
        raise ConflictError(_("This is settled already."))
    return resolution


def _third_still_possible(standing: Third | None) -> str:
    if standing is not None and standing.is_held:
        return _("Somebody is giving the third rating just now. Please wait for it.")
    return _("A third rating can still be held, so it is not yet for a lead to settle this.")


def _unblind(user: AbstractBaseUser, found: CaseRecord) -> None:
    """Note that the user saw the ratings, so that they are never offered the third seat."""
    cause = SeatExclusion.Cause.SAW_RATINGS
    row = SeatExclusion(case=found, assessor_id=user.pk, cause=cause, at=timezone.now())
    SeatExclusion.objects.bulk_create([row], ignore_conflicts=True)


def _ready(user: AbstractBaseUser, submission_id: UUID | str) -> CaseRecord:
    """A case in which all ratings are in, for a lead."""
    found = reach.case_of_lead(user, submission_id)
    if found.state == State.DUE:
        resolving.resolve_case(found.id)
        found.refresh_from_db()
    if found.state != State.VOIDED and found.ratings.count() < len(BLIND_SEATS):
        raise ConflictError(_("Both ratings have to be in before anyone sees them."))
    return found
