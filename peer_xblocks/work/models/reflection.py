"""Private words."""

from django.db import models

from peer_xblocks.work.models.placed import Placed


class ReflectionRecord(Placed):
    """One trainee's private words on one prompt, as saved last.

    Nobody else reads them through anything of ours.

    .. pii: Private reflections of a trainee; may touch on health.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    key = models.CharField(max_length=64)
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            # One current text for each prompt; also what makes two first saves at once meet.
            models.UniqueConstraint(
                fields=["owner", "programme", "activity", "key"], name="px_work_one_reflection"
            ),
        ]

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"{self.key}, version {self.version}"


class ReflectionVersion(models.Model):
    """What was sent for a reflection in a save that came too late.

    .. pii: Private reflections of a trainee; may touch on health.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    reflection = models.ForeignKey(ReflectionRecord, models.CASCADE, related_name="kept")
    from_version = models.PositiveIntegerField()
    text = models.TextField()
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"kept from version {self.from_version}"
