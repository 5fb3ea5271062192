"""The transaction of an outermost api function: all of it or nothing, tried three times at most.

An `api` function that appends owns its transaction. Where the platform calls us inside its own
one, `joins=True` lets the function take part in that instead; then nothing is tried again, because
only whoever owns a transaction can begin it anew.
"""

import functools
import random
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction

P = ParamSpec("P")
T = TypeVar("T")

TRIES = 3
PAUSE_SECONDS = 0.05

# MySQL and MariaDB: lock wait timeout, deadlock. PostgreSQL: serialization failure, deadlock,
# lock not available.
_BUSY_NUMBERS = {1205, 1213}
_BUSY_STATES = {"40001", "40P01", "55P03"}


def run(act: Callable[[], T], *, joins: bool = False) -> T:
    """Return what `act` returns, once it is committed.

    When the database gave up a lock, the whole act is tried again, three times in all. Requires
    no transaction to be open, unless `joins`; Django raises RuntimeError otherwise.
    """
    if joins and connection.in_atomic_block:
        return act()
    for attempt in range(1, TRIES + 1):
        done = _Committed()
        try:
            with transaction.atomic(durable=True):
                # The first callback of all: what a later one raises is no reason to act twice.
                transaction.on_commit(done.note)
                return act()
        except OperationalError as error:
            if done.is_noted or attempt == TRIES or not is_busy(error):
                raise
        time.sleep(random.uniform(0, PAUSE_SECONDS * attempt))
    raise AssertionError("unreachable: the last try returns or raises")


def outermost(function: Callable[P, T]) -> Callable[P, T]:
    """Let a function own its transaction, as `run` does."""

    @functools.wraps(function)
    def whole(*args: P.args, **kwargs: P.kwargs) -> T:
        return run(lambda: function(*args, **kwargs))

    return whole


def is_busy(error: OperationalError) -> bool:
    """Whether the database gave up because of a lock that somebody else holds."""
    cause = error.__cause__
    if getattr(cause, "sqlstate", None) in _BUSY_STATES:
        return True
    if error.args and error.args[0] in _BUSY_NUMBERS:
        return True
    return connection.vendor == "sqlite" and "locked" in str(error)


class _Committed:
    """Whether a transaction was committed."""

    def __init__(self) -> None:
        self.is_noted = False

    def note(self) -> None:
        self.is_noted = True
