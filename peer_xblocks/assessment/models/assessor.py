"""The rows about assessors: their ties and qualifications."""

from django.conf import settings
from django.db import models

USER = settings.AUTH_USER_MODEL


class Tie(models.Model):
    """A declared relation of an assessor to a trainee, for a time.

    .. pii: Says how two people are related.
    .. pii_types: id, other
    .. pii_retirement: local_api
    """

    programme = models.CharField(max_length=64)
    assessor = models.ForeignKey(USER, models.CASCADE, related_name="+")
    trainee = models.ForeignKey(USER, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=32)
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    declared_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()

    class Meta:
        indexes = [
            # Whom an assessor is tied to: asked whenever a seat is handed out.
            models.Index(fields=["assessor", "programme"], name="px_asm_tie_assessor"),
        ]

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"{self.kind} of {self.trainee_id}"


class Qualification(models.Model):
    """That a lead said how far an assessor may rate by a rubric.

    A new word is a new row; the newest counts.

    .. pii: Links a person to a role.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    programme = models.CharField(max_length=64)
    assessor = models.ForeignKey(USER, models.CASCADE, related_name="+")
    rubric_key = models.CharField(max_length=64)
    state = models.CharField(max_length=16)
    since = models.DateTimeField()
    said_by = models.ForeignKey(USER, models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            # The newest word on one assessor and rubric.
            models.Index(
                fields=["assessor", "programme", "rubric_key", "id"], name="px_asm_qualification"
            ),
        ]

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"{self.state} for {self.rubric_key}"
