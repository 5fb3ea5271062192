"""Django's SQLite engine with immediate transactions and a write-ahead log.

Django 5.1 has options for both; this is the same on 4.2. A transaction that begins by reading and
then wants to write would otherwise fail at once, instead of waiting, when another one has written
in between.
"""

from typing import Any

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose transactions take the write lock when they begin."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open the file with the write-ahead log on: readers never wait for a writer."""
        connection = super().get_new_connection(conn_params)
        connection.execute("PRAGMA journal_mode = WAL")
        return connection

    def _start_transaction_under_autocommit(self) -> None:
        self.cursor().execute("BEGIN IMMEDIATE")
