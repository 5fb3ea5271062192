"""The rows of judgements: what is noted so far, and what was submitted."""

from django.conf import settings
from django.db import models

from peer_xblocks.assessment.models.case import CaseRecord
from peer_xblocks.assessment.models.keys import new_uuid
from peer_xblocks.assessment.models.seat import Seat

USER = settings.AUTH_USER_MODEL


class RatingDraftRecord(models.Model):
    """What one assessor has noted so far on one seat.

    Nobody else sees it, also not who takes the seat next.

    .. pii: An assessor's unfinished judgement of a trainee, and what they marked for themselves.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="drafts")
    assessor = models.ForeignKey(USER, models.CASCADE, related_name="+")
    version = models.PositiveIntegerField(default=0)
    rating = models.TextField(default="{}", help_text="JSON of core.rating.Rating")
    markers = models.TextField(default="[]", help_text="JSON: a list of core.rating.Marker")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            # One draft for each holder of a seat; a later holder begins anew.
            models.UniqueConstraint(fields=["seat", "assessor"], name="px_asm_one_draft"),
        ]

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"version {self.version} for seat {self.seat_id}"


class RatingDraftVersion(models.Model):
    """What was sent in a save that came too late. Kept and shown, never merged.

    .. pii: An assessor's unfinished judgement of a trainee.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    draft = models.ForeignKey(RatingDraftRecord, models.CASCADE, related_name="kept")
    from_version = models.PositiveIntegerField()
    rating = models.TextField(help_text="JSON of core.rating.Rating")
    markers = models.TextField(default="[]", help_text="JSON: a list of core.rating.Marker")
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"kept from version {self.from_version}"


class RatingRecord(models.Model):
    """One assessor's judgement of one submission, as submitted. Never changed.

    .. pii: An assessor's judgement of a trainee.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    uuid = models.CharField(max_length=36, unique=True, default=new_uuid, editable=False)
    case = models.ForeignKey(CaseRecord, models.PROTECT, related_name="ratings")
    seat = models.OneToOneField(Seat, models.PROTECT, related_name="rated")
    assessor = models.ForeignKey(USER, models.PROTECT, related_name="+")
    assessor_urn = models.CharField(max_length=45)
    key = models.CharField(max_length=64, help_text="idempotency key, chosen by the page")
    record_id = models.CharField(max_length=45)
    rating = models.TextField(help_text="JSON of core.rating.Rating")
    qualification = models.CharField(max_length=32, blank=True, default="")
    submitted_at = models.DateTimeField()

    class Meta:
        constraints = [
            # A double click is one rating, and nobody rates a submission twice.
            models.UniqueConstraint(fields=["case", "assessor"], name="px_asm_one_rating"),
            # A key that was used for one submission is not taken for another.
            models.UniqueConstraint(fields=["assessor", "key"], name="px_asm_one_key"),
        ]
        indexes = [
            # An assessor's own ratings, the newest first.
            models.Index(fields=["assessor", "submitted_at"], name="px_asm_rating_mine"),
        ]

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"rating {self.uuid}"
