"""The rows of safeguarding: who is to be told, and what was told. Apart from every mark."""

from django.conf import settings
from django.db import models

from peer_xblocks.assessment.models.case import CaseRecord
from peer_xblocks.assessment.models.keys import new_uuid

USER = settings.AUTH_USER_MODEL


class SafeguardingContact(models.Model):
    """The person of a programme who is told when a real person may be at risk. The newest counts.

    .. pii: Links a person to a duty.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    programme = models.CharField(max_length=64)
    user = models.ForeignKey(USER, models.PROTECT, related_name="+")
    named_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    since = models.DateTimeField()

    class Meta:
        indexes = [
            # The newest contact of a programme.
            models.Index(fields=["programme", "id"], name="px_asm_contact"),
        ]

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"contact of {self.programme}"


class Referral(models.Model):
    """That a real person may be at risk, told to one named person and to nobody else.

    It touches no rating and is in no record.

    .. pii: Says that a person may be at risk, and why.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    uuid = models.CharField(max_length=36, unique=True, default=new_uuid, editable=False)
    programme = models.CharField(max_length=64)
    case = models.ForeignKey(CaseRecord, models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    to = models.ForeignKey(USER, models.PROTECT, related_name="+")
    words = models.TextField()
    key = models.CharField(max_length=64, help_text="idempotency key of the page")
    made_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    what_was_done = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            # A double click is one referral.
            models.UniqueConstraint(fields=["made_by", "key"], name="px_asm_one_referral"),
        ]
        indexes = [
            # What waits for one contact (acknowledged_at is null), the oldest first.
            models.Index(fields=["to", "acknowledged_at", "made_at"], name="px_asm_referral_open"),
        ]

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"referral {self.uuid}"
