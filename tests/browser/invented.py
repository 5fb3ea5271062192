"""A language that nobody speaks, made of our own catalogue, in letters that run from right to left.

Each letter of a sentence becomes a Hebrew one. So whatever still reads in Latin letters on a page
is either the course's, or somebody's own, or was never given to the catalogue.
"""

import re
import string
from pathlib import Path

from playwright.sync_api import Page

from peer_xblocks.standalone import catalogue

CODE = "he"
COOKIE = "peer_xblocks_language"
HEBREW = dict(zip(string.ascii_lowercase, "אבגדהוזחטיךכלםמןנסעףפץצקרש", strict=True))
KEPT = re.compile(r"(%\(\w+\)[a-z]|%[a-z%]|\{\w*\}|<[^>]*>|&#?\w+;)")
"""Placeholders, tags and entities: what a translator keeps, too."""

PATTERNS = [r"urn:uuid:[0-9a-f…-]+", r"[0-9a-f]{32,}", r"CE-\d+", r"resolve/\d"]
"""What is read letter by letter and is in no language."""

FOREIGN = """(data) => {
  const own = /[\\u05d0-\\u05ea]/, latin = /[A-Za-z]{2}/;
  const known = new RegExp(data.join("|"), "g");
  const page = document.documentElement.lang;
  const wrong = new Set();
  const look = (text, at, where) => {
    const of = at.closest("[lang]").lang;
    const said = text.replace(known, "");
    const isData = at.closest("[dir=auto], [translate=no], bdi");
    if (of === page && !own.test(said) && latin.test(said) && !isData)
      wrong.add(`not translated, or not marked as English: ${where}: ${text.trim().slice(0, 90)}`);
    if (of !== page && own.test(text))
      wrong.add(`ours, but marked as ${of}: ${where}: ${text.trim().slice(0, 60)}`);
  };
  const search = (root, at) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.nodeType === 3 ? node.parentElement || at : node;
      const near = element.closest("[lang]") ? element : at;
      if (node.nodeType === 3) {
        const isRead = !element.matches("script, style, textarea, title, kbd");
        if (isRead) look(node.nodeValue, near, element.tagName);
        continue;
      }
      if (node instanceof HTMLTemplateElement) search(node.content, node);
      for (const { name, value } of node.attributes) {
        const isWords = ["aria-label", "alt", "placeholder"].includes(name) ||
          (name === "title" && !element.hasAttribute("aria-label")) ||
          (name.startsWith("data-") && /[a-z] [a-z]/i.test(value));
        if (isWords) look(value, near, `${element.tagName} ${name}`);
      }
    }
  };
  search(document.documentElement, document.documentElement);
  return [...wrong];
}"""


def invented(text: str) -> str:
    """A sentence in the invented language, its placeholders as they were."""
    parts = KEPT.split(text)
    return "".join(
        part if place % 2 else "".join(HEBREW.get(letter.lower(), letter) for letter in part)
        for place, part in enumerate(parts)
    )


def write(folder: Path) -> None:
    """Make the compiled catalogue of the invented language, of all that the sources say now."""
    place = folder / CODE / catalogue.PLACE
    place.parent.mkdir(parents=True)
    place.write_text("")
    made = catalogue.read(place, CODE)
    made.fuzzy = False
    for one in catalogue.messages(catalogue.extracted()):
        forms = one.id if isinstance(one.id, tuple) else None
        words = (
            tuple(invented(forms[min(n, 1)]) for n in range(made.num_plurals))
            if forms
            else invented(one.id)
        )
        made.add(one.id, words, context=one.context)
    catalogue.compile_(place, made)


def foreign(page: Page, data: list[str]) -> list[str]:
    """What on the page is not in the page's language, and does not say so; `data` is nobody's."""
    found: list[str] = page.evaluate(FOREIGN, [*PATTERNS, *map(re.escape, data)])
    return found


def speak(page: Page, url: str) -> None:
    """From now on this browser asks for the invented language."""
    page.context.add_cookies([{"name": COOKIE, "value": CODE, "url": url}])


def speak_english(page: Page) -> None:
    """From now on this browser asks for English again."""
    page.context.clear_cookies(name=COOKIE)
