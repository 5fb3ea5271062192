"""Who may do what, who allowed what to be read, and who read it."""

from django.conf import settings
from django.db import models

from peer_xblocks.records.models.log import Log
from peer_xblocks.records.models.programme import CertifyingBody, Programme


class Grant(models.Model):
    """One role for one person in one programme and a period; an auditor's names the body.

    A grant is never deleted: `revoked_at` ends it, so that it stays known who could act when.

    .. pii: Says which account holds which role.
    .. pii_types: id
    .. pii_retirement: retained
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=16)
    body = models.ForeignKey(CertifyingBody, models.PROTECT, null=True, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        """What is looked up."""

        indexes = [
            # The roles of one person, asked on every call of every api.
            models.Index(fields=["user", "programme"], name="px_grant_of"),
        ]

    def __str__(self) -> str:
        """Return the role."""
        return f"{self.role} in {self.programme_id}"


class Consent(models.Model):
    """What one consent record says about one body and one submission (or the whole programme).

    An index of the consent records, written with them; the record is what counts. The row with the
    highest index among those for a submission and those for the programme decides.

    .. pii: Says, under a pairwise id, to whom records may be shown.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    log = models.ForeignKey(Log, models.PROTECT, related_name="consents", db_index=False)
    index = models.BigIntegerField()
    subject = models.CharField(max_length=45)
    body = models.CharField(max_length=64)
    # The submission that it covers; empty when it covers the whole programme.
    root = models.CharField(max_length=45, blank=True)
    until = models.DateTimeField(null=True)
    withdrawn = models.BooleanField()

    class Meta:
        """What is looked up."""

        constraints = [
            # "The latest consent of this subject to this body", asked for each record shown.
            models.UniqueConstraint(
                fields=["log", "subject", "body", "root", "index"], name="px_consent_latest"
            ),
        ]

    def __str__(self) -> str:
        """Return the body and whether consent was given or withdrawn."""
        return f"{self.body} {'withdrawn' if self.withdrawn else 'given'}"


class Read(models.Model):
    """One record was shown to one auditor of one certifying body. The trainee can see this.

    .. pii: Says which account read about which pairwise id.
    .. pii_types: id, other
    .. pii_retirement: retained
    """

    log = models.ForeignKey(Log, models.PROTECT, related_name="reads", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    body = models.ForeignKey(CertifyingBody, models.PROTECT, related_name="+")
    urn = models.CharField(max_length=45)
    subject = models.CharField(max_length=45, blank=True)
    how = models.CharField(max_length=8)
    at = models.DateTimeField()

    class Meta:
        """What is looked up."""

        indexes = [
            # "Who has read about me?", newest first.
            models.Index(fields=["log", "subject", "at"], name="px_read_of"),
        ]

    def __str__(self) -> str:
        """Return how and what was read."""
        return f"{self.how} {self.urn}"
