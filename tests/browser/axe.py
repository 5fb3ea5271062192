"""Accessibility rules that a machine can check, on a page as it stands: axe-core, WCAG 2.2 A, AA.

The script comes with the package `axe-playwright-python`, pinned in `pyproject.toml`. It goes into
the page through the debugger, which the page's strict policy on scripts does not concern.
"""

from functools import cache
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDTHS = (1280, 390)
RUN = """async (rules) => {
  const found = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
  return found.violations.map(({ id, help, nodes }) => ({
    id, help, nodes: nodes.slice(0, 5).map((n) => `${n.target.join(" ")}: ${n.failureSummary}`),
  }));
}"""


@cache
def script() -> str:
    """The source of axe-core."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def violations(page: Page) -> list[dict[str, Any]]:
    """What axe finds on the page at its present width."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(script())
    found: list[dict[str, Any]] = page.evaluate(RUN, RULES)
    return found


def clean(page: Page, widths: tuple[int, ...] = WIDTHS) -> None:
    """The page breaks none of the rules at any of the widths. axe is a script: without, no look."""
    if not page.evaluate("matchMedia('(scripting: enabled)').matches"):
        return
    before = page.viewport_size
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        found = violations(page)
        assert not found, (page.url, width, found)
    if before:
        page.set_viewport_size(before)
