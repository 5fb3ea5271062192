"""Ids of blocks: opaque keys made from the course, the type and the `url_name`, so that they
never depend on order.
"""

from opaque_keys.edx.keys import CourseKey, UsageKey
from xblock.exceptions import NoSuchUsage
from xblock.runtime import IdGenerator, IdReader

NO_ASIDES = "the embedded site has no asides"


class CourseIds(IdReader, IdGenerator):
    """The ids of one course. A definition and its usage share a key: nothing is used twice."""

    def __init__(self, course_key: CourseKey) -> None:
        self._course_key = course_key

    def create_definition(self, block_type: str, slug: str | None = None) -> UsageKey:
        """The key of a block of this type with this `url_name`."""
        if not slug:
            raise NoSuchUsage(f"a {block_type} needs a url_name")
        return self._course_key.make_usage_key(block_type, slug)

    def create_usage(self, def_id: UsageKey) -> UsageKey:
        """The same key again."""
        return def_id

    def get_definition_id(self, usage_id: UsageKey) -> UsageKey:
        """The same key again. Raises NoSuchUsage for a key of another course."""
        if usage_id.course_key != self._course_key:
            raise NoSuchUsage(str(usage_id))
        return usage_id

    def get_block_type(self, def_id: UsageKey) -> str:
        """The block type, which the key names."""
        return def_id.block_type

    def create_aside(self, definition_id: UsageKey, usage_id: UsageKey, aside_type: str) -> None:
        """There are no asides."""
        raise NotImplementedError(NO_ASIDES)

    def get_usage_id_from_aside(self, aside_id: UsageKey) -> None:
        """There are no asides."""
        raise NotImplementedError(NO_ASIDES)

    def get_definition_id_from_aside(self, aside_id: UsageKey) -> None:
        """There are no asides."""
        raise NotImplementedError(NO_ASIDES)

    def get_aside_type_from_usage(self, aside_id: UsageKey) -> None:
        """There are no asides."""
        raise NotImplementedError(NO_ASIDES)

    def get_aside_type_from_definition(self, aside_id: UsageKey) -> None:
        """There are no asides."""
        raise NotImplementedError(NO_ASIDES)
