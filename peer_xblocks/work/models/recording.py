"""What was recorded, and the words that go with it."""

from django.db import models

from peer_xblocks.work.models.placed import Placed, new_uuid


class Recording(Placed):
    """One file that a trainee sent for an activity, checked and stored. It never changes.

    `stored_as` holds the bytes that arrived: the evidence, known by `sha256`. `playable_as` holds
    the same sound and pictures in a file in which a player can seek, where one was made.

    .. pii: The voice or picture of a trainee and an actor, in file storage; a file name.
    .. pii_types: video, other
    .. pii_retirement: local_api
    """

    uuid = models.CharField(max_length=36, unique=True, default=new_uuid, editable=False)
    filename = models.CharField(max_length=255)
    origin = models.CharField(max_length=16, default="uploaded", help_text="recorded or uploaded")
    media_type = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField(help_text="bytes")
    milliseconds = models.BigIntegerField(null=True, help_text="null: nobody could tell")
    stored_as = models.CharField(max_length=255)
    playable_as = models.CharField(max_length=255, blank=True, default="")
    playable_sha256 = models.CharField(max_length=64, blank=True, default="")
    playable_size = models.BigIntegerField(default=0, help_text="bytes")
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


class CaptionsRecord(models.Model):
    """What is said in a recording, in words, for those who do not hear it. Never rated.

    `text` is WebVTT that we wrote ourselves from the cues that were sent, or a plain transcript.

    .. pii: What a trainee and an actor say in a recording.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    recording = models.OneToOneField(Recording, models.CASCADE, related_name="captions")
    form = models.CharField(max_length=16, help_text="captions or transcript")
    language = models.CharField(max_length=35, help_text="BCP 47")
    text = models.TextField()
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        """Say which they are, without a word of them."""
        return f"{self.form}, {self.language}"
