"""The log of a programme and what stands behind its entries.

An `Entry` is inserted and never touched again; a `Record` may be deleted, by erasure alone. They
are joined by (log, index), which is known before either is written, and not by a database id.
"""

from django.db import models

from peer_xblocks.records.models.programme import Programme


class Log(models.Model):
    """The append-only log of one programme; its row is the lock under which entries are made.

    `size` is the number of entries, so also the index of the next one. The origin was fixed when
    the log was made and follows no change of domain.

    .. no_pii:
    """

    programme = models.OneToOneField(Programme, models.PROTECT, related_name="log")
    origin = models.CharField(max_length=255, unique=True)
    size = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        """Return the origin."""
        return self.origin


class ChainHead(models.Model):
    """The last record of one subject: what the next one of that subject points back to.

    An empty subject stands for the chain of records that are about nobody (rosters, frameworks).

    .. pii: Holds a pairwise id.
    .. pii_types: other
    .. pii_retirement: retained
    """

    log = models.ForeignKey(Log, models.PROTECT, related_name="heads")
    subject = models.CharField(max_length=45, blank=True)
    seq = models.BigIntegerField()
    commitment = models.BinaryField()

    class Meta:
        """What holds between rows."""

        constraints = [
            # One end for each chain; `append` reads and writes it under the log's lock.
            models.UniqueConstraint(fields=["log", "subject"], name="px_head_once"),
        ]

    def __str__(self) -> str:
        """Return the subject and the number of its last record."""
        return f"{self.subject} {self.seq}"


class Entry(models.Model):
    """One leaf of the log. Insert only: no code changes or deletes a row.

    `commitment` has 32 bytes and is null for the entry that says that others were erased; that
    entry's bytes follow from the `Erasure` rows that name it. `leaf` is the leaf hash of the bytes.

    .. no_pii:
    """

    log = models.ForeignKey(Log, models.PROTECT, related_name="entries", db_index=False)
    index = models.BigIntegerField()
    commitment = models.BinaryField(null=True)
    leaf = models.BinaryField()

    class Meta:
        """What holds between rows."""

        constraints = [
            # No two entries at one place: a fork of the log cannot be written. Also every read of
            # a range of leaves.
            models.UniqueConstraint(fields=["log", "index"], name="px_entry_place"),
        ]

    def __str__(self) -> str:
        """Return the place in the log."""
        return f"{self.log_id}:{self.index}"


class Record(models.Model):
    """The fact behind an entry: its canonical bytes and the salt that ties them to the commitment.

    All other columns repeat what the bytes say, for finding it. `root` is the submission that the
    record follows (a rating, its resolution and release follow one), empty if none; `label` is
    the key of that submission's scenario, or of a framework. Deleting the row erases the fact.

    .. pii: Holds what was submitted, rated and decided about a person under a pairwise id.
    .. pii_types: other
    .. pii_retirement: local_api
    """

    log = models.ForeignKey(Log, models.PROTECT, related_name="records", db_index=False)
    index = models.BigIntegerField()
    kind = models.CharField(max_length=16)
    urn = models.CharField(max_length=45)
    subject = models.CharField(max_length=45, blank=True)
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=45)
    acting_as = models.CharField(max_length=16)
    root = models.CharField(max_length=45, blank=True)
    label = models.CharField(max_length=64, blank=True)
    # Null for what is about nobody. A trail is never deleted, so nothing need watch over the key.
    trail = models.ForeignKey(
        "peer_xblocks_records.Trail",
        models.DO_NOTHING,
        null=True,
        related_name="records",
        db_index=False,
        db_constraint=False,
    )
    canonical = models.BinaryField()
    salt = models.BinaryField()

    class Meta:
        """What holds between rows, and what is looked up."""

        constraints = [
            # One record for each entry; also every read of a range of the log.
            models.UniqueConstraint(fields=["log", "index"], name="px_record_place"),
            # A subject's chain cannot fork; also "all records of this subject, in order".
            models.UniqueConstraint(fields=["log", "subject", "seq"], name="px_record_chain"),
            # An id means one record; also "open this record" and "what does `about` speak of".
            models.UniqueConstraint(fields=["urn"], name="px_record_urn"),
        ]
        # Each ends with the trail, so that a search counts and skips what is not open without
        # reading the records themselves, which are some kB each.
        indexes = [
            # Search without a filter, newest first.
            models.Index(fields=["log", "index", "trail"], name="px_record_open"),
            # Search by kind, newest first.
            models.Index(fields=["log", "kind", "index", "trail"], name="px_record_kinds"),
            # Search by scenario, newest first.
            models.Index(fields=["log", "label", "index", "trail"], name="px_record_labels"),
            # Search by date.
            models.Index(fields=["log", "at", "index", "trail"], name="px_record_times"),
        ]

    def __str__(self) -> str:
        """Return kind and id."""
        return f"{self.kind} {self.urn}"


class Checkpoint(models.Model):
    """A signed statement that the log had this size and this root.

    `published_at` stays null until its tiles and the checkpoint file are in the storage, so that a
    process killed between the two is made up for by the next one.

    .. no_pii:
    """

    log = models.ForeignKey(Log, models.PROTECT, related_name="checkpoints", db_index=False)
    size = models.BigIntegerField()
    root = models.BinaryField()
    note = models.BinaryField()
    vkey = models.CharField(max_length=400)
    at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        """What holds between rows."""

        constraints = [
            # Never two statements about one size; also "the latest checkpoint".
            models.UniqueConstraint(fields=["log", "size"], name="px_checkpoint_size"),
        ]

    def __str__(self) -> str:
        """Return the size."""
        return f"{self.log_id}@{self.size}"


class Document(models.Model):
    """Bytes that records rest on, such as the edition of a rubric, under their SHA-256.

    .. no_pii:
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    data = models.BinaryField()

    def __str__(self) -> str:
        """Return the digest."""
        return self.sha256
