"""A process that appends one record at a time, and says so once each is committed.

    python -m tests.db.records.appender PROGRAMME COUNT SUBJECT...

Prints a line `INDEX COMMITMENT` for each record after its commit.
"""

import importlib.util
import itertools
import sys

import django


def main() -> None:
    """Append COUNT records, about each subject in turn."""
    if not importlib.util.find_spec("MySQLdb") and importlib.util.find_spec("pymysql"):
        import pymysql

        pymysql.install_as_MySQLdb()
    django.setup()

    from peer_xblocks.records.api import append
    from peer_xblocks.records.transactions import run
    from tests.db.records.conftest import hours

    programme, count, *subjects = sys.argv[1:]
    for _number, subject in zip(range(int(count)), itertools.cycle(subjects), strict=False):
        (made,) = run(lambda subject=subject: append(programme, hours(subject)))
        print(made.index, made.commitment, flush=True)


if __name__ == "__main__":
    main()
