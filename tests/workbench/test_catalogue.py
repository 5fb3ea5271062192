"""The one catalogue: it holds what the sources say, and what is translated reaches the pages."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from django.conf import settings

from peer_xblocks.standalone import catalogue
from peer_xblocks.standalone.languages import PACKAGED

CATALOGUES = sorted(PACKAGED.glob(f"*/{catalogue.PLACE.as_posix()}"))
ROOT = Path(__file__).parents[2]
SPANISH = [place for place in CATALOGUES if place.parents[1].name == "es"]


def sentences(messages) -> set[tuple[str | None, str]]:
    """Sentences as they are looked up: context and both forms."""
    return {(one.context, str(one.id)) for one in messages}


@pytest.fixture(scope="module")
def now():
    """What the sources say."""
    return sentences(catalogue.messages(catalogue.extracted()))


@pytest.mark.parametrize("place", CATALOGUES, ids=lambda place: place.parents[1].name)
def test_a_catalogue_holds_what_the_sources_say(place: Path, now):
    """No sentence is missing and none is left over; `make messages` mends it."""
    kept = sentences(catalogue.messages(catalogue.read(place)))
    assert (now - kept, kept - now) == (set(), set()), (
        "run `make messages`, and commit what it writes"
    )


@pytest.mark.parametrize("place", CATALOGUES, ids=lambda place: place.parents[1].name)
def test_what_is_compiled_is_what_is_translated(place: Path):
    """The compiled file holds exactly the finished translations of the file beside it."""
    done = by_sentence(catalogue.translated(catalogue.read(place)))
    compiled = place.with_suffix(".mo")
    if not compiled.exists():
        assert not done
        return
    with compiled.open("rb") as file:
        held = by_sentence(catalogue.messages(read_mo(file)))
    assert held == done, "run `make messages`, and commit what it writes"


def by_sentence(messages) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Translations by their sentence; one of a kind for one and one for many have two each."""
    return {forms(one.id): forms(one.string) for one in messages}


def forms(said: object) -> tuple[str, ...]:
    """A sentence as Babel has it, which gives plurals as a list or a tuple."""
    return (said,) if isinstance(said, str) else tuple(said)


def test_there_is_a_template_and_a_spanish_catalogue():
    """English holds every sentence and no translation; Spanish is there to be filled."""
    assert SPANISH
    template = catalogue.read(PACKAGED / catalogue.TEMPLATE / catalogue.PLACE)
    assert not catalogue.translated(template)


def test_sentences_are_found_in_python_and_in_templates(tmp_path: Path):
    """Lazy, plural and with a context, in a template also inside text and attributes."""
    package = tmp_path / "package"
    package.mkdir()
    (package / "words.py").write_text(
        'A = _("One")\nB = gettext_lazy("Two")\nC = ngettext("%(n)d day", "%(n)d days", n)\n'
        'D = pgettext("a month", "May")\nE = other("Five")\n'
    )
    (package / "page.html").write_text(
        "{% load i18n %}\n  <p title=\"{% trans 'Six' %}\">it's {% blocktrans count n=n %}{{ n }} "
        "bit{% plural %}{{ n }} bits{% endblocktrans %}</p>\n      {% trans 'Seven' %}\n"
    )
    found = sentences(catalogue.messages(catalogue.extracted(package)))
    assert found == {
        (None, "One"),
        (None, "Two"),
        (None, "('%(n)d day', '%(n)d days')"),
        ("a month", "May"),
        (None, "Six"),
        (None, "('%(n)s bit', '%(n)s bits')"),
        (None, "Seven"),
    }


def test_a_translation_outlives_the_next_extraction(tmp_path: Path):
    """What is translated stays and is compiled; an untranslated language has no compiled file."""
    place = tmp_path / "de" / catalogue.PLACE
    place.parent.mkdir(parents=True)
    place.write_text("")
    assert catalogue.refresh(tmp_path)["de"][0] == 0
    assert not place.with_suffix(".mo").exists()
    written = place.read_text(encoding="utf-8")
    place.write_text(
        written.replace('msgid "Notices"\nmsgstr ""', 'msgid "Notices"\nmsgstr "Hinweise"')
    )
    assert catalogue.refresh(tmp_path)["de"][0] == 1
    with place.with_suffix(".mo").open("rb") as file:
        assert read_mo(file).get("Notices").string == "Hinweise"
    before = place.read_bytes()
    catalogue.refresh(tmp_path)
    assert place.read_bytes() == before


def test_our_catalogue_stands_behind_those_of_the_site():
    """Django finds it without a setting, and a site's own words win."""
    assert list(settings.LOCALE_PATHS)[-1] == PACKAGED


def test_our_sentences_call_a_trainee_a_trainee(now):
    """Nobody who trains with us is a student or a learner."""
    assert not [one for _, one in now if re.search(r"\b(student|learner)", one, re.IGNORECASE)]


def test_no_sentence_hides_in_an_f_string():
    """Before Python 3.12 what stands in one is not found by whoever collects the sentences."""
    words = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext"}
    hidden = [
        f"{path}:{call.lineno}"
        for path in (ROOT / "peer_xblocks").rglob("*.py")
        for joined in ast.walk(ast.parse(path.read_text()))
        if isinstance(joined, ast.JoinedStr)
        for call in ast.walk(joined)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in words
    ]
    assert hidden == []
