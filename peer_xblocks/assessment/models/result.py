"""The rows of what settled a submission and what showed it. Inserted, never updated, but for when a
release was announced.
"""

from django.conf import settings
from django.db import models

from peer_xblocks.assessment.models.case import CaseRecord

USER = settings.AUTH_USER_MODEL


class ResolutionRecord(models.Model):
    """What settled the ratings of one submission: by the rule alone, or signed by a lead.

    .. pii: A trainee's result and a lead's reason.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    case = models.OneToOneField(CaseRecord, models.PROTECT, related_name="resolved")
    resolution = models.TextField(help_text="JSON of core.resolution.Resolution")
    record_id = models.CharField(max_length=45)
    signed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    key = models.CharField(
        max_length=64, blank=True, help_text="idempotency key of the lead's page"
    )
    resolved_at = models.DateTimeField()

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"resolution of case {self.case_id}"


class PreparedRelease(models.Model):
    """What a lead means to say with a release, kept until it is released, alone or with others.

    While `held`, the result is released with nobody's single press: it waits for the others, or for
    the reason to pass. Deleted by the release.

    .. pii: A lead's words to a trainee.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    case = models.OneToOneField(CaseRecord, models.CASCADE, related_name="prepared")
    goals = models.TextField(default="[]", help_text="JSON: list of core.record.Goal")
    message = models.TextField(blank=True)
    held = models.BooleanField(default=False)
    reason = models.TextField(blank=True, help_text="why it is held, for leads")
    prepared_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"prepared release of case {self.case_id}"


class ReleaseRecord(models.Model):
    """The act that showed one result to the trainee, with goals and words, and what it showed of
    each competency.

    .. pii: A lead's words to a trainee.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    case = models.OneToOneField(CaseRecord, models.PROTECT, related_name="shown")
    goals = models.TextField(help_text="JSON: list of core.record.Goal")
    message = models.TextField(blank=True)
    competencies = models.TextField(help_text="JSON: ids of competencies that the rubric speaks of")
    observed = models.TextField(help_text="JSON: ids seen at level 3 or more; empty when formative")
    before = models.TextField(help_text="JSON: standing of each of these before this release")
    after = models.TextField(help_text="JSON: standing of each of these after it")
    record_id = models.CharField(max_length=45)
    released_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    key = models.CharField(max_length=64, help_text="idempotency key of the lead's page")
    released_at = models.DateTimeField()
    # Null while the gradebook and whoever else listens may not have heard of it.
    announced_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"release of case {self.case_id}"
