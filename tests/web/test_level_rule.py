"""The level rule in the page equals the rule of the server, in a real browser, on the real desk."""

import base64
import itertools
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from playwright.sync_api import sync_playwright
from world import World, the_role_play

from peer_xblocks.core.rating import CriterionRating, CriterionState
from peer_xblocks.web.pages.rating_form import row_of

sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))

from chromium import installed

ANSWERS = """async ([module, cases]) => {
  const { levelOf, read } = await import(module);
  return cases.map(({ criterion, ticked, empty, none }) => {
    const section = document.getElementById(`c-${criterion}`);
    const boxes = section.querySelectorAll("[data-kind]");
    for (const box of boxes) box.checked = ticked.includes(box.value);
    section.querySelector("[data-empty]").checked = empty;
    section.querySelector("[data-none]").checked = none;
    return levelOf(read(section));
  });
}"""


def cases() -> list[dict[str, Any]]:
    """Every set of ticks of two criteria, with and without confirmation, and no opportunity."""
    found = []
    for criterion in the_role_play().rubric.criteria[:2]:
        ids = [behaviour.id for behaviour in criterion.behaviours]
        for chosen in itertools.product((False, True), repeat=len(ids)):
            ticked = [one for one, is_ticked in zip(ids, chosen, strict=True) if is_ticked]
            for empty, none in ((False, False), (not ticked, False), (False, True)):
                case = {"criterion": criterion.id, "ticked": ticked, "empty": empty, "none": none}
                found.append(case)
    return found


def server_s_answer(case: dict[str, Any]) -> list[Any]:
    """What the desk would show after saving."""
    criterion = the_role_play().rubric.criterion(case["criterion"])
    state = CriterionState.NO_OPPORTUNITY if case["none"] else CriterionState.RATED
    rated = CriterionRating(
        criterion=criterion.id,
        state=state,
        behaviours=tuple(case["ticked"]),
        confirmed_empty=case["empty"],
    )
    row = row_of(criterion, rated)
    return [row.level, row.because]


@pytest.mark.browser
@pytest.mark.skipif(installed() is None, reason="no Chromium on this machine")
def test_the_page_computes_what_the_server_computes(world: World, browse: Any) -> None:
    """For every set of ticks the level and its reason are the same on both sides."""
    world.hand_in()
    address = reverse("peer_xblocks:desk", args=[world.seat("ivo").id])
    html = browse("ivo").get(address).content.decode()
    module = Path(finders.find("peer_xblocks/level.js")).read_bytes()
    link = "data:text/javascript;base64," + base64.b64encode(module).decode()
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=installed(), args=arguments)
        page = chromium.new_page()
        page.set_content(html)
        answers = page.evaluate(ANSWERS, [link, cases()])
        chromium.close()
    assert answers == [server_s_answer(case) for case in cases()]
