"""What is begun and not handed in."""

from django.db import models

from peer_xblocks.work.models.placed import Placed
from peer_xblocks.work.models.recording import Recording


class Content(models.Model):
    """What a trainee has begun: words, answers, how it is performed, a recording."""

    text = models.TextField(blank=True, default="")
    answers = models.TextField(default="{}", help_text="JSON: prompt id to answer")
    mode = models.CharField(max_length=32, blank=True, default="")
    recording = models.ForeignKey(Recording, models.SET_NULL, null=True, related_name="+")

    class Meta:
        abstract = True


class DraftRecord(Placed, Content):
    """What one trainee has begun in one activity, as it stands now; emptied when it is handed in.

    Locking this row puts a trainee's saves and submissions of one activity in order.

    .. pii: A trainee's unfinished words.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    version = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    saved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # One draft for each person and activity; also what makes two first saves at once meet.
            models.UniqueConstraint(
                fields=["owner", "programme", "activity"], name="px_work_one_draft"
            ),
        ]

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"version {self.version}"


class DraftVersion(Content):
    """What was sent in a save that came too late. Kept and shown, never merged by software.

    .. pii: A trainee's unfinished words.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    draft = models.ForeignKey(DraftRecord, models.CASCADE, related_name="kept")
    from_version = models.PositiveIntegerField()
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"kept from version {self.from_version}"
