"""The transaction of an outermost function: whole, tried again when the database gave up a lock."""

import threading
from contextlib import suppress

import pytest
from django.db import OperationalError, connection, transaction

from peer_xblocks.records.api import append
from peer_xblocks.records.models import Entry, Log
from peer_xblocks.records.transactions import outermost, run
from tests.db.records.conftest import hours

pytestmark = pytest.mark.django_db(transaction=True)

BUSY = {
    "sqlite": OperationalError("database is locked"),
    "mysql": OperationalError(1213, "Deadlock found when trying to get lock"),
    "postgresql": OperationalError(1205, "Lock wait timeout"),
}


def test_what_is_returned_is_committed(programme, subject):
    """The answer comes after the commit."""
    (made,) = run(lambda: append(programme, hours(subject)))
    assert not connection.in_atomic_block
    assert Entry.objects.get().index == made.index == 0


def test_a_lock_that_was_given_up_is_tried_again_three_times_in_all(programme, subject):
    """The whole act runs again, on what was rolled back, and then the error is the caller's."""
    tries = []

    @outermost
    def act(failures: int) -> None:
        append(programme, hours(subject))
        tries.append(Log.objects.get().size)
        if len(tries) <= failures:
            raise BUSY[connection.vendor]

    act(2)
    assert tries == [1, 1, 1]
    tries.clear()
    with pytest.raises(OperationalError):
        act(3)
    assert len(tries) == 3
    assert Log.objects.get().size == 1


def test_another_error_is_not_tried_again(programme):
    """What is not about a lock would fail again."""
    tries = []

    def act() -> None:
        tries.append(1)
        raise OperationalError("no such table: x")

    with pytest.raises(OperationalError):
        run(act)
    assert len(tries) == 1


def test_what_fails_after_the_commit_is_not_done_twice(programme, subject):
    """An error of a later callback, even one about a lock, does not repeat a committed act."""

    def later() -> None:
        raise BUSY[connection.vendor]

    def act() -> None:
        append(programme, hours(subject))
        transaction.on_commit(later)

    with pytest.raises(OperationalError):
        run(act)
    assert Entry.objects.count() == 1


def test_an_outermost_function_refuses_to_be_an_inner_one(programme):
    """Inside another transaction nothing could be promised, unless the caller says so."""
    with transaction.atomic():
        with pytest.raises(RuntimeError):
            run(list)
        assert run(list, joins=True) == []


def test_two_acts_that_wait_for_each_other_both_get_through(programme, subject):
    """A real deadlock between two threads is resolved by trying one of them again."""
    from peer_xblocks.records.api import programmes

    programmes.create(None, "other", "Other", "course-v1:Other+1+1", {})
    both_hold_one = threading.Barrier(2)
    failed: list[BaseException] = []

    def crosswise(first: str, second: str) -> None:
        def act() -> None:
            append(first, hours(subject))
            # SQLite has one writer at a time, and on a second try nobody comes either.
            with suppress(threading.BrokenBarrierError):
                both_hold_one.wait(timeout=1)
            append(second, hours(subject))

        try:
            run(act)
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=crosswise, args=pair)
        for pair in ((programme, "other"), ("other", programme))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failed == []
    assert [log.size for log in Log.objects.all()] == [2, 2]
