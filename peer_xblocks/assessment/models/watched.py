"""The rows of what assessors say of a performance that no file holds."""

from django.conf import settings
from django.db import models

from peer_xblocks.assessment.models.seat import Seat

USER = settings.AUTH_USER_MODEL


class WatchedRecord(models.Model):
    """That an assessor watched the performance of a seat in the room, in the words that their
    rating will hold.

    .. pii: Where and when an assessor watched a performance.
    .. pii_types: id, other
    .. pii_retirement: local_api
    """

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="watched")
    assessor = models.ForeignKey(USER, models.PROTECT, related_name="+")
    statement = models.CharField(max_length=400)
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            # Said twice is said once.
            models.UniqueConstraint(fields=["seat", "assessor"], name="px_asm_one_watched"),
        ]

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"seat {self.seat_id}"
