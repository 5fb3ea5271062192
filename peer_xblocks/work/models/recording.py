"""What was recorded."""

from django.db import models

from peer_xblocks.work.models.placed import Placed, new_uuid


class Recording(Placed):
    """One file that a trainee sent for an activity, checked and stored. It never changes.

    .. pii: The voice or picture of a trainee and an actor, in file storage; a file name.
    .. pii_types: video, other
    .. pii_retirement: local_api
    """

    uuid = models.CharField(max_length=36, unique=True, default=new_uuid, editable=False)
    filename = models.CharField(max_length=255)
    media_type = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField(help_text="bytes")
    stored_as = models.CharField(max_length=255)
    received_at = models.DateTimeField()

    class Meta:
        indexes = [
            # The recordings of one person in one activity: what may be attached, and what may be
            # tidied away.
            models.Index(fields=["owner", "activity"], name="px_work_recording_owner"),
        ]

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"{self.media_type}, {self.size} bytes"
