"""Whether a page fits: nothing sticks out sideways, and a thumb can hit what is to be hit."""

from playwright.sync_api import Page

PHONE, DESK = 390, 1280
SMALLEST = 24
"""Pixels that a target has at least in both directions (WCAG 2.2, 2.5.8)."""

STICKING_OUT = """() => {
  const page = document.documentElement;
  if (page.scrollWidth <= page.clientWidth) return [];
  const isClipped = (element) => {
    for (let at = element.parentElement; at; at = at.parentElement)
      if (getComputedStyle(at).overflowX !== "visible") return true;
    return false;
  };
  return [...document.body.querySelectorAll("*")]
    .filter((one) => one.getBoundingClientRect().right > page.clientWidth + 1 && !isClipped(one))
    .map((one) => `${one.tagName} ${one.id || one.className}`).slice(0, 5)
    .concat(`${page.scrollWidth} > ${page.clientWidth}`);
}"""

TOO_SMALL = """(smallest) => {
  const isInText = (one) => one.matches("a") && getComputedStyle(one).display === "inline";
  const found = [];
  for (const one of document.querySelectorAll("a, button, select, summary, input, textarea")) {
    if (!one.checkVisibility() || one.tabIndex < 0 || isInText(one)) continue;
    const area = one.matches("[type=checkbox], [type=radio]") ? one.labels[0] || one : one;
    const box = area.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1 || box.right < 0) continue;
    if (box.width < smallest || box.height < smallest)
      found.push(`${one.tagName} ${one.textContent.trim().slice(0, 30) || one.name}`
        + ` ${Math.round(box.width)}x${Math.round(box.height)}`);
  }
  return found;
}"""


def fits(page: Page, width: int) -> None:
    """At this width nothing scrolls sideways, and on a phone every target is large enough."""
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": 844})
    assert not page.evaluate(STICKING_OUT), (page.url, width, page.evaluate(STICKING_OUT))
    if width == PHONE:
        small = page.evaluate(TOO_SMALL, SMALLEST)
        assert not small, (page.url, small)
    if before:
        page.set_viewport_size(before)
