"""Whether a page fits: nothing sticks out sideways, and a thumb can hit what is to be hit."""

from playwright.sync_api import Page

PHONE, DESK = 390, 1280
ZOOMED = 320
"""What is left of 1280 pixels at 400 % (WCAG 1.4.10)."""
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
    .filter((one) => {
      const { left, right } = one.getBoundingClientRect();
      return (right > page.clientWidth + 1 || left < -1) && !isClipped(one);
    })
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


CUT_OFF = """() => [...document.body.querySelectorAll("*")]
  .filter((one) => one.checkVisibility() && one.innerText && one.clientWidth > 1)
  .filter((one) => ["hidden", "clip"].includes(getComputedStyle(one).overflowX))
  .filter((one) => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
  .map((one) => `${one.tagName} ${one.id || one.className}: ${one.innerText.slice(0, 40)}`)"""


def holds_large_text(page: Page) -> None:
    """With text at twice its size nothing sticks out and nothing is cut off (WCAG 1.4.4)."""
    size = page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert size == "200%"
    for script in (STICKING_OUT, CUT_OFF):
        found = page.evaluate(script)
        assert not found, (page.url, found)
    page.evaluate("document.documentElement.style.fontSize = ''")
