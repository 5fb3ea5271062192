"""A recording on its way in: parts that arrive one by one, until they are put together."""

from django.db import models

from peer_xblocks.work.models.placed import Placed, new_uuid
from peer_xblocks.work.models.recording import Recording


class Upload(Placed):
    """One recording on its way in. Its parts stay until it is finished or given up.

    .. pii: A file name.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    uuid = models.CharField(max_length=36, unique=True, default=new_uuid, editable=False)
    key = models.CharField(max_length=64, help_text="idempotency key, chosen by the page")
    origin = models.CharField(max_length=16, help_text="recorded or uploaded")
    media_type = models.CharField(max_length=255, help_text="as the browser calls it")
    filename = models.CharField(max_length=255)
    begun_at = models.DateTimeField()
    touched_at = models.DateTimeField(help_text="when the last part arrived")
    finishing_since = models.DateTimeField(null=True, help_text="somebody puts it together now")
    # What the one who puts it together stores it as: whoever finds another name here came too late.
    composing_as = models.CharField(max_length=255, blank=True, default="")
    # Null until it is finished; then a finish that is asked for again answers this.
    recording = models.OneToOneField(Recording, models.CASCADE, null=True, related_name="upload")

    class Meta:
        constraints = [
            # A begin that is sent again finds the upload that it made.
            models.UniqueConstraint(fields=["owner", "key"], name="px_work_one_upload"),
        ]
        indexes = [
            # What was never finished, the oldest first.
            models.Index(fields=["recording", "touched_at"], name="px_work_upload_stale"),
        ]

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"{self.origin}, {self.media_type}"


class UploadPart(models.Model):
    """One part of an upload, stored and acknowledged.

    .. no_pii: The bytes are in file storage, the row only says where.
    """

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField(help_text="1, 2, 3 … in the order of the recording")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(help_text="bytes")
    stored_as = models.CharField(max_length=255)

    class Meta:
        constraints = [
            # A part that is sent again counts once.
            models.UniqueConstraint(fields=["upload", "number"], name="px_work_one_part"),
        ]

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"part {self.number}, {self.size} bytes"


class Leftover(models.Model):
    """The name of a stored file that belongs to no row, until it is deleted.

    .. no_pii: A random name.
    """

    name = models.CharField(max_length=255, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        """The name."""
        return self.name
