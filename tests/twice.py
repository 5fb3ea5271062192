"""A second press that comes in the middle of a first one."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

from django.db import connection


class SecondPress:
    """Presses once more just before the query with this number, as another tab might."""

    def __init__(self, press: Callable[[], Any], before: int) -> None:
        self.press = press
        self.heard: list[Any] = []
        self._queries = count(1)
        self._before = before

    def __call__(self, execute: Callable[..., Any], *query: Any) -> Any:
        """Let a query through, after the press when it is its turn."""
        if next(self._queries) == self._before:
            self.heard.append(self.press())
        return execute(*query)


def pressed_twice(press: Callable[[], Any]) -> Iterator[tuple[Any, Any]]:
    """What a press and a second one in its middle came to, for every moment of the first: before
    its first query, before its second, and so on. Whoever asks makes all as it was in between.
    """
    for moment in count(1):
        second = SecondPress(press, before=moment)
        with connection.execute_wrapper(second):
            first = press()
        if not second.heard:
            return
        yield first, *second.heard
