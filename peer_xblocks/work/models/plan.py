"""A trainee's plans, every save of them."""

from django.db import models

from peer_xblocks.work.models.placed import Placed


class PlanRecord(Placed):
    """One trainee's plan in one activity, as saved last.

    Nobody else reads it through anything of ours. `version` is the number of the version that
    stands; `last` that of the newest version, which may be a save that came too late.

    .. pii: A trainee's private words, about an invented person.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    version = models.PositiveIntegerField(default=0)
    last = models.PositiveIntegerField(default=0)
    content = models.TextField(default="{}", help_text="JSON: a core.plan_content.Plan")
    saved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # One plan for each person and activity; also what makes two first saves at once meet.
            models.UniqueConstraint(
                fields=["owner", "programme", "activity"], name="px_work_one_plan"
            ),
        ]

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"version {self.version}"


class PlanVersion(models.Model):
    """What one save sent. Never changed, and never merged by software.

    .. pii: A trainee's private words, about an invented person.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    plan = models.ForeignKey(PlanRecord, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    from_version = models.PositiveIntegerField()
    is_late = models.BooleanField(help_text="it came after another save, and does not stand")
    content = models.TextField(help_text="JSON: a core.plan_content.Plan")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            # Versions of one plan count 1, 2, 3 … without a double.
            models.UniqueConstraint(fields=["plan", "number"], name="px_work_one_plan_version"),
        ]

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"{self.number}, kept from version {self.from_version}"
