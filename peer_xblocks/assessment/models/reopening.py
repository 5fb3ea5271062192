"""The row of a scene that a lead opened again."""

from django.conf import settings
from django.db import models

from peer_xblocks.assessment.models.case import CaseRecord

USER = settings.AUTH_USER_MODEL


class SceneReopening(models.Model):
    """That a lead let a trainee do a scene again at once, although a critical error was confirmed
    in this case and another scene would come first. Inserted, never updated.

    .. pii: Why a trainee may repeat a scene.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    case = models.OneToOneField(CaseRecord, models.PROTECT, related_name="reopened")
    reason = models.TextField()
    key = models.CharField(max_length=64, help_text="idempotency key of the lead's page")
    record_id = models.CharField(max_length=45)
    reopened_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    reopened_at = models.DateTimeField()

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"scene of case {self.case_id} open again"
