"""A scenario's own file, which also names the activity it becomes in a course."""

from dataclasses import dataclass

from peer_xblocks.authoring import keyed
from peer_xblocks.authoring.attempt import Attempt
from peer_xblocks.authoring.refusals import Written
from peer_xblocks.authoring.source import value_of
from peer_xblocks.core.role_play import OtherScene
from peer_xblocks.core.scenario import Scenario
from peer_xblocks.core.value import Slug, Value


class Heading(Value):
    """A scenario's place in a course; `display_name` only where it differs from the title."""

    url_name: Slug
    display_name: str = ""
    formative: bool = False
    prompted_counts: bool = False
    others: tuple[OtherScene, ...] = ()


@dataclass(frozen=True)
class Headed:
    """A scenario with its heading."""

    heading: Heading
    scenario: Scenario


def attempt(text: str, file: str) -> Attempt[Headed]:
    """An attempt at the scenario that a text holds; its key is the name of the file."""
    return keyed.attempt(text, file, headed)


def load(text: str, file: str) -> Headed:
    """The scenario that a text holds; its key is the name of the file. Raises ProblemsError."""
    return attempt(text, file).whole()


def headed(written: Written) -> Headed:
    """The scenario in data that was read, and its heading.

    Raises ProblemsError with every problem of both.
    """
    return Headed(*value_of(_Pair, divided(written)).both())


class _Pair(Value):
    """Both at once, so that all problems of a file come together."""

    heading: Heading
    scenario: Scenario

    def both(self) -> tuple[Heading, Scenario]:
        """The two parts."""
        return self.heading, self.scenario


def divided(written: Written) -> Written:
    """The same data with the heading's members apart."""
    if not isinstance(written.data, dict):
        return Written(written.file, {"heading": {}, "scenario": written.data}, {(): 1})
    names = set(Heading.model_fields)
    heading = {name: member for name, member in written.data.items() if name in names}
    rest = {name: member for name, member in written.data.items() if name not in names}

    def moved(place: tuple[str | int, ...]) -> tuple[str | int, ...]:
        return ("heading" if place[0] in names else "scenario", *place)

    top = written.lines.get((), 1)
    lines = {moved(place): line for place, line in written.lines.items() if place}
    raw = {moved(place): words for place, words in written.raw.items() if place}
    lines |= {(): top, ("heading",): top, ("scenario",): top}
    return Written(written.file, {"heading": heading, "scenario": rest}, lines, raw)
