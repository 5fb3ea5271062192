"""The only door to the platform. Each function says what it answers where the part of the platform is missing.

The platform is imported inside functions, so that everything else runs, and is tested, without it.
"""

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import InvalidCacheBackendError, caches
from django.db import transaction
from django.utils.module_loading import import_string

log = logging.getLogger(__name__)

T = TypeVar("T")

ITEM_TYPE = "peer_xblocks"
"""The one item type of our scores: two spellings for one block make edx-submissions fail."""

REMEMBERED = 512
"""How many made things a process keeps beside the shared cache."""

_remembered: OrderedDict[str, Any] = OrderedDict()
_lock = threading.Lock()


# --- people ------------------------------------------------------------------------------------------------------


def course_user(user: Any) -> Any:
    """The person behind a user object: staff who view as a learner stay themselves."""
    return getattr(user, "real_user", None) or user


def real_user() -> Any:
    """The person who makes the current request; None outside a request and for somebody not signed in."""
    from crum import get_current_user

    user = course_user(get_current_user())
    if user is None or not getattr(user, "is_authenticated", False) or user.pk is None:
        return None
    return user


def csrf_token() -> str:
    """The token that a form of the current request carries; "" outside a request."""
    from crum import get_current_request
    from django.middleware.csrf import get_token

    request = get_current_request()
    return get_token(request) if request is not None else ""


def is_enrolled(user: Any, course_key: str) -> bool:
    """Whether the platform has this person enrolled in this course. False where there is no platform."""
    try:
        from common.djangoapps.student.models import CourseEnrollment
    except (ImportError, RuntimeError):
        return False
    key = _course_key(course_key)
    return bool(key is not None and CourseEnrollment.is_enrolled(user, key))


def is_course_staff(user: Any, course_key: str) -> bool:
    """Whether the platform lets this person change this course. False where there is no platform."""
    try:
        from common.djangoapps.student.auth import has_studio_write_access
    except (ImportError, RuntimeError):
        return False
    key = _course_key(course_key)
    return bool(key is not None and has_studio_write_access(user, key))


def _course_key(course_key: str) -> Any:
    from opaque_keys import InvalidKeyError
    from opaque_keys.edx.keys import CourseKey

    try:
        return CourseKey.from_string(str(course_key))
    except InvalidKeyError:
        return None


# --- grades ------------------------------------------------------------------------------------------------------


def set_score(user: Any, course_key: str, usage_key: str, earned: int, possible: int) -> bool:
    """Put a trainee's points into the platform's gradebook; False where edx-submissions is not installed.

    Requires whole numbers, 0 <= earned <= possible and possible > 0: edx-submissions stores 11 of 10 as it stands,
    and 0 of 0 hides the score.
    """
    if not 0 <= earned <= possible or possible == 0:
        raise ValueError(f"{earned} of {possible} is no score")
    try:
        from common.djangoapps.student.models import anonymous_id_for_user
        from submissions import api
    except (ImportError, RuntimeError):
        return False
    item = {
        "student_id": anonymous_id_for_user(user, _course_key(course_key)),
        "course_id": str(course_key),
        "item_id": str(usage_key),
        "item_type": ITEM_TYPE,
    }
    handed_in = api.get_submissions(item, limit=1)
    submission = handed_in[0] if handed_in else api.create_submission(item, {})
    api.set_score(submission["uuid"], earned, possible)
    return True


# --- what a process remembers, and what it leaves for later --------------------------------------------------------


def cached(digest: str, make: Callable[[], T]) -> T:
    """What `make` gives, remembered under a digest of everything that it depends on.

    Found in this process first, then in the site's cache. Requires a digest that names the kind of thing as well.
    """
    key = f"peer_xblocks:{digest}"
    with _lock:
        if key in _remembered:
            _remembered.move_to_end(key)
            return _remembered[key]
    shared = _shared_cache()
    made = shared.get(key) if shared is not None else None
    if made is None:
        made = make()
        if shared is not None:
            shared.set(key, made, timeout=None)
    _remember(key, made)
    return made


def _remember(key: str, made: Any) -> None:
    with _lock:
        _remembered[key] = made
        while len(_remembered) > REMEMBERED:
            _remembered.popitem(last=False)


def _shared_cache() -> Any:
    """The site's cache, unless it would only be a second copy in this very process, or none at all."""
    try:
        backend = caches["default"]
    except InvalidCacheBackendError:
        return None
    in_process = ("django.core.cache.backends.locmem", "django.core.cache.backends.dummy")
    return None if type(backend).__module__ in in_process else backend


def enqueue(name: str, *ids: Any) -> None:
    """Run the function with this dotted name after the current transaction commits.

    Where Celery is configured it goes out as the task of the same name, else it runs in this process.
    """
    run = _send_task if _has_celery() else _run_here
    transaction.on_commit(partial(run, name, *ids))


def _has_celery() -> bool:
    where = getattr(settings, "PEER_XBLOCKS_TASKS", "")
    if where:
        return where == "celery"
    return bool(getattr(settings, "CELERY_BROKER_URL", "") or getattr(settings, "BROKER_URL", ""))


def _send_task(name: str, *ids: Any) -> None:
    from celery import current_app

    current_app.send_task(name, args=[str(one) for one in ids])


def _run_here(name: str, *ids: Any) -> None:
    """Run a task now. What it was to follow has happened already, so a failure is logged and not raised."""
    try:
        import_string(name)(*ids)
    except Exception:
        log.exception("the task %s failed", name)
