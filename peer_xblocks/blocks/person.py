"""Who is in front of a block, and where: the person, the place, and whether they may act here."""

import hashlib
from dataclasses import dataclass
from typing import Any

from peer_xblocks import compat
from peer_xblocks.core.place import Place
from peer_xblocks.core.record import Role
from peer_xblocks.records.api import grants, programmes

NO_PROGRAMME = "-"
"""In place of a programme's name, for a course that belongs to none."""


@dataclass(frozen=True)
class Visitor:
    """Somebody who looks at a block. `user` is None unless they look at their own work."""

    user: Any
    place: Place
    may_act: bool

    @property
    def has_programme(self) -> bool:
        """Whether the course belongs to a programme, so that things can be kept and handed in."""
        return self.place.programme != NO_PROGRAMME


def visitor(block: Any) -> Visitor:
    """Who looks at this block now. Costs no query for a trainee, once the programme is known."""
    place = place_of(block)
    user = own_user(block)
    if user is None:
        return Visitor(None, place, False)
    return Visitor(user, place, _seems_trainee(block) or is_trainee(user, place))


def own_user(block: Any) -> Any:
    """The person of this request, if the block is theirs; None for staff who view as a learner."""
    user = compat.real_user()
    if user is None or str(user.pk) != str(block.scope_ids.user_id):
        return None
    return user


def is_trainee(user: Any, place: Place) -> bool:
    """Whether this person is a trainee of the programme, or of a course that has none."""
    if place.programme == NO_PROGRAMME:
        return compat.is_enrolled(user, place.course)
    return Role.TRAINEE in grants.roles(user, place.programme)


def may_author(user: Any, place: Place) -> bool:
    """Whether this person may change activities of this course."""
    if compat.is_course_staff(user, place.course):
        return True
    return place.programme != NO_PROGRAMME and Role.AUTHOR in grants.roles(user, place.programme)


def place_of(block: Any) -> Place:
    """Where this block stands, in keys without branch or version."""
    usage = compat.plain_key(block.scope_ids.usage_id)
    course = str(getattr(usage, "context_key", "") or "")
    return Place(
        programme=_programme(course) or NO_PROGRAMME,
        course=course,
        activity=str(usage),
        activity_type=block.scope_ids.block_type,
    )


def html_id(block: Any) -> str:
    """A short name for the ids of this block's elements: two blocks on a page never share one."""
    usage = str(compat.plain_key(block.scope_ids.usage_id))
    return "px" + hashlib.sha256(usage.encode()).hexdigest()[:10]


def _seems_trainee(block: Any) -> bool:
    """Whether the platform shows the block to a learner. Handlers ask again, and more closely."""
    service = block.runtime.service(block, "user")
    if service is None:
        return False
    attributes = service.get_current_user().opt_attrs
    return attributes.get("edx-platform.user_role") == "student"


def _programme(course: str) -> str:
    """The name of the course's programme, "" for none. It never changes, so it is remembered."""

    def look_up() -> str | None:
        found = programmes.for_course(course)
        return found.slug if found is not None else None

    return (course and compat.cached(f"programme:{course}", look_up)) or ""
