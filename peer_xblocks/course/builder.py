"""Writes a Course as the OLX folder and archive that Studio imports.

Our blocks stand inline in their unit: for a plain XBlock a pointer file would import as an empty
block, without an error. The names of chapters, sections and units follow from the names that
authors gave, so that learners' state keeps its place.
"""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lxml import etree

from peer_xblocks.authoring import content, dialogue, lesson, library, plan, portfolio, role_play
from peer_xblocks.core.course import Course, Module
from peer_xblocks.core.framework import Framework
from peer_xblocks.core.portfolio import Portfolio
from peer_xblocks.core.problem import Problem, ProblemsError
from peer_xblocks.course import dialogue_page, guide_page
from peer_xblocks.course.archive import pack
from peer_xblocks.course.links import UNIT

Element = etree._Element

KNOWLEDGE_CHECK = "Knowledge check"
ROLE_PLAY = "Role play"
COURSE_IMAGE = "course_image.png"
BLOCKS = (lesson.TAG, dialogue.TAG, plan.TAG, role_play.TAG, portfolio.TAG)

FOLDER = "course"
ARCHIVE = "course.tar.gz"


@dataclass(frozen=True)
class _Section:
    """A sequential to be written: its own facts, and the titled activities of its units."""

    url_name: str
    title: str
    format: str
    graded: bool
    activities: tuple[Element, ...]
    staff_only: bool = False


