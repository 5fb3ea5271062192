"""The records that assessment appends, from the rating to what may follow. Values in, facts out."""

from peer_xblocks.assessment.models import (
    BLIND_SEATS,
    AppealRecord,
    CaseRecord,
    CorrectionRecord,
    Qualification,
    RatingRecord,
    ReleaseRecord,
    SceneReopening,
    VoidRecord,
)
from peer_xblocks.core.rating import CriterionRating, Evidence, Rating
from peer_xblocks.core.record import (
    Change,
    CompetencyStanding,
    CorrectionBody,
    Goal,
    Kind,
    QualificationAt,
    RatedCriterion,
    RatingBody,
    ReleaseBody,
    ResolutionBody,
    Role,
    TieConsidered,
    VoidBody,
)
from peer_xblocks.core.recorded_forms import RecordedEvidence
from peer_xblocks.core.recorded_standing import AttestationBody
from peer_xblocks.core.resolution import Resolution
from peer_xblocks.core.rubric import Criterion, Rubric
from peer_xblocks.core.scoring import level_of
from peer_xblocks.core.standing import Standing
from peer_xblocks.records.api import Fact


def in_rubric_order(rubric: Rubric, rating: Rating) -> Rating:
    """The same rating with criteria and ticks in the rubric's order, so that equal judgements are
    equal bytes.

    Requires a rating that `scoring.problems_of` finds nothing wrong with.
    """
    found = {rated.criterion: rated for rated in rating.criteria}
    criteria = tuple(_ticks_in_order(c, found[c.id]) for c in rubric.criteria)
    errors = tuple(sorted(rating.critical_errors, key=lambda seen: seen.code))
    return rating.model_copy(update={"criteria": criteria, "critical_errors": errors})


def of_rating(
    row: RatingRecord, rubric: Rubric, rating: Rating, qualification: Qualification | None
) -> Fact:
    """The fact of one rating. Requires a rating in the rubric's order."""
    case, seat = row.case, row.seat
    assert seat.taken_at is not None
    body = RatingBody(
        seat=seat.number,
        round="independent" if seat.number in BLIND_SEATS else "third",
        criteria=tuple(
            _rated(criterion, rated)
            for criterion, rated in zip(rubric.criteria, rating.criteria, strict=True)
        ),
        critical_errors=rating.critical_errors,
        overall_comment=rating.overall_comment,
        asks_for_third=rating.asks_for_third,
        asks_reason=rating.asks_reason,
        overall_impression=rating.overall_impression,
        qualification=_at_the_time(qualification),
        tie=seat.tie or None,
        started_at=seat.taken_at,
    )
    return Fact(
        kind=Kind.RATING,
        subject=case.subject,
        body=body,
        actor=row.assessor_urn,
        acting_as=Role.ASSESSOR,
        about=(case.submission_record,),
        documents=_documents(case),
        id=row.record_id,
    )


def of_resolution(
    case: CaseRecord,
    ratings: list[RatingRecord],
    resolution: Resolution,
    record_id: str,
    signer: str | None,
) -> Fact:
    """The fact of one resolution; `signer` is the lead's pairwise id, None when the rule alone
    settled it.
    """
    ties = tuple(
        TieConsidered(assessor=row.assessor_urn, kind=row.seat.tie)
        for row in ratings
        if row.seat.tie
    )
    return Fact(
        kind=Kind.RESOLUTION,
        subject=case.subject,
        body=ResolutionBody(**dict(resolution), ties=ties),
        actor=signer or "system",
        acting_as=Role.LEAD if signer else Role.SYSTEM,
        about=(case.submission_record, *(row.record_id for row in ratings)),
        documents={"rubric": case.rubric_sha256},
        id=record_id,
    )


def of_release(
    row: ReleaseRecord,
    passed: bool,
    goals: tuple[Goal, ...],
    after: dict[str, Standing],
    signer: str,
) -> Fact:
    """The fact of one release by a lead; `signer` is the lead's pairwise id."""
    case = row.case
    standings = tuple(
        CompetencyStanding(competency=competency, standing=standing.value)
        for competency, standing in after.items()
    )
    return Fact(
        kind=Kind.RELEASE,
        subject=case.subject,
        body=ReleaseBody(passed=passed, goals=goals, message=row.message, competencies=standings),
        actor=signer,
        acting_as=Role.LEAD,
        about=(case.resolved.record_id, case.submission_record),
        id=row.record_id,
    )


