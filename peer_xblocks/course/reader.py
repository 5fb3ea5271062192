"""Reads an OLX archive or folder as Studio would: pointers, policies, inline blocks."""

import json
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

from lxml import etree

from peer_xblocks.authoring import content, olx_form
from peer_xblocks.core.problem import Problem, ProblemsError
from peer_xblocks.course.archive import read_folder, unpack
from peer_xblocks.course.outline import Block, Chapter, Outline, Section, Unit

Element = etree._Element

_STAFF_ONLY = "visible_to_staff_only"

MAX_DEPTH = 4
"""How many pointers may lead to one another."""


def read(archive: Path) -> Outline:
    """The outline of a course archive (.tar.gz) or of its unpacked folder. Raises ProblemsError."""
    texts = read_folder(archive) if archive.is_dir() else unpack(archive)
    return _Reading(archive.name, texts).outline()


class _Reading:
    """One reading of the texts of a course."""

    def __init__(self, name: str, texts: dict[str, bytes]) -> None:
        self._name = name
        self._texts = texts
        self._policy: dict[str, Any] = {}

    def outline(self) -> Outline:
        root = self._parsed("course.xml")
        org, number = root.get("org"), root.get("course")
        if root.tag != "course" or not org or not number or not root.get("url_name"):
            sentence = "<course> needs org, course and url_name."
            raise self._refused("course.xml", "course", sentence)
        run = root.get("url_name", "")
        self._policy = self._read_policy(run)
        course = self._followed(root, {"org", "course", "url_name"})
        facts = {
            **{str(k): str(v) for k, v in course.attrib.items()},
            **self._settings("course", run),
        }
        return Outline(
            key=f"course-v1:{org}+{number}+{run}",
            title=str(facts.get("display_name") or number),
            start=_moment(facts.get("start")),
            end=_moment(facts.get("end")),
            language=str(facts.get("language") or ""),
            overview=self._overview(),
            chapters=tuple(self._chapter(c) for c in course.iterchildren("chapter")),
        )

    def _overview(self) -> str:
        """The about page, sanitised; "" where the course has none."""
        text = self._texts.get("about/overview.html", b"")
        return content.sanitise(text.decode("utf-8", errors="replace")) if text else ""

    def _chapter(self, pointer: Element) -> Chapter:
        name, element = self._open(pointer)
        hidden = self._is_hidden(element, self._settings("chapter", name))
        sections = tuple(self._section(s, hidden) for s in element.iterchildren("sequential"))
        return Chapter(url_name=name, title=self._title(element, name), sections=sections)

    def _section(self, pointer: Element, hidden: bool) -> Section:
        name, element = self._open(pointer)
        facts = self._settings("sequential", name)
        hidden = hidden or self._is_hidden(element, facts)
        graded = str(facts.get("graded", element.get("graded", "false"))).lower() == "true"
        return Section(
            url_name=name,
            title=self._title(element, name),
            format=str(facts.get("format", element.get("format", ""))),
            graded=graded,
            units=tuple(
                self._unit(child, hidden) for child in element.iterchildren(tag=etree.Element)
            ),
        )

    def _unit(self, pointer: Element, hidden: bool) -> Unit:
        if pointer.tag != "vertical":  # older courses hang a block into a sequential directly
            block = self._block(pointer)
            title = block.title or block.tag
            return Unit(url_name=block.url_name, title=title, staff_only=hidden, blocks=(block,))
        name, element = self._open(pointer)
        hidden = hidden or self._is_hidden(element, self._settings("vertical", name))
        blocks = tuple(self._block(child) for child in element.iterchildren(tag=etree.Element))
        title = self._title(element, name)
        return Unit(url_name=name, title=title, staff_only=hidden, blocks=blocks)

    def _is_hidden(self, element: Element, facts: dict[str, Any]) -> bool:
        """Whether something, and so all that is in it, is for staff alone."""
        found = facts.get(_STAFF_ONLY, element.get(_STAFF_ONLY, "false"))
        return str(found).lower() == "true"

    def _block(self, pointer: Element) -> Block:
        name, element = self._open(pointer)
        return Block(
            tag=str(element.tag),
            url_name=name,
            title=str(element.get("display_name") or ""),
            staff_only=self._is_hidden(element, self._settings(str(element.tag), name)),
            element_xml=etree.tostring(element, encoding="utf-8", with_tail=False),
            html=content.sanitise(self._html(element)) if element.tag == "html" else None,
        )

    def _html(self, element: Element) -> str:
        filename = element.get("filename")
        if filename and not len(element) and not (element.text or "").strip():
            path = f"html/{filename.replace(':', '/')}.html"
            if path not in self._texts:
                raise self._refused(path, "missing-file", "This file is named but missing.")
            return self._texts[path].decode("utf-8", errors="replace")
        inside = [etree.tostring(child, encoding="unicode", method="html") for child in element]
        # Text of an html element is markup in CDATA, unless it stands beside real elements.
        text = element.text or ""
        return (escape(text) if inside else text) + "".join(inside)

    def _open(self, pointer: Element) -> tuple[str, Element]:
        """The url_name of an element, and the element that a pointer leads to."""
        element = self._followed(pointer, {"url_name"})
        return pointer.get("url_name") or element.get("url_name") or "", element

    def _followed(self, element: Element, mark: set[str], depth: int = 0) -> Element:
        is_pointer = (
            set(element.attrib) == mark and not len(element) and not (element.text or "").strip()
        )
        path = f"{element.tag}/{element.get('url_name', '').replace(':', '/')}.xml"
        if not is_pointer or (path not in self._texts and element.tag not in _CONTAINERS):
            return element  # an empty block without a file stands for itself
        if path not in self._texts:
            raise self._refused(path, "missing-file", "This file is named but missing.")
        if depth >= MAX_DEPTH:
            raise self._refused(path, "pointer", "This only points on and on.")
        found = self._parsed(path)
        if found.tag != element.tag:
            sentence = f"<{found.tag}> stands here in place of <{element.tag}>."
            raise self._refused(path, "pointer", sentence)
        return found if depth else self._followed(found, mark, depth + 1)

    def _parsed(self, path: str) -> Element:
        if path not in self._texts:
            raise self._refused(path, "missing-file", "This file is missing.")
        return olx_form.parse(self._texts[path], f"{self._name}/{path}")

    def _read_policy(self, run: str) -> dict[str, Any]:
        path = f"policies/{run}/policy.json"
        if path not in self._texts:
            return {}
        try:
            found = json.loads(self._texts[path])
        except (ValueError, RecursionError):
            raise self._refused(path, "syntax", "This is not JSON.") from None
        return found if isinstance(found, dict) else {}

    def _settings(self, tag: str, name: str) -> dict[str, Any]:
        found = self._policy.get(f"{tag}/{name}")
        return found if isinstance(found, dict) else {}

    def _title(self, element: Element, name: str) -> str:
        facts = self._settings(str(element.tag), name)
        return str(facts.get("display_name") or element.get("display_name") or name)

    def _refused(self, path: str, code: str, sentence: str) -> ProblemsError:
        file = f"{self._name}/{path}"
        return ProblemsError([Problem(file=file, code=code, sentence=sentence)])


_CONTAINERS = ("course", "chapter", "sequential", "vertical")


def _moment(text: Any) -> datetime | None:
    """A moment as the platform writes it, at times in quotes; None for none and for nonsense."""
    try:
        return datetime.fromisoformat(str(text).strip('"')) if text else None
    except ValueError:
        return None
