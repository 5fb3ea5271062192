"""What ORA2 asks of the platform around it, in the fewest words that let it run without one.

Each stand-in answers as a site would where nothing special is switched on. What the platform itself
would do in these calls is not measured, so ORA2 comes out somewhat too fast.
"""

import sys
from types import ModuleType
from typing import Any


class Switch:
    """A feature that is off."""

    def __init__(self, *_args: Any, **_kwargs: Any) -> None:
        """Take whatever names it."""

    def is_enabled(self, *_args: Any) -> bool:
        """It is not."""
        return False


class Blocks:
    """A course whose blocks nobody asked for."""

    def __len__(self) -> int:
        """None at all."""
        return 0

    def topological_traversal(self, **_kwargs: Any) -> tuple:
        """Nothing to go through."""
        return ()

    def __iter__(self) -> Any:
        """Nothing to go through."""
        return iter(())


class Store:
    """The store of courses."""

    def make_course_usage_key(self, course: Any) -> str:
        """A key that leads nowhere."""
        return f"block of {course}"


def install() -> None:
    """Make the modules that ORA2 imports at run time importable."""
    parts = {
        "openedx.core.djangoapps.waffle_utils": {"CourseWaffleFlag": Switch},
        "openedx.core.djangoapps.content.block_structure.transformers": {
            "BlockStructureTransformers": list
        },
        "openedx.core.djangoapps.external_user_ids.models": {"ExternalId": None},
        "common.djangoapps.student.models": {"anonymous_id_for_user": lambda user, _key: str(user)},
        "common.djangoapps.student.models.user": {"get_user_by_username_or_email": None},
        "lms.djangoapps.course_blocks.api": {"get_course_blocks": lambda *_args: Blocks()},
        "lms.djangoapps.courseware.models": {"StudentModule": None},
        "lms.djangoapps.instructor.enrollment": {"reset_student_attempts": None},
        "xmodule.modulestore.django": {"modulestore": Store},
    }
    for name, members in parts.items():
        _module(name).__dict__.update(members)


def _module(name: str) -> ModuleType:
    """The module of this name, made with all its parents where it is missing."""
    if name not in sys.modules:
        module = sys.modules[name] = ModuleType(name)
        module.__path__ = []  # type: ignore[attr-defined]
        parent, _, last = name.rpartition(".")
        if parent:
            setattr(_module(parent), last, module)
    return sys.modules[name]
