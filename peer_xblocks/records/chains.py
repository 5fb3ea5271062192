"""The ends of the subjects' chains while facts are appended. Used under the log's lock alone."""

from collections.abc import Iterable

from django.db import connection

from peer_xblocks.records.models import ChainHead, Log

# Subjects of one look-up; SQLite takes a limited number of parameters.
_BATCH = 500


class Chains:
    """The chains of some subjects of one log, as they grow in one call of `append`."""

    def __init__(self, log: Log, subjects: Iterable[str]) -> None:
        """Read where these chains end. The read locks, so that it sees the latest state."""
        self._log = log
        self._heads: dict[str, ChainHead] = {}
        wanted = sorted(subjects)
        for begin in range(0, len(wanted), _BATCH):
            some = wanted[begin : begin + _BATCH]
            found = ChainHead.objects.select_for_update().filter(log=log, subject__in=some)
            self._heads.update((head.subject, head) for head in found)

    def head(self, subject: str) -> ChainHead:
        """Return the end of a chain; its number is 0 when nothing is in it yet."""
        if subject not in self._heads:
            self._heads[subject] = ChainHead(log=self._log, subject=subject, seq=0, commitment=b"")
        return self._heads[subject]

    def grow(self, subject: str, commitment: bytes) -> None:
        """Put one more record at the end of a chain."""
        head = self.head(subject)
        head.seq += 1
        head.commitment = commitment

    def save(self) -> None:
        """Write all ends, in one statement for each batch of them."""
        named = connection.features.supports_update_conflicts_with_target
        ChainHead.objects.bulk_create(
            [
                ChainHead(log=self._log, subject=subject, seq=h.seq, commitment=h.commitment)
                for subject, h in self._heads.items()
            ],
            batch_size=_BATCH,
            update_conflicts=True,
            update_fields=["seq", "commitment"],
            # MySQL and MariaDB find the conflict themselves and refuse to be told.
            unique_fields=["log", "subject"] if named else None,
        )
