"""The rows of what may follow a result: that it was voided, corrected or appealed."""

from django.conf import settings
from django.db import models

from peer_xblocks.assessment.models.case import CaseRecord

USER = settings.AUTH_USER_MODEL


class VoidRecord(models.Model):
    """That one case no longer counts, and why. Everything it holds stays where it is.

    .. pii: Why a trainee's work no longer counts.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    case = models.OneToOneField(CaseRecord, models.PROTECT, related_name="voided")
    cause = models.CharField(max_length=16)
    reason = models.TextField()
    record_id = models.CharField(max_length=45)
    voided_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    key = models.CharField(max_length=64, help_text="idempotency key of the page")
    voided_at = models.DateTimeField()

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"void of case {self.case_id}"


class CorrectionRecord(models.Model):
    """That something recorded about a case was wrong, and what is right. Both stay.

    .. pii: What was recorded of a trainee and is wrong.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    case = models.ForeignKey(CaseRecord, models.PROTECT, related_name="corrections")
    about = models.CharField(max_length=45, help_text="id of the record that is corrected")
    reason = models.TextField()
    changes = models.TextField(help_text="JSON: list of core.record.Change")
    record_id = models.CharField(max_length=45)
    corrected_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    key = models.CharField(max_length=64, help_text="idempotency key of the page")
    corrected_at = models.DateTimeField()

    class Meta:
        constraints = [
            # A double click is one correction.
            models.UniqueConstraint(fields=["case", "key"], name="px_asm_one_correction"),
        ]

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"correction in case {self.case_id}"


class AppealRecord(models.Model):
    """A trainee's appeal on how a result came about, and what was decided.

    The trainee's words stay here and are in no record.

    .. pii: A trainee's complaint about an assessment.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    case = models.OneToOneField(CaseRecord, models.PROTECT, related_name="appeal")
    programme = models.CharField(max_length=64)
    ground = models.CharField(max_length=32)
    words = models.TextField()
    key = models.CharField(max_length=64, help_text="idempotency key of the trainee's page")
    made_at = models.DateTimeField()
    decision = models.CharField(max_length=16, blank=True, default="")
    reason = models.TextField(blank=True, default="")
    heard_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    decision_key = models.CharField(max_length=64, blank=True, default="")
    record_id = models.CharField(max_length=45, blank=True, default="")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            # The appeals that nobody has decided (decided_at is null), the oldest first.
            models.Index(fields=["programme", "decided_at", "made_at"], name="px_asm_appeal_open"),
        ]

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"appeal in case {self.case_id}"
