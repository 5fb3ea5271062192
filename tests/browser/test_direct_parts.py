"""Parts of a recording that a real Chromium puts straight into a bucket, and that go through the
site where the bucket does not let it.
"""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from at_the_microphone import AtTheMicrophone
from course_text import role_play
from playwright.sync_api import Page
from sites import Site, running

from tests.db.work import s3_server

PLAY, OTHER = role_play("back-to-drinking"), role_play("nothing-i-am-good-at")
DOCS = Path(__file__).parents[2] / "docs" / "how-to" / "recordings.md"
WATCHED = """
const real = window.fetch;
window.sent = [];
window.fetch = async (url, how = {}) => {
  const isPut = how.method === "PUT";
  const answer = await real(url, how).catch((error) => {
    if (isPut) window.sent.push("refused");
    throw error;
  });
  if (isPut && answer.ok) window.sent.push("bucket");
  const isTold = url.includes("/part_put") && answer.ok;
  if (isTold) window.sent.push(how.body.has("part") ? "site" : "told");
  return answer;
};
"""
"""Notes what became of each part, and changes nothing: Chromium tells of no bytes of a blob."""
OpenPage = Callable[..., Page]


@pytest.fixture(scope="module")
def bucket() -> Iterator[dict[str, Any]]:
    """A bucket of its own, whose rules let no page in."""
    with s3_server.running() as storage:
        yield storage


@pytest.fixture(scope="module")
def site(bucket: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site that keeps recordings in the bucket."""
    folder = tmp_path_factory.mktemp("site")
    named = folder / "storage.json"
    named.write_text(json.dumps(bucket))
    with running(folder, PEER_XBLOCKS_RECORDINGS=str(named)) as started:
        yield started


def rules_for(site: Site) -> list[dict[str, Any]]:
    """The rules that the documentation gives an operator, for this site."""
    (written,) = re.findall(r"```json\n(.*?)```", DOCS.read_text(), re.DOTALL)
    rules = json.loads(written)["CORSRules"]
    return [{**rule, "AllowedOrigins": [site.url]} for rule in rules]


def recorded(site: Site, page: Page, play: Any) -> list[str]:
    """Record a few seconds and use them; what became of each part, in order."""
    page.context.add_init_script(WATCHED)
    luis = AtTheMicrophone(page, site, hurries=True)
    luis.sign_in("Luis Herrera Vega")
    luis.open_recorder(play)
    luis.turn_on()
    luis.record(4)
    luis.stop()
    luis.use()
    assert re.fullmatch(r"[0-9a-f]{64}", luis.fingerprint())
    return list(page.evaluate("window.sent"))


def test_without_a_rule_parts_go_through_the_site(
    site: Site, open_page: OpenPage, bucket: dict[str, Any]
) -> None:
    """The browser is refused by the bucket; nothing is lost, and nobody has to do anything."""
    sent = recorded(site, open_page(390, 844), PLAY)
    assert sent == ["refused", "site"]
    assert any(s3_server.bucket(bucket).objects.all())


def test_with_the_rule_of_the_documentation_parts_go_to_the_bucket(
    site: Site, open_page: OpenPage, bucket: dict[str, Any]
) -> None:
    """The bytes go there alone; the site hears of each, and reads the whole from there."""
    s3_server.allow(bucket, rules_for(site))
    sent = recorded(site, open_page(390, 844), OTHER)
    assert sent == ["bucket", "told"]


def test_a_bucket_that_is_away_costs_nothing(
    site: Site, open_page: OpenPage, bucket: dict[str, Any]
) -> None:
    """A network that does not reach the bucket: the same part goes through the site."""
    s3_server.allow(bucket, rules_for(site))
    page = open_page(390, 844)
    page.route(f"{bucket['OPTIONS']['endpoint_url']}/**", lambda route: route.abort())
    sent = recorded(site, page, role_play("what-counts-here"))
    assert sent == ["refused", "site"]
