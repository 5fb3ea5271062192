"""The embedded site's own tables: what blocks keep for a person, their grades and how far they
came.

On a real platform these are the platform's tables; nothing of `work`, `assessment` or `records`
depends on them.
"""

from django.conf import settings
from django.db import models


class FieldData(models.Model):
    """The fields of one scope, of one block, for one person: all of them in one row of JSON.

    `key` is the usage key for what a person keeps in a block, the block type for preferences, and
    "" for user info. `person` is 0 for what all people share.

    .. pii: A trainee's answers to knowledge checks and position in an activity.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    scope = models.CharField(max_length=32)
    key = models.CharField(max_length=255)
    person = models.PositiveBigIntegerField(default=0)
    fields = models.TextField(default="{}")

    class Meta:
        constraints = [
            # What the stock workbench lacks: two first visits at once must meet in one row.
            models.UniqueConstraint(fields=["scope", "key", "person"], name="px_alone_one_row"),
        ]

    def __str__(self) -> str:
        return f"{self.scope} of {self.key} for {self.person}"


class Placed(models.Model):
    """Whose it is, and of which block."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    usage_key = models.CharField(max_length=255)

    class Meta:
        abstract = True


class Grade(Placed):
    """The points of one person in one block, as published last.

    .. pii: A trainee's points.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    earned = models.FloatField()
    possible = models.FloatField()
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "usage_key"], name="px_alone_one_grade"),
        ]

    def __str__(self) -> str:
        return f"{self.earned} of {self.possible} in {self.usage_key}"


class Completion(Placed):
    """How much of one block one person has completed, from 0 to 1.

    .. pii: A trainee's progress.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    share = models.FloatField()
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "usage_key"], name="px_alone_one_completion"),
        ]

    def __str__(self) -> str:
        return f"{self.share} of {self.usage_key}"
