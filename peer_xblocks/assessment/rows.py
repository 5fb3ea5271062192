"""From rows to the values of `assessment`."""

from pydantic import TypeAdapter

from peer_xblocks.assessment.models import CaseRecord, RatingDraftRecord, RatingRecord, Seat
from peer_xblocks.assessment.values import Letter, RatingDraft, RatingInfo, SeatInfo
from peer_xblocks.core.rating import Markers, Rating
from peer_xblocks.core.record import Named
from peer_xblocks.core.rubric import Rubric
from peer_xblocks.core.scoring import levels_of
from peer_xblocks.work.values import RecordingInfo

LETTERS: tuple[Letter, ...] = ("A", "B", "C")
MARKERS: TypeAdapter[Markers] = TypeAdapter(Markers)


def scenario_name(case: CaseRecord) -> Named:
    """The scenario of a case by its name."""
    return Named(key=case.scenario_key, edition=case.scenario_edition)


def letter_of(seat: Seat) -> Letter:
    """How the rater on a seat is called by those who may not know a name."""
    return LETTERS[seat.number - 1]


def seat_info(seat: Seat) -> SeatInfo:
    """A seat as its assessor sees it. Requires a seat that was taken."""
    case = seat.case
    assert seat.taken_at is not None
    return SeatInfo(
        id=seat.uuid,
        programme=seat.programme,
        scenario=scenario_name(case),
        title=case.title,
        mode=case.mode,
        media_type=case.media,
        submitted_at=case.submitted_at,
        taken_at=seat.taken_at,
        lease_until=seat.lease_until,
    )


def rating_of(row: RatingRecord) -> Rating:
    """The judgement that a row keeps."""
    return Rating.model_validate_json(row.rating)


def draft_value(row: RatingDraftRecord | None) -> RatingDraft:
    """A draft as its author sees it; version 0 for none."""
    if row is None:
        return RatingDraft(version=0, rating=Rating(), saved_at=None)
    return RatingDraft(
        version=row.version,
        rating=Rating.model_validate_json(row.rating),
        markers=MARKERS.validate_json(row.markers),
        saved_at=row.saved_at,
    )


def rating_info(row: RatingRecord, rubric: Rubric) -> RatingInfo:
    """A rating as its own author sees it. Requires the row with its seat and case."""
    rating = rating_of(row)
    return RatingInfo(
        id=row.uuid,
        seat_id=row.seat.uuid,
        record_id=row.record_id,
        scenario=scenario_name(row.case),
        title=row.case.title,
        submitted_at=row.submitted_at,
        rating=rating,
        levels=levels_of(rubric, rating),
    )


def nameless(recording: RecordingInfo) -> RecordingInfo:
    """The same recording under a plain name: a trainee's file name may say who it is."""
    ending = recording.media_type.partition("/")[2]
    return recording.model_copy(update={"filename": f"performance.{ending}"})
