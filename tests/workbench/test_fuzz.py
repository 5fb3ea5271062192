"""Whoever sends whatever to wherever: no 500, no stored rating changed, and nothing of another
rater's before both are in.

Every address of the site, every endpoint and every handler of every block is found by walking them,
and each is asked as every role, as somebody without one, and as nobody. What a page asks for is
learned by asking it; what an endpoint takes is read in its own description.
"""

import json
import os
from dataclasses import replace
from itertools import product

import fuzz_addresses
import fuzz_scene
import pytest
from conftest import Site
from django.conf import settings as site_settings
from django.core.management import call_command
from django.http import HttpResponseBase
from django.test import override_settings
from fuzz_addresses import Address, Asked
from fuzz_requests import Mix, Sent
from fuzz_scene import Scene
from hypothesis import HealthCheck, Phase, given, settings

pytestmark = pytest.mark.django_db
USUAL = 12
EXAMPLES = int(os.environ.get("PEER_TEST_EXAMPLES", USUAL))
"""How many requests to each address, the same ones every time; whoever looks for more sets it."""

FORM, FORM_TYPE = "programme=pss-2026", "application/x-www-form-urlencoded"
ADDRESSES = fuzz_addresses.every()


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker, archive, tmp_path_factory):
    """A site for all of these tests: each request is taken back."""
    from peer_xblocks.standalone import serve

    folder = tmp_path_factory.mktemp("fuzz")
    places = {"default": "files", "peer_xblocks": "private", "peer_xblocks_log": "log"}
    storages = {**site_settings.STORAGES}
    for name, place in places.items():
        options = {**storages[name].get("OPTIONS", {}), "location": folder / place}
        storages[name] = {**storages[name], "OPTIONS": options}
    keys = {"*": str(folder / "log-key")}
    with (
        django_db_blocker.unblock(),
        override_settings(
            STORAGES=storages, PEER_XBLOCKS_KEYS=keys, PEER_XBLOCKS_ARCHIVE=str(archive)
        ),
    ):
        yield fuzz_scene.make(Site(*serve.prepare()))
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture(scope="module")
def described(scene: Scene) -> dict:
    """What the endpoints say of themselves."""
    answer = scene.client("ruth").get("/peer_xblocks/api/v1/schema", {"format": "json"})
    return json.loads(answer.content)


@pytest.mark.parametrize("address", ADDRESSES, ids=[one.name for one in ADDRESSES])
def test_nothing_breaks_and_nothing_is_seen(scene: Scene, described: dict, address: Address):
    """As many requests as there is time for, mixed by hypothesis."""
    mix = mix_of(scene, described, address)
    before = fuzz_scene.stored()

    @settings(
        max_examples=EXAMPLES,
        derandomize=EXAMPLES == USUAL,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(mix.requests())
    def holds(sent: Sent) -> None:
        with scene.undone():
            check(scene, sent, before)

    holds()


def check(scene: Scene, sent: Sent, before: dict) -> int:
    """Send one request, and look at what came of it; the status."""
    answer = scene.client(sent.who).generic(
        sent.method, sent.path, sent.body, content_type=sent.kind, headers=sent.headers
    )
    shown = text_of(answer)
    assert answer.status_code < 500, (sent, shown[:600])
    assert "Traceback (most recent" not in shown, sent
    scene.check_kept(before)
    scene.check_unread(sent.who, shown)
    return answer.status_code


def text_of(answer: HttpResponseBase) -> str:
    """An answer and its headers as text."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return f"{dict(answer.headers)}\n{body.decode(errors='replace')}"


def mix_of(scene: Scene, described: dict, address: Address) -> Mix:
    """What is mixed for one address; on the way everybody asks it what people ask."""
    ids, methods, schema = dict(scene.ids), ["GET", "POST"], None
    for part in address.parts:  # one of each kind stands where the scene knows nothing
        ids.setdefault(part, [some[0] for some in scene.ids.values()])
    if address.tag:
        names = [one.url_name for one in fuzz_scene.blocks(scene.site, address.tag)]
        assert names, f"no {address.tag} stands in the course"
        ids[address.tag] = [scene.site.usage(address.tag, one) for one in names[:5]]
    if address.is_rest:
        operations = described["paths"].get("/" + address.route.rpartition("api/v1/")[2], {})
        bodies = [one["requestBody"] for one in operations.values() if "requestBody" in one]
        schema = bodies[0]["content"]["application/json"]["schema"] if bodies else None
        methods = [one.upper() for one in operations] or methods
    fields, reached = learned(scene, address, ids, methods)
    if address.tag:
        fields = fuzz_addresses.fields_of_blocks()
    schemas = described["components"]["schemas"]
    return Mix(address, scene.people, ids, sorted(fields), reached, schema, schemas)


def learned(
    scene: Scene, address: Address, ids: dict, methods: list[str]
) -> tuple[set[str], list[Sent]]:
    """By which names an address asks for fields, whoever comes, with each thing that is there; and
    who was let in to something.
    """
    Asked.names.clear()
    before = fuzz_scene.stored()
    reached, refused = [], set()
    longest = max([1, *(len(ids.get(one, [0])) for one in address.parts)])
    middleware = [*site_settings.MIDDLEWARE, "fuzz_addresses.NotesWhatIsAsked"]
    with override_settings(MIDDLEWARE=middleware):
        for method, who, number in product(methods, scene.people, range(longest)):
            if method in refused:
                continue
            parts = {
                one: str(some[number % len(some)])
                for one in address.parts
                for some in [ids.get(one, [0])]
            }
            sent = Sent(who, method, address.path(parts), FORM.encode(), FORM_TYPE)
            with scene.undone():
                status = check(scene, replace(sent, path=f"{sent.path}?{FORM}"), before)
            if status == 405:  # whoever asks
                refused.add(method)
            elif status not in (403, 404) and (status, who) != (302, fuzz_scene.NOBODY):
                reached.append(sent)
    return set(Asked.names), reached