def build(course: Course, out: Path, static: Path | None = None) -> Path:
    """Writes `out`/course and `out`/course.tar.gz and returns the archive.

    Two builds are the same byte for byte.

    `static` is the folder of images and handouts with the course image in it; without it, that of
    the library. Raises ProblemsError.
    """
    pictures: Path = library.curriculum() / "static" if static is None else static
    if not (pictures / COURSE_IMAGE).is_file():
        sentence = "The picture of the course is missing."
        raise ProblemsError(
            [
                Problem(
                    file=f"{pictures.name}/{COURSE_IMAGE}", code="missing-file", sentence=sentence
                )
            ]
        )
    folder = out / FOLDER
    _clear(folder)
    for name, data in _files(course):
        _write(folder / name, data)
    for path in sorted(pictures.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            _write(folder / "static" / path.relative_to(pictures), path.read_bytes())
    for module in course.modules:
        for talk in module.dialogues:
            _write(folder / "static" / dialogue_page.picture(talk), dialogue_page.svg_of(talk))
    archive = out / ARCHIVE
    pack(folder, archive)
    return archive


def _clear(folder: Path) -> None:
    """Removes an earlier build, and nothing that was not one."""
    if folder.exists() and not (folder / "course.xml").is_file():
        sentence = f'There is something else in "{folder}".'
        hint = "Choose another folder, or remove it yourself."
        raise ProblemsError(
            [Problem(file=str(folder), code="not-empty", sentence=sentence, hint=hint)]
        )
    shutil.rmtree(folder, ignore_errors=True)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _files(course: Course) -> Iterator[tuple[str, bytes]]:
    yield "course.xml", _xml("course", url_name=course.run, org=course.org, course=course.number)
    chapters = [_pointer("chapter", module.url_name) for module in course.modules]
    if course.portfolio:
        chapters.append(_pointer("chapter", f"chapter-{course.portfolio.url_name}"))
    yield f"course/{course.run}.xml", _xml("course", chapters)
    for module in course.modules:
        yield from _chapter(module, course.framework)
    if course.portfolio:
        yield from _last_chapter(course.portfolio)
    yield f"policies/{course.run}/policy.json", _json(_policy(course))
    yield f"policies/{course.run}/grading_policy.json", _json(_grading(course))
    yield "policies/assets.json", _json({})
    yield "about/overview.html", (content.render(course.overview) + "\n").encode()
    yield "about/short_description.html", (course.short_description + "\n").encode()


def _chapter(module: Module, framework: Framework) -> Iterator[tuple[str, bytes]]:
    sections = list(_sections(module))
    pointers = [_pointer("sequential", section.url_name) for section in sections]
    is_hidden = all(section.staff_only for section in sections)
    whole = {"visible_to_staff_only": "true"} if is_hidden else {}
    yield (
        f"chapter/{module.url_name}.xml",
        _xml("chapter", pointers, display_name=module.title, **whole),
    )
    for section in sections:
        names = [f"{UNIT}{activity.get('url_name')}" for activity in section.activities]
        hidden = {"visible_to_staff_only": "true"} if section.staff_only else {}
        grading = {"format": section.format, "graded": "true" if section.graded else "false"}
        facts = hidden if section.staff_only else (grading if section.format else {})
        units = [_pointer("vertical", name) for name in names]
        yield (
            f"sequential/{section.url_name}.xml",
            _xml("sequential", units, display_name=section.title, **facts),
        )
        for name, activity in zip(names, section.activities, strict=True):
            title = activity.get("display_name", "")
            unit = _xml("vertical", [activity], display_name=title, **hidden)
            yield f"vertical/{name}.xml", unit
    for guide in module.guides:
        yield f"html/{guide.url_name}.html", (guide_page.html_of(guide) + "\n").encode()
    for talk in module.dialogues:
        page = dialogue_page.html_of(talk, framework)
        yield f"html/{dialogue_page.name_of(talk)}.html", (page + "\n").encode()


def _last_chapter(written: Portfolio) -> Iterator[tuple[str, bytes]]:
    """The portfolio stands alone at the end, below no module."""
    name, title = written.url_name, written.title
    chapter, section, unit = f"chapter-{name}", f"section-{name}", f"{UNIT}{name}"
    sections = [_pointer("sequential", section)]
    yield f"chapter/{chapter}.xml", _xml("chapter", sections, display_name=title)
    units = [_pointer("vertical", unit)]
    yield f"sequential/{section}.xml", _xml("sequential", units, display_name=title)
    block = portfolio.to_olx(written)
    yield f"vertical/{unit}.xml", _xml("vertical", [block], display_name=title)


def _sections(module: Module) -> Iterator[_Section]:
    """Lessons together, dialogues and plans together as practice without a grade; each role play
    alone, as one assessment for each graded section.

    Last, what only trainers see.
    """
    if module.lessons:
        yield _Section(
            f"section-{module.url_name}-lessons",
            module.title,
            KNOWLEDGE_CHECK,
            any(one.checks for one in module.lessons),
            tuple(lesson.to_olx(one) for one in module.lessons),
        )
    if module.dialogues or module.plans:
        yield _Section(
            f"section-{module.url_name}-practice",
            f"Practice: {module.title}",
            "",
            False,
            (
                *(dialogue.to_olx(one) for one in module.dialogues),
                *(plan.to_olx(one) for one in module.plans),
            ),
        )
    for one in module.role_plays:
        yield _Section(
            f"section-{one.url_name}",
            one.title,
            ROLE_PLAY,
            not one.formative,
            (role_play.to_olx(one),),
        )
    pages = [_html(one.url_name, one.title) for one in module.guides]
    pages += [
        _html(dialogue_page.name_of(one), f"Map of the talk: {one.title}")
        for one in module.dialogues
    ]
    if pages:
        name = f"section-{module.url_name}-guides"
        has_more = module.lessons or module.dialogues or module.plans or module.role_plays
        title = f"For trainers: {module.title}" if has_more else module.title
        yield _Section(name, title, "", False, tuple(pages), staff_only=True)


def _html(url_name: str, title: str) -> Element:
    """The platform's own html block, whose text stands in a file beside it."""
    element = _pointer("html", url_name)
    element.set("display_name", title)
    element.set("filename", url_name)
    return element


def _policy(course: Course) -> dict[str, Any]:
    return {
        f"course/{course.run}": {
            "advanced_modules": list(BLOCKS),
            "course_image": COURSE_IMAGE,
            "display_name": course.title,
            "end": _moment(course.end),
            "language": course.language,
            "start": _moment(course.start),
        }
    }


def _grading(course: Course) -> dict[str, Any]:
    return {
        "GRADER": [
            {
                "drop_count": one.drop_count,
                "min_count": one.min_count,
                "short_label": one.short_label,
                "type": one.type,
                "weight": one.weight / 100,
            }
            for one in course.grading
        ],
        "GRADE_CUTOFFS": {"Pass": course.pass_at / 100},
    }


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _pointer(tag: str, url_name: str) -> Element:
    element = etree.Element(tag)
    element.set("url_name", url_name)
    return element


def _xml(tag: str, children: list[Element] | tuple[()] = (), **attributes: str) -> bytes:
    element = etree.Element(tag)
    for name, text in attributes.items():
        element.set(name, text)
    element.extend(children)
    etree.indent(element)
    return etree.tostring(element, encoding="utf-8") + b"\n"


def _json(data: dict[str, Any]) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
