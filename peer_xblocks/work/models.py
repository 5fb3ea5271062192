"""The rows of `work`. Only `work.api` reads and writes them.

Texts that hold objects are JSON in plain text columns, so that every database keeps the same
characters.
"""

import uuid

from django.conf import settings
from django.db import models


def new_uuid() -> str:
    """A random id as text.

    A UUIDField changes its column type between the platform's Django versions on MariaDB, and then
    finds nothing that was written before.
    """
    return str(uuid.uuid4())


class Placed(models.Model):
    """Whose it is, and in which activity of which programme."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    programme = models.CharField(max_length=64)
    course = models.CharField(max_length=255)
    activity = models.CharField(max_length=255)
    activity_type = models.CharField(max_length=64)

    class Meta:
        abstract = True


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


class Submission(Placed):
    """One thing a trainee handed in. After that only `status` changes.

    The editions of scenario, rubric and critical errors are named by digest: what was in force then
    is what is rated. The performance's own words stay here; the record in the log holds their
    digest.

    .. pii: A trainee's performance in words, and the reflection handed in with it.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    # Evidence outlives a press of "delete user": retirement has a door of its own.
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uuid = models.CharField(max_length=36, unique=True, default=new_uuid, editable=False)
    key = models.CharField(max_length=64, help_text="idempotency key, chosen by the page")
    subject = models.CharField(max_length=45)
    record_id = models.CharField(max_length=45)
    attempt = models.PositiveIntegerField()
    title = models.CharField(max_length=255)
    mode = models.CharField(max_length=32)
    media = models.CharField(max_length=64)
    text = models.TextField(null=True)  # noqa: DJ001 (null: performed in a recording, not in words)
    recording = models.ForeignKey(Recording, models.PROTECT, null=True, related_name="+")
    answers = models.TextField(default="{}", help_text="JSON: prompt id to answer")
    performance_sha256 = models.CharField(max_length=64)
    scenario_key = models.CharField(max_length=64)
    scenario_edition = models.PositiveIntegerField()
    scenario_sha256 = models.CharField(max_length=64)
    rubric_key = models.CharField(max_length=64)
    rubric_edition = models.PositiveIntegerField()
    rubric_sha256 = models.CharField(max_length=64)
    errors_sha256 = models.CharField(max_length=64)
    formative = models.BooleanField()
    started_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField()
    status = models.CharField(max_length=16, default="waiting")

    class Meta:
        constraints = [
            # A double click is one submission.
            models.UniqueConstraint(fields=["owner", "key"], name="px_work_one_key"),
            # Attempts of one activity count 1, 2, 3 … without a gap or a double.
            models.UniqueConstraint(
                fields=["owner", "programme", "activity", "attempt"], name="px_work_one_attempt"
            ),
        ]

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"attempt {self.attempt}, {self.status}"
