"""What Markdown becomes on a page, and what never gets there."""

from datetime import date

import pytest

from peer_xblocks.authoring.content import render, sanitise
from peer_xblocks.core.lesson import Source

SOURCES = (
    Source(id="one", title="One", as_of=date(2026, 1, 1), status="checked"),
    Source(id="two", title="Two", as_of=date(2026, 1, 1), status="checked"),
)


def test_a_citation_links_to_its_source():
    """`[@id]` is a raised number in the order of the sources, leading to the source on the page."""
    html = render("So it is [@two].", SOURCES, id_prefix="b1-")
    assert '<sup class="px-cite"><a href="#b1-source-two"' in html
    assert ">2</a></sup>" in html


def test_an_unknown_citation_stays_as_written():
    """A citation without a source is shown rather than dropped."""
    assert "[@three]" in render("So it is [@three].", SOURCES)


def test_a_citation_in_code_is_code():
    """What stands in backticks is not a citation."""
    assert "<code>[@one]</code>" in render("Write `[@one]`.", SOURCES)


@pytest.mark.parametrize("kind", ["well", "badly", "try", "note"])
def test_a_block_becomes_an_aside(kind):
    """A `!!!` block is an aside of its kind with a title."""
    html = render(f'!!! {kind} "A *title*"\n    **Dana:** Hi.\n\n    **You:** Hello.\n')
    assert html.startswith(f'<aside class="px-aside px-aside--{kind}">')
    assert '<p class="px-aside__title">A <em>title</em></p>' in html
    assert html.count("<p>") == 2


def test_a_table_can_be_scrolled_by_keyboard():
    """Each table stands in a region that takes focus and is named after its columns."""
    html = render("| a | b |\n| --- | --- |\n| 1 | 2 |\n")
    assert 'class="px-table px-table--stacks"' in html
    assert 'role="region"' in html and 'tabindex="0"' in html
    assert 'aria-label="a, b"' in html
    assert html.count('scope="col"') == 2


def test_a_cell_says_which_column_it_stands_in():
    """On a phone rows stand as blocks: each cell names its column, and roles keep it a table."""
    html = render("| a | *b* |\n| --- | --- |\n| 1 | 2 |\n")
    assert '<td data-label="a" role="cell">1</td>' in html
    assert '<td data-label="b" role="cell">2</td>' in html
    assert '<table role="table">' in html and html.count('role="row"') == 2


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "<a href='data:text/html,x'>x</a>",
        "<iframe src='https://example.org'></iframe>",
        "<style>body{}</style>",
        "<svg onload=alert(1)>",
        "![x](/static/a.png){: onclick=alert(1) style=position:fixed id=main }",
        "<form action=x><input name=y></form>",
        "<div role=alert style='position:fixed'>x</div>",
    ],
)
def test_nothing_that_runs_gets_through(text):
    """Scripts, handlers, frames, forms, styles and ids of an author's text are gone."""
    html = render(text)
    for part in (
        "script",
        "onerror",
        "onclick",
        "onload",
        "<iframe",
        "style",
        "<form",
        "<input",
        " id=",
        "data:",
    ):
        assert part not in html


def test_markup_in_text_is_text():
    """Comparison signs, ampersands and quotes stay what they are."""
    assert render('1 < 2 & "three"') == '<p>1 &lt; 2 &amp; "three"</p>'


def test_headings_keep_their_level():
    """A heading of level 2 stays one; a heading of level 1 in foreign HTML is taken as text."""
    assert render("## Two\n\n### Three") == "<h2>Two</h2>\n<h3>Three</h3>"
    assert sanitise("<h1>One</h1>") == "One"
