"""The only door to the platform. Each function says what it answers where its part is missing.

The platform is imported inside functions, so that everything else runs, and is tested, without it.
"""

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core.cache import InvalidCacheBackendError, caches
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import get_language

T = TypeVar("T")

ITEM_TYPE = "peer_xblocks"
"""The one item type of our scores: two spellings for one block make edx-submissions fail."""

UPLOAD_MAX_BYTES = 200 * 1024 * 1024
"""How large a recording may be where the site says nothing."""

REMEMBERED = 4_000
"""How many made things a process keeps beside the shared cache."""

_remembered: OrderedDict[str, Any] = OrderedDict()
_lock = threading.Lock()


# --- people


def course_user(user: Any) -> Any:
    """The person behind a user object: staff who view as a learner stay themselves."""
    return getattr(user, "real_user", None) or user


def real_user() -> Any:
    """The person who makes the current request; None outside one, or when nobody is signed in."""
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


def absolute(path: str) -> str:
    """A path of this site as a whole address, for somebody elsewhere; the path alone outside a
    request.
    """
    from crum import get_current_request

    request = get_current_request()
    return request.build_absolute_uri(path) if request is not None else path


def is_enrolled(user: Any, course_key: str) -> bool:
    """Whether the platform has this person in this course. False where there is no platform."""
    try:
        from common.djangoapps.student.models import CourseEnrollment
    except (ImportError, RuntimeError):
        return False
    key = _course_key(course_key)
    return bool(key is not None and CourseEnrollment.is_enrolled(user, key))


def is_course_staff(user: Any, course_key: str) -> bool:
    """Whether the platform lets this person edit this course. False where there is no platform."""
    try:
        from common.djangoapps.student.auth import has_studio_write_access
    except (ImportError, RuntimeError):
        return False
    key = _course_key(course_key)
    return bool(key is not None and has_studio_write_access(user, key))


def user_by_anonymous_id(anonymous_id: str) -> Any:
    """The person behind an anonymous id; None for nobody. Without a platform, an id is a user's."""
    try:
        from common.djangoapps.student.models import user_by_anonymous_id as found
    except (ImportError, RuntimeError):
        from django.contrib.auth import get_user_model

        number = str(anonymous_id)
        users = get_user_model().objects
        return users.filter(pk=number).first() if number.isdigit() else None
    return found(anonymous_id)


def _course_key(course_key: str) -> Any:
    from opaque_keys import InvalidKeyError
    from opaque_keys.edx.keys import CourseKey

    try:
        return CourseKey.from_string(str(course_key))
    except InvalidKeyError:
        return None


def plain_key(key: Any) -> Any:
    """A usage key without branch and version, as learners' things are kept under."""
    for strip in ("version_agnostic", "for_branch"):
        if hasattr(key, strip):
            key = key.for_branch(None) if strip == "for_branch" else key.version_agnostic()
    return key


def upload_limit() -> int:
    """How many bytes one file may have here; the platform has a limit of its own for handlers."""
    ours = int(getattr(settings, "PEER_XBLOCKS_UPLOAD_MAX_BYTES", UPLOAD_MAX_BYTES))
    return min(ours, int(getattr(settings, "STUDENT_FILEUPLOAD_MAX_SIZE", 0) or ours))


# --- places


def address_in_course(course_key: str, name: str) -> str:
    """Where a browser finds what has this `url_name` in a course, whichever page it is on.

    Where nobody knows it is the form that the platform rewrites in what authors wrote.
    """
    from django.urls import NoReverseMatch, reverse

    places = (
        ("jump_to_id", {"course_id": course_key, "module_id": name}),
        ("jump", {"url_name": name}),
    )
    for place, known in places:
        try:
            return reverse(place, kwargs=known)
        except NoReverseMatch:
            continue
    return f"/jump_to_id/{name}"


def completions(block: Any, keys: Iterable[Any]) -> dict[Any, float] | None:
    """How much of each of these blocks, 0 to 1, the person of this request has completed.

    None where the runtime cannot say: without a completion service, or with tracking turned off.
    """
    service = block.runtime.service(block, "completion")
    if service is None:
        return None
    is_on = getattr(service, "completion_tracking_enabled", None)
    if is_on is not None and not is_on():
        return None
    return dict(service.get_completions(list(keys)))


# --- languages


def content_language() -> str:
    """The language that the course is written in, whatever language the pages speak."""
    return str(getattr(settings, "PEER_XBLOCKS_CONTENT_LANGUAGE", "en"))