def of_void(row: VoidRecord, about: tuple[str, ...], actor: str, acting_as: Role) -> Fact:
    """The fact that what these records hold counts no more."""
    return Fact(
        kind=Kind.VOID,
        subject=row.case.subject,
        body=VoidBody(reason=row.reason, cause=row.cause),
        actor=actor,
        acting_as=acting_as,
        about=about,
        id=row.record_id,
    )


def of_correction(row: CorrectionRecord, changes: tuple[Change, ...], signer: str) -> Fact:
    """The fact that one record was wrong, and what is right."""
    return Fact(
        kind=Kind.CORRECTION,
        subject=row.case.subject,
        body=CorrectionBody(reason=row.reason, changes=changes),
        actor=signer,
        acting_as=Role.LEAD,
        about=(row.about, row.case.submission_record),
        id=row.record_id,
    )


def of_appeal(row: AppealRecord, statement: str, signer: str) -> Fact:
    """The fact that an appeal was heard and decided: an attestation of whoever heard it.

    What the trainee wrote is in no record.
    """
    return Fact(
        kind=Kind.ATTESTATION,
        subject=row.case.subject,
        body=AttestationBody(
            type="appeal_decision",
            statement=statement,
            signed_by=signer,
            competency=None,
            valid_until=None,
        ),
        actor=signer,
        acting_as=Role.LEAD,
        about=(row.case.shown.record_id, row.case.submission_record),
        id=row.record_id,
    )


def of_reopening(row: SceneReopening, signer: str) -> Fact:
    """The fact that a lead let a scene be done again at once: an attestation of that lead."""
    return Fact(
        kind=Kind.ATTESTATION,
        subject=row.case.subject,
        body=AttestationBody(
            type="scene_reopened",
            statement=f"Open again without another scene before it. Reason: {row.reason}",
            signed_by=signer,
            competency=None,
            valid_until=None,
        ),
        actor=signer,
        acting_as=Role.LEAD,
        about=(row.case.shown.record_id, row.case.submission_record),
        id=row.record_id,
    )


def _documents(case: CaseRecord) -> dict[str, str]:
    """What a rating rests on; no performance where only the room held it."""
    digests = {
        "scenario": case.scenario_sha256,
        "rubric": case.rubric_sha256,
        "critical_errors": case.errors_sha256,
        "performance": case.performance_sha256,
    }
    return {name: digest for name, digest in digests.items() if digest}


def _ticks_in_order(criterion: Criterion, rated: CriterionRating) -> CriterionRating:
    ticked = set(rated.behaviours)
    behaviours = tuple(b.id for b in criterion.behaviours if b.id in ticked)
    return rated.model_copy(update={"behaviours": behaviours})


def _rated(criterion: Criterion, rated: CriterionRating) -> RatedCriterion:
    level = level_of(criterion, rated).level
    points = next((p.points for p in criterion.levels if p.level == level), None)
    return RatedCriterion(
        criterion=criterion.id,
        state=rated.state,
        behaviours=rated.behaviours,
        level=level,
        points=points,
        reason=rated.reason,
        evidence=tuple(_recorded(piece) for piece in rated.evidence),
        comment=rated.comment,
        confirmed_empty=rated.confirmed_empty,
    )


def _recorded(piece: Evidence) -> RecordedEvidence:
    """A piece of evidence without the behaviour it names, for which a record has no member."""
    return RecordedEvidence(
        kind=piece.kind, text=piece.text, start_ms=piece.start_ms, end_ms=piece.end_ms
    )


def _at_the_time(qualification: Qualification | None) -> QualificationAt | None:
    if qualification is None:
        return None
    return QualificationAt(
        state=qualification.state, rubric=qualification.rubric_key, since=qualification.since
    )
