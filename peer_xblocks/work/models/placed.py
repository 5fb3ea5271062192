"""What every row of `work` has: whose it is, where, and an id for other systems."""

import uuid

from django.conf import settings
from django.db import models


def new_uuid() -> str:
    """A random id as text.

    A UUIDField changes its column type between the platform's Django versions on MariaDB, and then
    finds nothing that was written before.
    """
    return str(uuid.uuid4())


class Placed(models.Model):
    """Whose it is, and in which activity of which programme."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    programme = models.CharField(max_length=64)
    course = models.CharField(max_length=255)
    activity = models.CharField(max_length=255)
    activity_type = models.CharField(max_length=64)

    class Meta:
        abstract = True
