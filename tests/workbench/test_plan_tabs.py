"""Two tabs of one plan: whatever is sent from either, in whatever order, nothing that was
acknowledged is lost.
"""

import re

from conftest import PLAN, Browser, Form, Site
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peer_xblocks.blocks import person
from peer_xblocks.core.plan_content import Plan, lines
from peer_xblocks.work.api import plans
from peer_xblocks.work.models import PlanRecord

WRITTEN = st.sampled_from(["I want corn.", "I want my *s* back.", "", "A song\nin two lines"])
POSTS = st.one_of(
    st.tuples(st.just("write"), st.integers(0, 1), WRITTEN),
    st.tuples(st.just("stale"), st.integers(0, 1), WRITTEN),
    st.tuples(st.just("reload"), st.integers(0, 1), st.just("")),
    st.tuples(
        st.sampled_from(["up.steps.1", "down.steps.0", "remove.steps.0", "add.steps.3"]),
        st.integers(0, 1),
        WRITTEN,
    ),
    st.tuples(st.just("back"), st.integers(0, 1), st.just("")),
)


class Tab:
    """One tab with the form that it shows, as our script keeps it up to date."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.reload()

    def reload(self) -> None:
        """Open the page anew."""
        self.browser.unit(PLAN)
        self.form = self.browser.form("keep")

    def send(self, action: str, goal: str) -> bool:
        """Send what the tab holds; whether it was acknowledged as what stands or as kept."""
        step = {"r.steps.0.what": f"step {goal[:6]}"} if goal else {}
        self.form.fields |= {"w.goal": goal, **step}
        self.browser.send(self.form, do=action)
        self._took()
        return self.browser.status in (200, 409)

    def bring_back(self, number: int) -> None:
        """Let a version stand again."""
        action = self.form.action.replace("/keep", "/bring_back")
        version = self.form.fields["version"]
        self.browser.send(Form(action, {"number": number, "version": version}))
        self._took()

    def _took(self) -> None:
        if "/keep" in self.browser.html:
            self.form = self.browser.form("keep")
        elif found := re.search(r'name="version" value="(\d+)"', self.browser.html):
            self.form.fields["version"] = found[1]


def words(template, plan: Plan) -> set[str]:
    """Everything that a plan says."""
    return {text for _place, text in lines(template, plan)}


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(posts=st.lists(POSTS, min_size=1, max_size=8))
def test_no_acknowledged_save_is_lost(site: Site, posts):
    """Every goal that a tab was told is kept stands in some version, to be brought back."""
    user, block = site.user("amara"), site.block("peer_plan", PLAN)
    place, template = person.place_of(block), block.template
    PlanRecord.objects.filter(owner=user).delete()
    browser = site.browser("amara").unit(PLAN)
    if "/begin" in browser.html:
        browser.send(browser.form("begin"))
    tabs = [Tab(site.browser("amara")), Tab(site.browser("amara"))]
    acknowledged: set[str] = set()
    for action, number, goal in posts:
        tab = tabs[number]
        if action == "reload":
            tab.reload()
        elif action == "back":
            tab.bring_back(1)
        else:
            if action == "stale":
                tab.form.fields["version"] = "0"
            do = action if "." in action else ""
            if tab.send(do, goal) and goal:
                acknowledged.add(goal)
    found: list[plans.PlanSave] = []
    while more := plans.versions(user, place, found[-1].number if found else 0):
        found += more
    assert acknowledged <= {one.plan.text("goal") for one in found}
    stands = plans.get(user, place)
    assert not found or words(template, stands.plan) in [words(template, one.plan) for one in found]
    assert [one.number for one in found] == list(range(len(found), 0, -1))
