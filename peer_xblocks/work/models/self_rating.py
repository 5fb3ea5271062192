"""A trainee's own ticks on the rubric."""

from django.db import models

from peer_xblocks.work.models.placed import Placed
from peer_xblocks.work.models.submission import Submission


class OwnTicksContent(models.Model):
    """What a trainee ticked for themselves, by which edition of the rubric."""

    rubric_sha256 = models.CharField(max_length=64)
    ticks = models.TextField(help_text="JSON: a list of core.rating.CriterionRating")

    class Meta:
        abstract = True


class SelfRatingRecord(Placed, OwnTicksContent):
    """How a trainee rated one attempt themselves, as saved last.

    Nobody else reads it through anything of ours, and no record speaks of it. While `submission` is
    null the attempt is being made, and the performance under `performance_sha256` stays as it is:
    its trainee has seen the behaviours.

    .. pii: A trainee's private judgement of themselves.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    attempt = models.PositiveIntegerField()
    performance_sha256 = models.CharField(max_length=64)
    submission = models.OneToOneField(
        Submission, models.CASCADE, null=True, related_name="self_rating"
    )
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # One for each attempt; also how the one that is being made is found.
            models.UniqueConstraint(
                fields=["owner", "programme", "activity", "attempt"],
                name="px_work_one_self_rating",
            ),
        ]

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"attempt {self.attempt}, version {self.version}"


class SelfRatingVersion(OwnTicksContent):
    """What was ticked in a save that came too late, or of a performance that was done over.

    .. pii: A trainee's private judgement of themselves.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    self_rating = models.ForeignKey(SelfRatingRecord, models.CASCADE, related_name="kept")
    from_version = models.PositiveIntegerField()
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"kept from version {self.from_version}"
