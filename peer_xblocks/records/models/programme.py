"""Programmes, the bodies that certify on their records, and the people in them."""

from django.conf import settings
from django.db import models


class CertifyingBody(models.Model):
    """One organisation that certifies peer support specialists and may be allowed to audit.

    .. no_pii:
    """

    # The key stands in consent records for good, so it never changes; the name may.
    key = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=255)

    def __str__(self) -> str:
        """Return the body's name."""
        return self.name


class Programme(models.Model):
    """One course run under one set of rules: it owns a log, grants and people.

    The slug is the last part of the log's origin and never changes; a course key might be
    spelled otherwise one day, so it is only a pointer.

    .. no_pii:
    """

    slug = models.CharField(max_length=64, unique=True)
    title = models.CharField(max_length=255)
    # Unique, because a block asks to which programme its course belongs and needs one answer.
    course_key = models.CharField(max_length=255, unique=True)
    bodies = models.ManyToManyField(CertifyingBody, related_name="programmes")
    created = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        """Return the slug."""
        return self.slug


class Person(models.Model):
    """One person under the random name that the records of one programme know them by.

    Two programmes cannot tell that they speak of the same person. When the account is deleted the
    row stays without it: the records then speak of somebody whom nobody can name.

    .. pii: Links an account to the pairwise id in the records.
    .. pii_types: id, other
    .. pii_retirement: retained
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    # Unique in itself: whoever reads a record asks for the person behind it.
    urn = models.CharField(max_length=45, unique=True)

    class Meta:
        """What holds between rows."""

        constraints = [
            # One name for each person and programme; also the look-up of every act.
            models.UniqueConstraint(fields=["user", "programme"], name="px_person_once"),
        ]

    def __str__(self) -> str:
        """Return the pairwise id."""
        return self.urn
