"""What has to hold in a programme, whatever people do there."""

import re
from typing import Any

from django.contrib.auth.models import User

from peer_xblocks.assessment.models import (
    BLIND_SEATS,
    THIRD_SEAT,
    CaseRecord,
    CorrectionRecord,
    RatingRecord,
    ReleaseRecord,
    ResolutionRecord,
    Seat,
    VoidRecord,
)
from peer_xblocks.assessment.rows import rating_of
from peer_xblocks.core.record import Role
from peer_xblocks.core.resolution import Resolution, resolve
from peer_xblocks.records.api import grants
from tests.db.holding.whole import Whole
from tests.unit.core.performances import RUBRIC

CANARY = re.compile(r"canary-\d+-(\w+?)(-draft)?\.")
State = CaseRecord.State


class Promises:
    """The promises of one programme, asked again and again."""

    def __init__(self, programme: str, users: dict[str, User]) -> None:
        self.programme = programme
        self.users = users
        self.whole = Whole(programme)
        self.stored: dict[int, tuple[Any, ...]] = {}

    def check(self) -> None:
        """All but blindness, which is asked of each answer."""
        self.whole.check()
        self.check_ratings()
        of = {"case__programme": self.programme}
        places: dict[int, list[Seat]] = {}
        for seat in Seat.objects.filter(**of).order_by("number"):
            places.setdefault(seat.case_id, []).append(seat)
        rated: dict[int, list[RatingRecord]] = {}
        for row in RatingRecord.objects.filter(**of).order_by("seat__number"):
            rated.setdefault(row.case_id, []).append(row)
        settled = {row.case_id: row for row in ResolutionRecord.objects.filter(**of)}
        released = set(ReleaseRecord.objects.filter(**of).values_list("case_id", flat=True))
        for case in CaseRecord.objects.filter(programme=self.programme):
            rows = rated.get(case.id, [])
            self.check_seats(case, places.get(case.id, []), {row.seat_id for row in rows})
            self.check_state(case, rows, settled.get(case.id))
            assert case.state != State.RELEASED or case.id in released
        self.check_leads()

    def check_ratings(self) -> None:
        """No stored rating changes, and none goes."""
        rows = RatingRecord.objects.filter(case__programme=self.programme).values_list()
        now = {row[0]: row for row in rows}
        assert {key: now.get(key) for key in self.stored} == self.stored
        self.stored = now

    def check_seats(self, case: CaseRecord, found: list[Seat], rated: set[int]) -> None:
        """Two blind seats and at most a third, for people who may sit there."""
        numbers = [one.number for one in found]
        taken = [one.assessor_id for one in found if one.assessor_id]
        assert len(set(numbers)) == len(numbers)
        assert set(numbers) <= {*BLIND_SEATS, THIRD_SEAT}
        assert case.state == State.VOIDED or numbers[:2] == list(BLIND_SEATS)
        assert len(set(taken)) == len(taken)
        assert case.trainee_id not in taken
        tied = [one for one in found if one.tie]
        # A tie that came to light when a rating was in takes nothing back.
        assert all(one.submitted_at for one in tied) or (len(tied) == 1 and tied[0].is_blind)
        for one in found:
            assert (one.holder_id is None) == (one.lease_until is None)
            assert one.holder_id is None or one.submitted_at is None
            assert (one.submitted_at is not None) == (one.id in rated)
        assert THIRD_SEAT not in numbers or len(rated) >= len(BLIND_SEATS)

    def check_state(
        self, case: CaseRecord, rows: list[RatingRecord], settled: ResolutionRecord | None
    ) -> None:
        """What is settled was rated by two, and the rule or a lead settled it."""
        assert settled is not None or case.state not in (State.TO_RELEASE, State.RELEASED)
        if settled is None:
            return
        assert len(rows) >= len(BLIND_SEATS)
        found = resolve(RUBRIC, [rating_of(row) for row in rows])
        told = Resolution.model_validate_json(settled.resolution)
        if settled.signed_by_id is None:
            assert (found, len(rows)) == (told, 2)
        elif len(rows) > len(BLIND_SEATS):
            assert found == told

    def check_leads(self) -> None:
        """Whoever signed, released, corrected or voided is a lead who rated none of it."""
        of = {"case__programme": self.programme}
        rated = set(
            RatingRecord.objects.filter(**of).values_list("case__submission", "assessor_id")
        )
        leads = {one.pk for one in grants.holders(self.programme, Role.LEAD)}
        resets = VoidRecord.objects.filter(**of).exclude(cause="reset")
        for rows, by in (
            (ResolutionRecord.objects.filter(**of).exclude(signed_by=None), "signed_by_id"),
            (ReleaseRecord.objects.filter(**of), "released_by_id"),
            (CorrectionRecord.objects.filter(**of), "corrected_by_id"),
            (resets, "voided_by_id"),
        ):
            for row in rows.select_related("case"):
                lead = getattr(row, by)
                assert lead in leads
                assert lead != row.case.trainee_id
                assert (row.case.submission, lead) not in rated or row.case.round > 1

    def check_shown(self, who: str, shown: Any) -> None:
        """Nothing that somebody is shown holds a word of what they may not read."""
        for found in CANARY.finditer(repr(shown)):
            owner, is_draft = found[1], bool(found[2])
            if owner != who:
                assert not is_draft, f"{who} is shown what {owner} has only noted"
                self.check_readable(who, found[0])

    def check_readable(self, who: str, canary: str) -> None:
        """Somebody may read this rating of another's."""
        reader = self.users[who]
        rated = RatingRecord.objects.select_related("case").get(rating__contains=canary)
        case = rated.case
        both_in = case.ratings.count() >= len(BLIND_SEATS)
        assert both_in or case.state == State.VOIDED, f"{who} is shown {canary} alone"
        seats = Seat.objects.filter(case__submission=case.submission, holder=reader)
        assert not seats.exists(), f"{who} is shown {canary} while seated"
        if reader.pk == case.trainee_id:
            assert case.state == State.RELEASED, f"{who} is shown {canary} before the release"
        else:
            assert Role.LEAD in grants.roles(reader, self.programme), f"{who} is shown {canary}"
