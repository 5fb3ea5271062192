"""Who plays with a trainee, by a link; and a performance that is watched in the room."""

from django.db import models

from peer_xblocks.work.models.placed import Placed, new_uuid
from peer_xblocks.work.models.submission import Submission


class PartnerLink(Placed):
    """One link by which whoever holds it plays with a trainee: what they were shown, and agreed to.

    Its address is in no row: `key_sha256` is the digest of a random key. Live while `current` is 1
    and `expires_at` is not past. Handed in when it has a `submission`.

    .. pii: Initials or a code of whoever played with a trainee, and that they agreed.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    uuid = models.CharField(max_length=36, unique=True, default=new_uuid, editable=False)
    key_sha256 = models.CharField(max_length=64, unique=True)
    scenario_sha256 = models.CharField(max_length=64)
    card_edition = models.PositiveIntegerField()
    mode = models.CharField(max_length=32, help_text="what the partner is asked to agree to")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    current = models.PositiveSmallIntegerField(null=True, help_text="1 for the one that counts")
    code = models.CharField(max_length=40, blank=True, default="")
    consented_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True, help_text="when they declined, or took it back")
    fidelity = models.BooleanField(null=True, help_text="whether they kept to the card")
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="links")

    class Meta:
        constraints = [
            # One link counts for each person and activity; nulls (earlier links) do not count.
            models.UniqueConstraint(
                fields=["owner", "programme", "activity", "current"], name="px_work_one_partner"
            ),
        ]

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"edition {self.card_edition}, {self.mode}"


class ObservedRecord(Placed):
    """A performance that is about to be watched in the room: its code, and when and where.

    Gone when it is handed in; the submission keeps both.

    .. pii: When and where a trainee performs.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    code = models.CharField(max_length=8)
    note = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            # One code for each attempt, even after a double click.
            models.UniqueConstraint(
                fields=["owner", "programme", "activity"], name="px_work_one_observed"
            ),
        ]

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return self.code
