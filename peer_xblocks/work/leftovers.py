"""Files that belong to no row: noted before they can come to be, and deleted even when a process
dies in between.

A name is noted before something is stored under it, and let go in the transaction that makes it a
row's own; or it is noted in the transaction that takes it from a row. What is still noted after a
day is deleted. A name that ends in "/" stands for everything right below it.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from peer_xblocks.work import files
from peer_xblocks.work.models import Leftover


def note(*names: str) -> None:
    """Write down that files of these names belong to nobody."""
    now = timezone.now()
    rows = [Leftover(name=name, at=now) for name in names if name]
    Leftover.objects.bulk_create(rows, ignore_conflicts=True)


def let_go(*names: str) -> None:
    """The files of these names belong to a row from now on. Requires its transaction."""
    Leftover.objects.filter(name__in=names).delete()


def delete(*names: str) -> None:
    """Delete files, then their notes. What is not noted, or no more, is a row's: it stays."""
    for name in Leftover.objects.filter(name__in=names).values_list("name", flat=True):
        if name.endswith("/"):
            files.discard_folder(name.rstrip("/"))
        else:
            files.discard(name)
        Leftover.objects.filter(name=name).delete()


def delete_later(*names: str) -> None:
    """Delete files once the current transaction, which takes them from their rows, is committed.

    A storage that fails then fails nobody's request: the notes stay for another day.
    """
    note(*names)
    transaction.on_commit(lambda: delete(*names), robust=True)


def delete_old(before: datetime) -> int:
    """Delete what was noted before then; how many names there were."""
    names = [*Leftover.objects.filter(at__lt=before).values_list("name", flat=True)]
    delete(*names)
    return len(names)
