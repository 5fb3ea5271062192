"""The rows of what people are told: each notice, and how somebody wants mail."""

from django.conf import settings
from django.db import models

USER = settings.AUTH_USER_MODEL


class Notice(models.Model):
    """That something happened or waits, for one person. It says nothing private.

    .. pii: Says that something happened in a person's training.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    user = models.ForeignKey(USER, models.CASCADE, related_name="+")
    programme = models.CharField(max_length=64)
    kind = models.CharField(max_length=16, help_text="a NoticeKind")
    # A seat, a submission or a referral, by its id; "" where it is about nothing in particular.
    about = models.CharField(max_length=36, blank=True, default="")
    key = models.CharField(max_length=64, help_text="the same occasion is told once")
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # Whoever tells of an occasion twice, or in two processes at once, tells it once.
            models.UniqueConstraint(fields=["user", "key"], name="px_asm_one_notice"),
        ]
        indexes = [
            # What somebody has not read (read_at is null): counted on every page.
            models.Index(fields=["user", "read_at"], name="px_asm_notice_unread"),
            # What was not mailed yet (mailed_at is null).
            models.Index(fields=["mailed_at", "made_at"], name="px_asm_notice_unsent"),
        ]

    def __str__(self) -> str:
        """Say which it is, without a word of its content."""
        return f"{self.kind} for {self.user_id}"


class MailPreference(models.Model):
    """How one person wants to be mailed. Without a row: each notice as it comes.

    .. pii: How a person wants mail.
    .. pii_types: id
    .. pii_retirement: local_api
    """

    user = models.OneToOneField(USER, models.CASCADE, related_name="+")
    how = models.CharField(max_length=8, help_text="a MailHow")

    def __str__(self) -> str:
        """Say which it is."""
        return self.how
