"""The page that lists what the course rests on, and what nobody has checked yet."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from peer_xblocks.core.certification import Profile
from peer_xblocks.core.lesson import Source as Cited
from peer_xblocks.course.files import Source
from peer_xblocks.course.pages.table import table
from peer_xblocks.course.sources import Sources

_INTRO = """# Sources

What the course rests on. *Checked* means that one of us read the page or paper on the day given;
*recalled* means that it is known but was not read again, so nobody should rely on it before
somebody has. Texts are paraphrases of ours."""


@dataclass
class _Entry:
    """One source, however many files cite it."""

    cited: Cited
    files: list[Source[Any]] = field(default_factory=list)


def page(sources: Sources, profiles: list[Profile]) -> str:
    """The whole page."""
    entries = _entries(sources)
    recalled = [one for one in entries if one.cited.status == "recalled"]
    checked = [one for one in entries if one.cited.status == "checked"]
    lines = [_INTRO, "", "## What stays unchecked", "", *_unchecked(sources, recalled, profiles)]
    lines += ["", "## Recalled sources", "", *_table(recalled)]
    lines += ["", "## Checked sources", "", *_table(checked)]
    lines += ["", "## Facts that age", "", *_facts(sources)]
    lines += ["", "## Certification profiles", "", *_profiles(profiles)]
    return "\n".join(lines) + "\n"


def _entries(sources: Sources) -> list[_Entry]:
    """Every source, by author and title; of two with one name the one that was recalled counts."""
    found: dict[tuple[str, str], _Entry] = {}
    for one in _pages(sources):
        for cited in one.value.sources:
            _note(found, cited, one)
    for scenario in sources.scenarios:
        for cited in scenario.value.scenario.sources:
            _note(found, cited, scenario)
    return [found[key] for key in sorted(found, key=lambda key: tuple(map(str.casefold, key)))]


def _pages(sources: Sources) -> list[Source[Any]]:
    return [*sources.lessons, *sources.guides]


def _note(found: dict[tuple[str, str], _Entry], cited: Cited, file: Source[Any]) -> None:
    entry = found.setdefault((cited.author, cited.title), _Entry(cited))
    if cited.status == "recalled":
        entry.cited = cited
    entry.files.append(file)


def _unchecked(sources: Sources, recalled: list[_Entry], profiles: list[Profile]) -> Iterator[str]:
    total = len(_entries(sources))
    yield f"- **Sources:** {len(recalled)} of {total} are recalled; they are listed below."
    competencies = sources.competencies
    if competencies:
        names = [one.id for one in competencies if one.status == "recall_verify"]
        listed = f": {', '.join(names)}" if names else ""
        yield (
            f"- **Competencies:** {len(names)} of {len(competencies)} statements are paraphrased "
            f"from memory of the published list{listed}."
        )
    facts = sources.facts.value.facts if isinstance(sources.facts, Source) else ()
    names = [fact.id for fact in facts if fact.status == "recalled"]
    yield f"- **Facts:** {len(names)} of {len(facts)} are recalled{_listed(names)}."
    doubtful = [one.name for one in profiles if one.confidence != "high"]
    yield (
        f"- **Certification profiles:** {len(doubtful)} of {len(profiles)} are of medium or low "
        f"confidence as a whole{_listed(doubtful)}."
    )


def _listed(names: list[str]) -> str:
    return f": {', '.join(names)}" if names else ""


def _table(entries: list[_Entry]) -> list[str]:
    if not entries:
        return ["None."]
    return table(
        ["Source", "Author", "As of", "Cited in"],
        (
            (
                _named(one.cited.title, one.cited.url),
                one.cited.author or "–",
                str(one.cited.as_of),
                ", ".join(_short(file) for file in one.files),
            )
            for one in entries
        ),
    )


def _facts(sources: Sources) -> list[str]:
    if not isinstance(sources.facts, Source):
        return ["None."]
    pages = _pages(sources)
    head = ["Fact", "What it is", "As of", "Holds until", "Status", "Source", "Used in"]
    rows = []
    for fact in sources.facts.value.facts:
        used = [_short(one) for one in pages if fact.id in {other.id for other in one.value.facts}]
        author = f"{fact.source.author}. " if fact.source.author else ""
        source = author + _named(fact.source.title, fact.source.url)
        until = str(fact.valid_until) if fact.valid_until else "–"
        words = f"`{fact.id}` {fact.text}"
        row = (words, fact.about, str(fact.as_of), until, fact.status, source, ", ".join(used))
        rows.append(row)
    return table(head, rows)


def _profiles(profiles: list[Profile]) -> list[str]:
    head = ["Profile", "Confidence", "Pages", "Read on", "Not found"]
    rows = (
        (
            f"[{one.name}](../../curriculum/certification/{one.key}.yaml)",
            one.confidence.value,
            ", ".join(_named(source.title, source.url) for source in one.sources),
            str(min(source.as_of for source in one.sources)),
            "; ".join(one.unknown) or "–",
        )
        for one in sorted(profiles, key=lambda one: one.name)
    )
    return table(head, rows) if profiles else ["None."]


def _named(title: str, url: str) -> str:
    return f"[{title}]({url})" if url else title


def _short(source: Source[Any]) -> str:
    """A file by its module and name, as a link."""
    folder, _, name = source.file.removeprefix("curriculum/").partition("/")
    words = f"{folder.split('-')[0]} {name.rpartition('/')[2].rpartition('.')[0]}"
    return f"[{words}](../../{source.file})"
