"""The one catalogue of our sentences: taken from the sources, merged into languages, compiled.

For a checkout, with Babel installed; a site that runs reads the compiled files, not Babel.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from peer_xblocks.standalone.languages import PACKAGED

SOURCES = Path(__file__).parents[1]
PLACE = Path("LC_MESSAGES", "django.po")
TEMPLATE = "en"
"""The folder whose file holds every sentence and no translation, as Open edX has it."""
WIDTH = 120
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
COMMENTS = ("Translators:",)


def extracted(sources: Path = SOURCES) -> Catalog:
    """Every sentence that stands in Python or in a template below a folder, with its files."""
    found = Catalog(project="peer-xblocks", version="1", fuzzy=False, header_comment=_HEADER)
    for place in sorted(sources.rglob("*")):
        if place.suffix not in (".py", ".html", ".txt"):
            continue
        name = place.relative_to(sources.parent).as_posix()
        for _line, function, message, comments in _messages(place):
            wanted = _of(function, message)
            if wanted is not None:
                context, sentence = wanted
                found.add(sentence, None, [(name, 0)], auto_comments=comments, context=context)
    return found


def refresh(folder: Path = PACKAGED) -> dict[str, tuple[int, int]]:
    """Write what the sources say now into every file, and compile what is translated.

    For each language, how many sentences are translated, and of how many.
    """
    template = extracted()
    _write(folder / TEMPLATE / PLACE, template)
    counts = {}
    for place in sorted(folder.glob(f"*/{PLACE.as_posix()}")):
        code = place.parents[1].name
        if code == TEMPLATE:
            continue
        merged = _merged(read(place, code), template)
        _write(place, merged)
        compile_(place, read(place, code))  # as written: only a change of sentences dates it anew
        counts[code] = (len(translated(merged)), len(list(messages(merged))))
    return counts


def _merged(catalog: Catalog, template: Catalog) -> Catalog:
    """A language's catalogue with exactly the sentences of the template."""
    catalog.update(template)
    catalog.obsolete.clear()
    catalog.fuzzy = False  # else its head, and the plural rule in it, would not be compiled
    catalog.project, catalog.version = template.project, template.version
    catalog.header_comment = template.header_comment
    return catalog


def read(place: Path, code: str | None = None) -> Catalog:
    """The catalogue in a file."""
    with place.open("rb") as file:
        return read_po(file, locale=code)


def messages(catalog: Catalog) -> Iterator[Any]:
    """The sentences of a catalogue, without its header."""
    return (one for one in catalog if one.id)


def translated(catalog: Catalog) -> list[Any]:
    """The sentences that have a translation which somebody stands by."""
    return [
        one
        for one in messages(catalog)
        if not one.fuzzy and all(one.string if isinstance(one.string, tuple) else [one.string])
    ]


def compile_(place: Path, catalog: Catalog) -> None:
    """Write the compiled file beside a catalogue; none while nothing is translated."""
    compiled = place.with_suffix(".mo")
    if not translated(catalog):
        compiled.unlink(missing_ok=True)
        return
    made = io.BytesIO()
    write_mo(made, catalog)
    compiled.write_bytes(made.getvalue())


_HEADER = """\
# Sentences of peer-xblocks.
# This file is made from the sources by `make messages`; only translations are written by hand."""


def _messages(place: Path) -> Iterator[tuple[int, str, Any, list[str]]]:
    text = place.read_text(encoding="utf-8")
    if place.suffix != ".py":
        # What is no sentence becomes letters X; lines must not begin with space for the tokenizer.
        text = re.sub(r"^[ \t]+", "", templatize(text, origin=str(place)), flags=re.MULTILINE)
    return extract_python(
        io.BytesIO(text.encode()), list(KEYWORDS), COMMENTS, {"encoding": "utf-8"}
    )


def _of(function: str, message: Any) -> tuple[str | None, Any] | None:
    """The context and the sentence, or both forms of it, in a call; None for no sentence at all."""
    parts = message if isinstance(message, tuple) else (message,)
    places = KEYWORDS[function] or (1,)
    context, texts = None, []
    for one in places:
        number = one[0] if isinstance(one, tuple) else one
        said = parts[number - 1] if number <= len(parts) else None
        if not said:
            return None
        if isinstance(one, tuple):
            context = said
        else:
            texts.append(said)
    return context, texts[0] if len(texts) == 1 else tuple(texts)


def _write(place: Path, catalog: Catalog) -> None:
    """Write a file anew, if any sentence in it changed: a date alone is no change."""
    if place.exists() and _said(read(place)) == _said(catalog):
        return
    made = io.BytesIO()
    write_po(made, catalog, width=WIDTH, include_lineno=False, sort_by_file=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(made.getvalue())


def _said(catalog: Catalog) -> list[Any]:
    return sorted(
        (str(one.id), str(one.context), str(one.string or ""), sorted(n for n, _ in one.locations))
        for one in messages(catalog)
    )
