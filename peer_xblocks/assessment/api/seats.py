"""Taking a seat, and everything an assessor needs to rate on it."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.core.files import File
from django.utils import timezone
from django.utils.translation import gettext as _

from peer_xblocks.assessment import handing, reach, watching
from peer_xblocks.assessment.editions import editions_of
from peer_xblocks.assessment.models import RatingRecord, Seat, SeatExclusion
from peer_xblocks.assessment.notes import begin_draft, late_saves
from peer_xblocks.assessment.rows import draft_value, nameless, rating_of, seat_info
from peer_xblocks.assessment.values import Desk, LostSeat, RatingDraft, SeatInfo
from peer_xblocks.core.errors import ConflictError
from peer_xblocks.records.api import grants
from peer_xblocks.records.transactions import run
from peer_xblocks.work.api import for_assessment
from peer_xblocks.work.playable import Playable
from peer_xblocks.work.text import storable
from peer_xblocks.work.values import Captions, RecordingInfo


def take_next(user: AbstractBaseUser, programme: str, key: str = "") -> SeatInfo | None:
    """The seat that the user holds already, else the oldest one they may take; None when nothing
    waits for them.

    Never one seat for two, never an own submission, never the same submission twice, and at most
    one tied rater for each. `key` needs no keeping: pressing again answers the seat that is held.
    """
    grants.require(user, programme, *reach.RATERS)
    seat = handing.held(user, programme)
    if seat is not None:
        handing.renew(seat)
        return seat_info(seat)
    seat = handing.hand_out(user, programme)
    return seat_info(seat) if seat else None


def desk(user: AbstractBaseUser, seat_id: UUID | str) -> Desk:
    """Everything for rating on the user's own seat; a held seat's lease begins anew.

    Raises NotFoundError.
    """
    seat = reach.own_seat(user, seat_id)
    if seat.holder_id is not None:
        begin_draft(user, seat)
        handing.renew(seat)
    editions = editions_of(seat.case)
    performance = for_assessment.performance(seat.case.submission)
    return Desk(
        seat=seat_info(seat),
        **editions._asdict(),
        text=performance.text,
        recording=nameless(performance.recording) if performance.recording else None,
        answers=performance.answers,
        actors=performance.actors,
        observed=watching.note_of(performance),
        watched=watching.has_watched(user, seat) if performance.observed else False,
        conditions=performance.conditions,
        draft=_draft(user, seat),
        submitted=seat.submitted_at is not None,
    )


def hold(user: AbstractBaseUser, seat_id: UUID | str) -> datetime | None:
    """Hold the user's own seat for the full lease again, as a page does while somebody is at it;
    until when, None once it is rated.

    Raises SeatLostError, NotFoundError.
    """
    seat = reach.own_seat(user, seat_id)
    if seat.holder_id is not None:
        handing.renew(seat)
    return seat.lease_until


def lost(user: AbstractBaseUser, seat_id: UUID | str) -> LostSeat:
    """What the user noted on a seat that they have lost. Raises NotFoundError for any other."""
    seat = reach.lost_seat(user, seat_id)
    editions = editions_of(seat.case)
    return LostSeat(
        title=seat.case.title,
        rubric=editions.rubric,
        critical_errors=editions.critical_errors,
        draft=draft_value(seat.drafts.filter(assessor_id=user.pk).first()),
        kept=late_saves(user, seat),
    )


def open_recording(user: AbstractBaseUser, seat_id: UUID | str) -> tuple[RecordingInfo, File]:
    """The recording that is rated on the user's own seat; the caller closes the file.

    Raises NotFoundError.
    """
    seat = reach.own_seat(user, seat_id)
    info, file = for_assessment.open_recording(seat.case.submission)
    return nameless(info), file


def play_recording(user: AbstractBaseUser, seat_id: UUID | str) -> Playable:
    """The recording on the user's own seat as a player wants it; the caller closes its file.

    Raises NotFoundError.
    """
    return for_assessment.play_recording(reach.own_seat(user, seat_id).case.submission)


def captions(user: AbstractBaseUser, seat_id: UUID | str) -> Captions | None:
    """The words of the recording on the user's own seat, None for none. Raises NotFoundError."""
    return for_assessment.captions(reach.own_seat(user, seat_id).case.submission)


def skip(user: AbstractBaseUser, seat_id: UUID | str, reason: str = "") -> None:
    """Pass a held seat on to others.

    No reason is needed; the same submission is not offered to the user again.

    Raises ConflictError when it was rated already.
    """
    seat = reach.own_seat(user, seat_id)
    run(lambda: _skip(user, seat, storable(reason)[:255]), joins=True)


def _skip(user: AbstractBaseUser, seat: Seat, reason: str) -> None:
    if not handing.give_up(seat):
        raise ConflictError(_("You have rated this already."))
    SeatExclusion.objects.create(
        case=seat.case, assessor_id=user.pk, reason=reason, at=timezone.now()
    )


def _draft(user: AbstractBaseUser, seat: Seat) -> RatingDraft:
    rated = RatingRecord.objects.filter(seat=seat, assessor_id=user.pk).first()
    draft = draft_value(seat.drafts.filter(assessor_id=user.pk).first())
    if rated is None:
        return draft
    return draft.model_copy(update={"rating": rating_of(rated), "saved_at": rated.submitted_at})
