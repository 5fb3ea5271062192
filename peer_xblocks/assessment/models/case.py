"""The row of a submission on its way to a result."""

from django.conf import settings
from django.db import models

USER = settings.AUTH_USER_MODEL


class CaseRecord(models.Model):
    """One submission on its way to a result: what raters need to know of it, and how far it has
    come.

    When an appeal sets the ratings aside, the submission gets another case, its next `round`; the
    highest one counts.

    .. pii: Links a trainee to a performance and its result.
    .. pii_types: id, other
    .. pii_retirement: local_api
    """

    class State(models.TextChoices):
        """How far it has come. `due`: all ratings are in and the rule has not been applied yet."""

        RATING = "rating"
        DUE = "due"
        NEEDS_THIRD = "needs_third"
        TO_SIGN = "to_sign"
        TO_RELEASE = "to_release"
        RELEASED = "released"
        VOIDED = "voided"

    submission = models.CharField(max_length=36)
    round = models.PositiveSmallIntegerField(default=1)
    programme = models.CharField(max_length=64)
    trainee = models.ForeignKey(USER, models.PROTECT, related_name="+")
    subject = models.CharField(max_length=45)
    submission_record = models.CharField(max_length=45)
    course = models.CharField(max_length=255)
    activity = models.CharField(max_length=255)
    activity_type = models.CharField(max_length=64)
    title = models.CharField(max_length=255)
    mode = models.CharField(max_length=32)
    media = models.CharField(max_length=64)
    formative = models.BooleanField()
    scenario_key = models.CharField(max_length=64)
    scenario_edition = models.PositiveIntegerField()
    scenario_sha256 = models.CharField(max_length=64)
    rubric_key = models.CharField(max_length=64)
    rubric_sha256 = models.CharField(max_length=64)
    errors_sha256 = models.CharField(max_length=64)
    performance_sha256 = models.CharField(max_length=64)
    submitted_at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=State.choices, default=State.RATING)

    class Meta:
        constraints = [
            # One case for each round; also how a case is found by its submission.
            models.UniqueConstraint(fields=["submission", "round"], name="px_asm_one_round"),
        ]
        indexes = [
            # A lead's list: what waits for a lead, the oldest first; and what the rule is still due
            # for.
            models.Index(fields=["programme", "state", "submitted_at"], name="px_asm_case_state"),
            # All ratings of a programme, by when the performance was handed in.
            models.Index(fields=["programme", "submitted_at", "id"], name="px_asm_case_time"),
            # A trainee's released results, for the standing of each competency.
            models.Index(fields=["trainee", "programme", "state"], name="px_asm_case_trainee"),
        ]

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"{self.submission} ({self.state})"
