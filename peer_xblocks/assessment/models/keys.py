"""Ids of rows as others know them."""

import uuid


def new_uuid() -> str:
    """A random id as text.

    A UUIDField changes its column type between the platform's Django versions on MariaDB, and then
    finds nothing that was written before.
    """
    return str(uuid.uuid4())
