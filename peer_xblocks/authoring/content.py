"""Renders an author's Markdown as HTML that is safe to show, and makes other people's HTML safe.

Pure and without a cache of its own: rendering takes some milliseconds, so `compat.cached` keeps
results.
"""

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from peer_xblocks.core.lesson import Source

ASIDES = ("well", "badly", "try", "note")
"""The kinds of `!!!` blocks."""

_TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "blockquote", "div", "aside", "span"),
    *("ul", "ol", "li", "dl", "dt", "dd", "a", "img", "figure", "figcaption", "pre", "code"),
    *("strong", "b", "em", "i", "u", "s", "del", "ins", "mark", "small", "sub", "sup"),
    *("kbd", "abbr", "cite", "q", "caption"),
    *("table", "thead", "tbody", "tfoot", "tr", "th", "td"),
}
_ATTRIBUTES = {
    "*": {"lang", "dir", "title"},
    "a": {"href", "hreflang"},
    "img": {"src", "alt", "width", "height"},
    "th": {"colspan", "rowspan", "scope", "align", "role"},
    "td": {"colspan", "rowspan", "align", "role", "data-label"},
    "ol": {"start", "type"},
    "div": {"tabindex", "role", "aria-label"},
    **{part: {"role"} for part in ("table", "thead", "tbody", "tr")},
}
_CLASSES = {
    "aside": {"px-aside", *(f"px-aside--{kind}" for kind in ASIDES)},
    "p": {"px-aside__title"},
    "div": {"px-table", "px-table--stacks"},
    "blockquote": {"px-quote--badly"},
    "sup": {"px-cite"},
}


def render(markdown: str, sources: Sequence[Source] = (), id_prefix: str = "") -> str:
    """The HTML of a Markdown text, sanitised.

    `[@id]` becomes a raised number that links to `#{id_prefix}source-{id}`, counted in the order of
    `sources`; the page that shows the list of sources sets these ids. A citation of an unknown
    source stays as it was written.
    """
    numbers = {source.id: number for number, source in enumerate(sources, start=1)}
    converter = Markdown(
        extensions=["tables", "attr_list", "admonition", "sane_lists", _Ours(numbers, id_prefix)],
        output_format="html",
    )
    return sanitise(converter.convert(markdown))


def sanitise(html: str) -> str:
    """HTML without anything that could run, load unseen or leave its place on the page."""
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
        clean_content_tags={"script", "style"},
        strip_comments=True,
    )


class _Ours(Extension):
    """What this course adds to Markdown: citations, kinds of asides, tables that scroll."""

    def __init__(self, numbers: dict[str, int], id_prefix: str) -> None:
        super().__init__()
        self._numbers = numbers
        self._id_prefix = id_prefix

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        citation = _Citation(r"\[@([a-z0-9-]{1,64})\]", md)
        citation.numbers = self._numbers
        citation.id_prefix = self._id_prefix
        md.inlinePatterns.register(citation, "citation", 175)
        md.treeprocessors.register(_Shapes(md), "shapes", 5)


class _Citation(InlineProcessor):
    """`[@id]`."""

    numbers: dict[str, int]
    id_prefix: str

    def handleMatch(  # type: ignore[override] # noqa: N802 - the library's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        number = self.numbers.get(m[1])
        if number is None:
            return None, None, None
        raised = Element("sup", {"class": "px-cite"})
        link = SubElement(raised, "a", {"href": f"#{self.id_prefix}source-{m[1]}"})
        link.text = str(number)
        return raised, m.start(0), m.end(0)


class _Shapes(Treeprocessor):
    """Gives asides and tables the elements and classes of our stylesheet."""

    def run(self, root: Element) -> None:
        for element in list(root.iter("div")):
            classes = (element.get("class") or "").split()
            if "admonition" in classes:
                self._aside(element, classes)
        for quote in root.iter("blockquote"):
            if "badly" in (quote.get("class") or "").split() or _ends_badly(quote):
                quote.set("class", "px-quote--badly")
        for parent in list(root.iter()):
            for place, child in enumerate(list(parent)):
                if child.tag == "table":
                    parent[place] = _scrolling(child)

    def _aside(self, element: Element, classes: list[str]) -> None:
        kind = next((c for c in classes if c in ASIDES), "note")
        element.tag = "aside"
        element.set("class", f"px-aside px-aside--{kind}")
        for child in element:
            if child.get("class") == "admonition-title":
                child.set("class", "px-aside__title")


def _ends_badly(quote: Element) -> bool:
    """Whether the class stands below a quote: Markdown gives it to the last paragraph."""
    return len(quote) > 0 and "badly" in (quote[-1].get("class") or "").split()


_ROLES = {
    "table": "table",
    "thead": "rowgroup",
    "tbody": "rowgroup",
    "tr": "row",
    "th": "columnheader",
    "td": "cell",
}
"""Said aloud as well: on a phone the rows stand as blocks, and a browser may then forget them."""


def _scrolling(table: Element) -> Element:
    """A table in a box that a keyboard can reach and scroll, named after its columns.

    Each cell carries its column's name: on a phone a row becomes a list of named things.
    """
    columns = ["".join(cell.itertext()).strip() for cell in table.iter("th")]
    for element in table.iter():
        if role := _ROLES.get(element.tag):
            element.set("role", role)
    for cell in table.iter("th"):
        cell.set("scope", "col")
    for row in table.iter("tr"):
        for column, cell in zip(columns, row.iter("td"), strict=False):
            cell.set("data-label", column)
    name = ", ".join(column for column in columns if column) or "–"
    box = Element(
        "div",
        {
            "class": "px-table px-table--stacks",
            "tabindex": "0",
            "role": "region",
            "aria-label": name,
        },
    )
    box.append(table)
    box.tail, table.tail = table.tail, None
    return box
