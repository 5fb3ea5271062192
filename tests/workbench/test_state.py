"""What people did stays: over restarts, inserted lessons, and requests at the same time."""

import json
import threading
from pathlib import Path

from conftest import LESSON, Browser, Site
from django.conf import settings as django_settings
from django.db import connections
from hypothesis import given
from hypothesis import strategies as st
from xblock.fields import Scope
from xblock.runtime import KeyValueStore

from peer_xblocks import course
from peer_xblocks.authoring import library as sources
from peer_xblocks.standalone import serve
from peer_xblocks.standalone.field_data import PersonStore, merged
from peer_xblocks.standalone.models import FieldData

PLAIN = st.recursive(
    st.integers() | st.text(max_size=3),
    lambda inner: st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=6,
)
OBJECT = st.dictionaries(st.sampled_from("abc"), PLAIN, max_size=3)


def key(name: str = "state", person: int = 7) -> KeyValueStore.Key:
    """The key of one field of one person in one block."""
    return KeyValueStore.Key(Scope.user_state, person, "block-v1:x", name)


def answered(site: Site, browser: Browser) -> str:
    """Answer the first check; the option that stays ticked."""
    check = site.block("peer_lesson", LESSON).lesson.checks[0]
    option = sorted(check.right)[0]
    browser.unit(LESSON)
    browser.send(browser.form("answer", check.id), option=[option])
    return f'-{check.id}-{option}" checked'


def test_a_restart_keeps_everything(site: Site, amara: Browser):
    """Preparing the site again adds nobody and nothing, and answers and log stay."""
    ticked = answered(site, amara)
    before = serve.prepare()
    assert before == (site.programme, site.vkey)
    assert ticked in amara.unit(LESSON).html


def test_an_inserted_lesson_keeps_every_answer(
    site: Site, amara: Browser, settings, tmp_path: Path
):
    """With a new lesson in front, built and loaded without a restart, the answers stand where they
    stood.
    """
    ticked = answered(site, amara)
    whole = course.read_sources(sources.curriculum(), sources.rubrics())
    module = whole.modules[0]
    new = module.lessons[0].model_copy(update={"url_name": "brand-new", "title": "Brand new"})
    longer = module.model_copy(update={"lessons": (new, *module.lessons)})
    changed = whole.model_copy(update={"modules": (longer, *whole.modules[1:])})
    settings.PEER_XBLOCKS_ARCHIVE = str(course.build(changed, tmp_path / "again"))
    assert "Brand new" in amara.open("/course/").html
    assert ticked in amara.unit(LESSON).html
    assert ticked not in amara.unit("brand-new").html


def test_a_row_is_read_once_in_a_request(transactional_db, django_assert_num_queries):
    """However many fields are asked for, one query; and one person's fields are not another's."""
    PersonStore().set_many({key(f"f{n}"): n for n in range(20)})
    store = PersonStore()
    with django_assert_num_queries(1):
        assert [store.get(key(f"f{n}")) for n in range(20)] == list(range(20))
        assert not store.has(key("other"))
    assert not PersonStore().has(key("f1", person=8))


def test_two_pages_at_once_lose_nothing(transactional_db):
    """Two requests that read the same state and answer different checks: both answers stay."""
    first, second = PersonStore(), PersonStore()
    first.set(key(), {"checks": {}})
    base = second.get(key())
    first.set(key(), {"checks": {"a": 1}})
    second.set(key(), {**base, "checks": {"b": 2}})
    assert PersonStore().get(key()) == {"checks": {"a": 1, "b": 2}}


def test_many_threads_lose_nothing_and_double_nothing(site: Site):
    """Eight requests at the same moment on a new row: one row, and all of their answers."""
    failures: list[BaseException] = []
    start = threading.Barrier(8)

    def write(number: int) -> None:
        try:
            store = PersonStore()
            store.has(key())
            start.wait()  # everybody has read before anybody writes
            store.set(key(), {"checks": {f"c{number}": number}})
        except BaseException as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    row = FieldData.objects.get(key="block-v1:x")
    assert json.loads(row.fields)["state"]["checks"] == {f"c{n}": n for n in range(8)}


def test_a_forgotten_field_is_gone(transactional_db):
    """Deleting a field leaves the others."""
    store = PersonStore()
    store.set_many({key("a"): 1, key("b"): 2})
    store.delete(key("a"))
    assert not PersonStore().has(key("a"))
    assert PersonStore().get(key("b")) == 2


@given(OBJECT, OBJECT)
def test_merging_without_others_gives_mine(base, mine):
    """When nobody else wrote, what was written is what is kept."""
    assert merged(base, mine, base) == mine


@given(OBJECT, OBJECT)
def test_merging_without_a_change_gives_theirs(base, theirs):
    """When this request changed nothing, what others wrote stays."""
    assert merged(base, base, theirs) == theirs


def test_the_database_is_ours():
    """Transactions take the write lock when they begin, on every Django that we support."""
    assert django_settings.DATABASES["default"]["ENGINE"] == "peer_xblocks.standalone.sqlite"
