"""The rows of rating places: who holds which, and to whom one is not offered."""

from django.conf import settings
from django.db import models

from peer_xblocks.assessment.models.case import CaseRecord
from peer_xblocks.assessment.models.keys import new_uuid

USER = settings.AUTH_USER_MODEL
BLIND_SEATS = (1, 2)
THIRD_SEAT = 3


class Seat(models.Model):
    """One rating place of one submission: 1 and 2 are the two blind ones, 3 is a third.

    Open while `assessor` is null; `assigned_to` names the one person for whom a lead keeps it then.
    Held while `holder` names the assessor: `lease_until` says for how long nobody else may take it.
    Done when `submitted_at` is set; `holder` is null again then, `assessor` stays. Withdrawn when
    there is an assessor and neither of the two: nobody rates on it any more.

    .. pii: Links an assessor to a performance.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    uuid = models.CharField(max_length=36, unique=True, default=new_uuid, editable=False)
    case = models.ForeignKey(CaseRecord, models.PROTECT, related_name="seats")
    programme = models.CharField(max_length=64)
    number = models.PositiveSmallIntegerField()
    queued_at = models.DateTimeField(help_text="when the submission was made: the oldest go first")
    # Both repeat the case's, so that looking for the next seat reads this table alone.
    trainee = models.ForeignKey(USER, models.PROTECT, related_name="+", db_index=False)
    rubric_key = models.CharField(max_length=64)
    assessor = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    holder = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    assigned_to = models.ForeignKey(USER, models.SET_NULL, null=True, related_name="+")
    tie = models.CharField(max_length=32, blank=True, default="")
    tied_place = models.PositiveSmallIntegerField(null=True, help_text="1 if tied, else null")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="px_asm_one_of_each_number"),
            # The same assessor never gets both seats; nulls (open seats) do not count.
            models.UniqueConstraint(fields=["case", "assessor"], name="px_asm_one_seat_each"),
            # At most one rater of a submission is tied to the trainee, even if two press at once.
            models.UniqueConstraint(fields=["case", "tied_place"], name="px_asm_one_tied_rater"),
            # An assessor holds one seat at a time, even after a double click.
            models.UniqueConstraint(fields=["programme", "holder"], name="px_asm_one_held_seat"),
        ]
        indexes = [
            # The queue: open seats of a programme (assessor is null), the oldest first, read from
            # the index alone.
            models.Index(
                fields=["programme", "assessor", "queued_at", "id"], name="px_asm_seat_queue"
            ),
            # Leases that have run out; null for open and for finished seats.
            models.Index(fields=["programme", "lease_until"], name="px_asm_seat_lease"),
        ]

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"seat {self.number} of case {self.case_id}"

    @property
    def is_blind(self) -> bool:
        """Whether it is one of the two blind seats, and not a third."""
        return self.number in BLIND_SEATS


class SeatExclusion(models.Model):
    """That a submission is not offered to an assessor: they passed it on, with a reason or without
    one; or they saw its ratings, as a lead does; or they rated it in an earlier round.

    .. pii: Links an assessor to a performance.
    .. pii_types: id, other
    .. pii_retirement: local_api
    """

    class Cause(models.TextChoices):
        """What keeps them from it."""

        PASSED_ON = "passed_on"
        SAW_RATINGS = "saw_ratings"
        RATED_BEFORE = "rated_before"

    case = models.ForeignKey(CaseRecord, models.PROTECT, related_name="exclusions")
    assessor = models.ForeignKey(USER, models.PROTECT, related_name="+")
    cause = models.CharField(max_length=16, choices=Cause.choices, default=Cause.PASSED_ON)
    reason = models.CharField(max_length=255, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "assessor"], name="px_asm_one_skip"),
        ]

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"case {self.case_id}: {self.cause}"
