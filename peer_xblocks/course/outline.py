"""What is in a course archive, in the order a learner meets it.

Blocks are kept as they stand, known or not.
"""

from datetime import datetime

from peer_xblocks.core.value import Value


class Block(Value):
    """One block of a unit. `html` is the sanitised text of an html block; None for every other.

    `staff_only` where trainees may not see it.
    """

    tag: str
    url_name: str
    title: str = ""
    staff_only: bool = False
    element_xml: bytes
    html: str | None = None


class Unit(Value):
    """One page: a vertical. `staff_only` where trainees may not see it."""

    url_name: str
    title: str
    staff_only: bool = False
    blocks: tuple[Block, ...] = ()


class Section(Value):
    """A sequential: units that are graded together, as an assignment of the type `format`."""

    url_name: str
    title: str
    format: str = ""
    graded: bool = False
    units: tuple[Unit, ...] = ()


class Chapter(Value):
    """A chapter: a module of the course."""

    url_name: str
    title: str
    sections: tuple[Section, ...] = ()


class Outline(Value):
    """A whole course as it would be imported.

    `key` is its course key, `overview` the sanitised HTML of its about page.
    """

    key: str
    title: str
    start: datetime | None = None
    end: datetime | None = None
    language: str = ""
    overview: str = ""
    chapters: tuple[Chapter, ...] = ()
