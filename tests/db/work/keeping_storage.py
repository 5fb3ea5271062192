"""A folder that files go into and from which none can be deleted, as when a bucket forbids it."""

from django.core.files.storage import FileSystemStorage


class KeepingStorage(FileSystemStorage):
    """Refuses to delete."""

    def delete(self, name: str) -> None:
        """Raise what a storage raises that does not allow it."""
        raise PermissionError(name)
