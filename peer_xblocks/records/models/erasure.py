"""Records that were asked to be erased, and those that were."""

from django.conf import settings
from django.db import models

from peer_xblocks.records.models.log import Log


class ErasureRequest(models.Model):
    """One record waits for the next batch of erasure. The row goes when the batch has run.

    .. pii: Names the account that asked.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    log = models.ForeignKey(Log, models.PROTECT, related_name="+", db_index=False)
    index = models.BigIntegerField()
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """What holds between rows."""

        constraints = [
            # A record waits once, however often it is asked; also "all that wait in this log".
            models.UniqueConstraint(fields=["log", "index"], name="px_erasure_request_once"),
        ]

    def __str__(self) -> str:
        """Return the index of the record."""
        return f"{self.log_id}:{self.index}"


class Erasure(models.Model):
    """One record that is gone: where it stood, why, and which entry of the log says so.

    `said_in` is the index of that entry; its bytes follow from all rows with the same number.

    .. pii: Names the account that asked, and a pairwise id.
    .. pii_types: id, other
    .. pii_retirement: retained
    """

    log = models.ForeignKey(Log, models.PROTECT, related_name="erasures", db_index=False)
    index = models.BigIntegerField()
    subject = models.CharField(max_length=45, blank=True)
    seq = models.BigIntegerField()
    said_in = models.BigIntegerField()
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """What holds between rows, and what is looked up."""

        constraints = [
            # A record is erased once; also "what was erased in this range", for a pack.
            models.UniqueConstraint(fields=["log", "index"], name="px_erasure_once"),
        ]
        indexes = [
            # "Which records does this entry speak of?", to write its bytes again.
            models.Index(fields=["log", "said_in"], name="px_erasure_said_in"),
        ]

    def __str__(self) -> str:
        """Return the index of the record that is gone."""
        return f"{self.log_id}:{self.index}"