def content_lang() -> str:
    """What an element with the course's own words says of itself, as attributes of HTML.

    "" where the page speaks the course's language anyway.
    """
    own = content_language()
    spoken = get_language() or own
    if spoken.split("-")[0] == own.split("-")[0]:
        return ""
    known = LANG_INFO.get(own, {"bidi": False})
    return f' lang="{own}" dir="{"rtl" if known["bidi"] else "ltr"}"'


# --- grades


def set_score(user: Any, course_key: str, usage_key: str, earned: int, possible: int) -> bool:
    """Put a trainee's points into the gradebook; False where edx-submissions is not installed.

    Requires whole numbers, 0 <= earned <= possible and possible > 0: edx-submissions stores 11 of
    10 as it stands, and 0 of 0 hides the score.
    """
    if not 0 <= earned <= possible or possible == 0:
        raise ValueError(f"{earned} of {possible} is no score")
    try:
        from submissions import api

        item = _item(user, course_key, usage_key)
    except (ImportError, RuntimeError):
        return False
    handed_in = api.get_submissions(item, limit=1)
    submission = handed_in[0] if handed_in else api.create_submission(item, {})
    api.set_score(submission["uuid"], earned, possible)
    return True


def reset_score(user: Any, course_key: str, usage_key: str) -> bool:
    """Take points out of the gradebook; False where edx-submissions is not installed."""
    try:
        from submissions import api

        item = _item(user, course_key, usage_key)
    except (ImportError, RuntimeError):
        return False
    api.reset_score(item["student_id"], item["course_id"], item["item_id"])
    return True


def _item(user: Any, course_key: str, usage_key: str) -> dict[str, str]:
    """What edx-submissions keeps points under."""
    from common.djangoapps.student.models import anonymous_id_for_user

    return {
        "student_id": anonymous_id_for_user(user, _course_key(course_key)),
        "course_id": str(course_key),
        "item_id": str(usage_key),
        "item_type": ITEM_TYPE,
    }


# --- what a process remembers, and what it leaves for later


def digest_of(value: Any) -> str:
    """A digest of plain data, to remember something under; another order is another digest."""
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()


def cached(digest: str, make: Callable[[], T], *, here: bool = False) -> T:
    """What `make` gives, remembered under a digest of everything that it depends on.

    Found in this process first, then in the site's cache (not when `here`). None is made anew each
    time. Requires a digest that names the kind of thing as well.
    """
    key = f"peer_xblocks:{digest}"
    with _lock:
        if key in _remembered:
            _remembered.move_to_end(key)
            return _remembered[key]
    shared = None if here else _shared_cache()
    made = shared.get(key) if shared is not None else None
    if made is None:
        made = make()
        if shared is not None and made is not None:
            shared.set(key, made, timeout=None)
    if made is not None:
        _remember(key, made)
    return made


def _remember(key: str, made: Any) -> None:
    with _lock:
        _remembered[key] = made
        while len(_remembered) > REMEMBERED:
            _remembered.popitem(last=False)


def _shared_cache() -> Any:
    """The site's cache; None when it is only a second copy in this very process, or no cache."""
    try:
        backend = caches["default"]
    except InvalidCacheBackendError:
        return None
    in_process = ("django.core.cache.backends.locmem", "django.core.cache.backends.dummy")
    return None if type(backend).__module__ in in_process else backend


def enqueue(name: str, *ids: Any) -> None:
    """Run the function with this dotted name after the current transaction commits.

    Where Celery is configured it goes out as the task of that name, else it runs in this process.
    What it follows is saved by then: a task that fails, or a broker that is down, is logged and not
    raised, and the commands for a scheduler catch up.
    """
    run = _send_task if has_workers() else _run_here

    def task() -> None:
        run(name, *ids)

    transaction.on_commit(task, robust=True)


def has_workers() -> bool:
    """Whether tasks go out to Celery's workers; the setting `PEER_XBLOCKS_TASKS` says, or a broker
    that is configured.
    """
    where = getattr(settings, "PEER_XBLOCKS_TASKS", "")
    if where:
        return where == "celery"
    return bool(getattr(settings, "CELERY_BROKER_URL", "") or getattr(settings, "BROKER_URL", ""))


def _send_task(name: str, *ids: Any) -> None:
    from celery import current_app

    current_app.send_task(name, args=[str(one) for one in ids])


def _run_here(name: str, *ids: Any) -> None:
    import_string(name)(*ids)
