"""ORA2's learner view as a page asks for it: the view, then the eight calls its script makes."""

import gzip
import importlib.util
import statistics
import time
from pathlib import Path
from typing import Any

from webob import Request
from xblock.reference.user_service import UserService, XBlockUser
from xblock.runtime import DictKeyValueStore, KvsFieldData, MemoryIdManager, Runtime

ROUNDS = 60
CALLS = (
    "render_submission",
    "render_student_training",
    "render_peer_assessment",
    "render_self_assessment",
    "render_staff_assessment",
    "render_grade",
    "render_leaderboard",
    "render_message",
)
OPTIONS = "".join(
    f'<option points="{n}"><name>{n}</name><label>{n}</label>'
    "<explanation>So.</explanation></option>"
    for n in range(4)
)
CRITERIA = "".join(
    f"<criterion><name>c{n}</name><label>c{n}</label><prompt>Was it seen?</prompt>{OPTIONS}"
    "</criterion>"
    for n in range(4)
)
XML = f"""
<openassessment submission_start="2001-01-01T00:00" submission_due="2099-01-01T00:00"
 text_response="required" prompts_type="text"><title>A talk</title>
<assessments><assessment name="staff-assessment" required="True"/></assessments>
<prompts><prompt><description>Say hello.</description></prompt></prompts>
<rubric>{CRITERIA}<feedbackprompt>And?</feedbackprompt></rubric></openassessment>"""


class Learner(UserService):
    """Somebody who takes the course."""

    def get_current_user(self) -> XBlockUser:
        """The learner."""
        user = XBlockUser(is_current_user=True, emails=["ann@example.invalid"], full_name="Ann")
        names = ("user_id", "anonymous_user_id", "user_role", "username")
        user.opt_attrs = {f"edx-platform.{name}": "learner" for name in names}
        user.opt_attrs["edx-platform.user_is_staff"] = False
        return user


class English:
    """Texts as they are."""

    def gettext(self, text: str) -> str:
        """The same text."""
        return text

    def ngettext(self, one: str, many: str, count: int) -> str:
        """One or many."""
        return one if count == 1 else many

    def strftime(self, when: Any, _form: str) -> str:
        """A date, somehow."""
        return str(when)

    ugettext, ungettext = gettext, ngettext


class Memory(Runtime):
    """A runtime whose state is in memory, as the platform's is by the time a block is drawn."""

    course_id = "course-v1:Peers+P1+2026"
    anonymous_student_id = "learner"
    user_is_staff = False

    def __init__(self, store: DictKeyValueStore, ids: MemoryIdManager) -> None:
        """Take where the state is, and who is who."""
        services = {"field-data": KvsFieldData(store), "i18n": English(), "user": Learner()}
        super().__init__(services=services, id_reader=ids, id_generator=ids)
        self.user_id = "learner"

    def handler_url(self, block: Any, handler_name: str, *_rest: Any, **_more: Any) -> str:
        """An address."""
        return f"/handler/{handler_name}"

    def local_resource_url(self, block: Any, uri: str) -> str:
        """An address."""
        return uri

    def resource_url(self, resource: str) -> str:
        """An address."""
        return resource

    def publish(self, block: Any, event_type: str, event_data: Any) -> None:
        """Nobody listens."""

    def applicable_aside_types(self, block: Any) -> list[str]:
        """None, as the platform answers it without looking through every package."""
        return []


def measured() -> dict[str, Any]:
    """Bytes of script and style, requests, and the milliseconds of view and whole page load."""
    store, ids = DictKeyValueStore(), MemoryIdManager()
    usage = Memory(store, ids).parse_xml_string(XML)

    def view() -> None:
        runtime = Memory(store, ids)
        runtime.render(runtime.get_block(usage), "student_view")

    def load() -> None:
        view()
        for call in CALLS:
            runtime = Memory(store, ids)
            asked = Request.blank("/", method="POST", body=b"{}")
            assert runtime.handle(runtime.get_block(usage), call, asked).status_int == 200

    return {
        "bytes": packed(),
        "requests": 1 + len(CALLS),
        "view_ms": milliseconds(view),
        "load_ms": milliseconds(load),
    }


def packed() -> int:
    """Packed bytes of the style and the script that a learner's page links."""
    spec = importlib.util.find_spec("openassessment")
    assert spec is not None
    assert spec.origin is not None
    files = Path(spec.origin).parent.glob("xblock/static/dist/openassessment-l[mt][sr].*")
    linked = [
        one for one in files if (one.suffix, one.name[15:18]) in {(".js", "lms"), (".css", "ltr")}
    ]
    return sum(len(gzip.compress(one.read_bytes())) for one in linked)


def milliseconds(act: Any) -> float:
    """The median, of this thread's processor."""
    act()
    spent = []
    for _ in range(ROUNDS):
        begin = time.thread_time()
        act()
        spent.append(time.thread_time() - begin)
    return statistics.median(spent) * 1000
