"""Moving through a page by keys alone, watching that the focus can be seen at every stop."""

from playwright.sync_api import Locator, Page

FURTHEST = 260
"""Stops after which something counts as out of reach."""

LOOK_AT_FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body || at === document.documentElement) return null;
  const style = getComputedStyle(at);
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
  const box = at.getBoundingClientRect();
  const top_ = Math.max(box.top, 0); // of what is taller than the window, the part in it
  const [x, y] = [box.left + Math.min(box.width / 2, 20), top_ + Math.min(box.height / 2, 20)];
  const top = document.elementFromPoint(x, y);
  return {
    name: at.tagName + " " + (at.id || at.name || at.textContent.trim().slice(0, 40)),
    isVisible: at.checkVisibility() && (ring || style.boxShadow !== "none"),
    isCovered: !top || !(at.contains(top) || top.contains(at) || at.labels?.[0]?.contains(top)),
    inLabel: Boolean(at.closest("label")),
  };
}"""


def look(page: Page) -> dict[str, object]:
    """What has the focus; it is somewhere, it shows, and nothing lies over it."""
    seen = page.evaluate(LOOK_AT_FOCUS)
    assert seen is not None, f"the focus is lost on {page.url}"
    assert seen["isVisible"], f"the focus does not show: {seen['name']} on {page.url}"
    assert not seen["isCovered"], f"something covers the focus: {seen['name']} on {page.url}"
    return seen


def is_focused(target: Locator) -> bool:
    """Whether this is where the focus stands."""
    return bool(target.evaluate("element => element === document.activeElement"))


def tab_to(page: Page, target: Locator, key: str = "Tab") -> None:
    """Press Tab until the target has the focus, looking at every stop on the way."""
    target.wait_for()
    if is_focused(target):
        return
    for _ in range(FURTHEST):
        page.keyboard.press(key)
        if is_focused(target):
            look(page)
            return
        if page.evaluate("document.activeElement !== document.body"):
            look(page)
    raise AssertionError(f"no Tab leads to {target} on {page.url}")


def walk(page: Page, most: int = 70) -> None:
    """Press Tab through the page from its beginning, looking at every stop; at most so many."""
    page.evaluate("() => { document.activeElement?.blur(); scrollTo(0, 0); }")
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            return
        look(page)


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    """Go to the target and press a key on it."""
    tab_to(page, target)
    page.keyboard.press(key)


def write(page: Page, target: Locator, text: str) -> None:
    """Go to a field and type into it."""
    tab_to(page, target)
    page.keyboard.insert_text(text)
