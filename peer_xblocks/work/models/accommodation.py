"""More time for one person."""

from django.conf import settings
from django.db import models


class Accommodation(models.Model):
    """How much more time one trainee has in one programme, and whether they ask for any.

    One row for each: it says what holds now, and no history of a need is kept. The reason goes when
    the grant ends or another lead grants anew. Nothing of it is in any record.

    .. pii: That a person has more time than others, and perhaps why; may touch on health.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    programme = models.CharField(max_length=64)
    asked_at = models.DateTimeField(null=True, help_text="null: nothing is asked for")
    extra_percent = models.PositiveIntegerField(default=0, help_text="0: none is granted")
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    granted_at = models.DateTimeField(null=True)
    reason = models.TextField(
        blank=True, default="", help_text="for the trainee and the lead who granted it, nobody else"
    )

    class Meta:
        constraints = [
            # What is asked twice, or granted by two leads at once, is one.
            models.UniqueConstraint(
                fields=["owner", "programme"], name="px_work_one_accommodation"
            ),
        ]

    def __str__(self) -> str:
        """Say how much, and not whose or why."""
        return f"{self.extra_percent} percent more time"
