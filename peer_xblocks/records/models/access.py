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
    highest index among those for a submission and those for the programme decides; what it decides
    stands in `Opening`.

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
            # "The latest consent of this subject to this body", asked when one changes.
            models.UniqueConstraint(
                fields=["log", "subject", "body", "root", "index"], name="px_consent_latest"
            ),
        ]

    def __str__(self) -> str:
        """Return the body and whether consent was given or withdrawn."""
        return f"{self.body} {'withdrawn' if self.withdrawn else 'given'}"


class Trail(models.Model):
    """What one consent covers of a subject: a submission with all that follows from it, or, with an
    empty `root`, all records that follow none.

    .. pii: Holds a pairwise id.
    .. pii_types: other
    .. pii_retirement: retained
    """

    log = models.ForeignKey(Log, models.PROTECT, related_name="trails", db_index=False)
    subject = models.CharField(max_length=45)
    root = models.CharField(max_length=45, blank=True)

    class Meta:
        """What holds between rows."""

        constraints = [
            # One trail for each submission; also "all trails of this subject".
            models.UniqueConstraint(fields=["log", "subject", "root"], name="px_trail_once"),
        ]

    def __str__(self) -> str:
        """Return the submission that it follows."""
        return self.root or "no submission"


class Opening(models.Model):
    """That the latest word of its subject opens a trail to a certifying body, until a time.

    Derived from the consents, and made anew whenever these change (`records.openings`), so that
    whoever searches a hundred thousand records need not ask for the latest word on each.

    .. pii: Says, under a pairwise id, to whom records may be shown.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    trail = models.ForeignKey(Trail, models.CASCADE, related_name="openings", db_index=False)
    body = models.CharField(max_length=64)
    until = models.DateTimeField(null=True)

    class Meta:
        """What holds between rows, and what is looked up."""

        constraints = [
            # "Is this record open to this body?", asked for each record shown.
            models.UniqueConstraint(fields=["trail", "body"], name="px_opening_once"),
        ]

    def __str__(self) -> str:
        """Return the body."""
        return self.body


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
