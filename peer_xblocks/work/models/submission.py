"""What was handed in."""

from django.conf import settings
from django.db import models

from peer_xblocks.work.models.placed import Placed, new_uuid
from peer_xblocks.work.models.recording import Recording


class Submission(Placed):
    """One thing a trainee handed in. After that only `status` changes.

    The editions of scenario, rubric and critical errors are named by digest: what was in force then
    is what is rated. The performance's own words stay here; the record in the log holds their
    digest.

    .. pii: A trainee's performance in words, and the reflection handed in with it; codes of those
        who played with them.
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
    text = models.TextField(null=True)  # noqa: DJ001 (null: performed in a recording or in the room)
    recording = models.ForeignKey(Recording, models.PROTECT, null=True, related_name="+")
    answers = models.TextField(default="{}", help_text="JSON: prompt id to answer")
    actors = models.TextField(default="[]", help_text="JSON: a list of core.record.ActorConsent")
    observed_code = models.CharField(max_length=8, blank=True, default="")
    observed_note = models.CharField(max_length=200, blank=True, default="")
    performance_sha256 = models.CharField(max_length=64)
    scenario_key = models.CharField(max_length=64)
    scenario_edition = models.PositiveIntegerField()
    scenario_sha256 = models.CharField(max_length=64)
    rubric_key = models.CharField(max_length=64)
    rubric_edition = models.PositiveIntegerField()
    rubric_sha256 = models.CharField(max_length=64)
    errors_sha256 = models.CharField(max_length=64)
    formative = models.BooleanField()
    # What raters are told of how it was done, and never why: codes with spaces between them.
    conditions = models.CharField(max_length=64, blank=True, default="")
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
