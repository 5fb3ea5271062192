"""The one mapping between any value and an XML element, lossless in both directions.

A short text, number, date, choice or yes/no is an attribute; prose is the text of a child; a nested
value is a child; a tuple is a child for each item, under the singular of its name. Members of a
union stand under their `kind`. What equals its default is left out.
"""

import types
import typing
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from lxml import etree
from pydantic import BaseModel

from peer_xblocks.authoring.refusals import Place, Written, did_you_mean, issubclass_safely
from peer_xblocks.authoring.source import FORBIDDEN, control_problem, value_of
from peer_xblocks.core.problem import Problem, ProblemsError
from peer_xblocks.core.value import OptionalProse, Prose

Model = TypeVar("Model", bound=BaseModel)
Element = etree._Element

_PROSE = (typing.get_args(Prose)[1], typing.get_args(OptionalProse)[1])
_IRREGULAR = {"criteria": "criterion"}


@dataclass(frozen=True)
class _Member:
    """How a field is written: `form` is attribute, prose, child, items (models) or texts."""

    name: str
    tag: str
    form: str
    models: tuple[type[BaseModel], ...]
    required: bool


def to_element(value: BaseModel, tag: str, attributes: dict[str, str] | None = None) -> Element:
    """The element of a value.

    `attributes` come first, beside the value's own. Raises ProblemsError.
    """
    element = etree.Element(tag)
    for name, text in (attributes or {}).items():
        element.set(name, _allowed(text))
    _write(value, element)
    return element


def from_element(
    model: type[Model], element: Element, file: str, more: dict[str, Any] | None = None
) -> Model:
    """The value of an element. `more` are members that are written elsewhere. Raises ProblemsError.

    Attributes of the element itself that the model does not know are left to others, as the
    platform adds its own; anything unknown further inside is a problem.
    """
    reading = Reading(file)
    data = reading.data_of(model, element, (), outermost=True)
    data.update(more or {})
    return reading.value(model, data)


def to_activity(value: Any, tag: str) -> Element:
    """The element of an activity: its title is what a platform calls `display_name`.

    Raises ProblemsError for characters that XML cannot hold.
    """
    names = {"url_name": value.url_name, "display_name": value.title}
    element = to_element(value, tag, names)
    del element.attrib["title"]
    return element


def from_activity(model: type[Model], element: Element, tag: str, file: str = "") -> Model:
    """The activity of an element, also of one that the platform wrote. Raises ProblemsError."""
    more = {"title": element.get("display_name")} if element.get("display_name") else {}
    return from_element(model, element, file or f"<{tag}>", more)


def parse(data: bytes, file: str) -> Element:
    """The root element of XML that came from outside: no entities, no document type, no network."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 0
        sentence = f"This is not well-formed XML ({error.msg})."
        raise ProblemsError(
            [Problem(file=file, line=line, code="syntax", sentence=sentence)]
        ) from None
    tree: Any = root.getroottree()
    if tree.docinfo.doctype:
        sentence = "A document type is refused, since it could pull in other files."
        raise ProblemsError([Problem(file=file, line=1, code="document-type", sentence=sentence)])
    return root


def _write(value: BaseModel, element: Element) -> None:
    for member in members_of(type(value)):
        found = getattr(value, member.name)
        if not member.required and found == type(value).model_fields[member.name].get_default():
            continue
        if member.form == "attribute":
            element.set(member.tag, _allowed(_text_of(found)))
        elif member.form == "prose":
            etree.SubElement(element, member.tag).text = _allowed(found)
        elif member.form == "child":
            _write(found, etree.SubElement(element, member.tag))
        elif member.form == "texts":
            for item in found:
                etree.SubElement(element, member.tag).text = _allowed(_text_of(item))
        else:
            for item in found:
                _write(item, etree.SubElement(element, member.tag or str(item.kind)))


def _allowed(text: str) -> str:
    match = FORBIDDEN.search(text)
    if match:
        raise ProblemsError([control_problem("", 0, match[0])])
    return text


def _text_of(scalar: Any) -> str:
    if isinstance(scalar, bool):
        return "true" if scalar else "false"
    if isinstance(scalar, Enum):
        return str(scalar.value)
    return scalar.isoformat() if isinstance(scalar, date) else str(scalar)


class Reading:
    """One reading of elements into plain data, keeping lines and problems on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Place, int] = {}
        self.problems: list[Problem] = []

    def value(self, model: type[Model], data: dict[str, Any]) -> Model:
        """The value of data that was read. Raises ProblemsError with all that was found."""
        try:
            value = value_of(model, Written(self.file, data, self.lines))
        except ProblemsError as error:
            raise ProblemsError([*self.problems, *error.problems]) from None
        if self.problems:
            raise ProblemsError(self.problems)
        return value

    def data_of(
        self, model: type[BaseModel], element: Element, place: Place, outermost: bool = False
    ) -> dict[str, Any]:
        """The plain data of an element that holds a model."""
        self.lines[place] = _line(element)
        members = members_of(model)
        data: dict[str, Any] = {}
        for member in members:
            if member.form in ("items", "texts") and member.required:
                data[member.name] = []
        self._attributes(members, element, place, data, outermost)
        by_tag = {tag: m for m in members if m.form != "attribute" for tag in _tags(m)}
        for child in element:
            if not isinstance(child.tag, str) or child.tag.startswith("{"):
                continue  # comments, and the platform's fields under its own namespace
            member_of_child = by_tag.get(child.tag)
            if member_of_child is None:
                self._unknown(child, f"<{child.tag}>", child.tag, by_tag)
            else:
                self._child(member_of_child, child, place, data)
        return data

    def _attributes(
        self,
        members: tuple[_Member, ...],
        element: Element,
        place: Place,
        data: dict[str, Any],
        outermost: bool,
    ) -> None:
        known = {member.tag: member for member in members if member.form == "attribute"}
        for key, text in element.attrib.items():
            name = str(key)
            if name in known:
                data[known[name].name] = str(text)
                self.lines[(*place, known[name].name)] = _line(element)
            elif not outermost:
                self._unknown(element, f'The attribute "{name}" of <{element.tag}>', name, known)

    def _child(self, member: _Member, child: Element, place: Place, data: dict[str, Any]) -> None:
        inner = (*place, member.name)
        self.lines.setdefault(inner, _line(child))
        if member.form == "prose":
            data[member.name] = child.text or ""
        elif member.form == "child":
            data[member.name] = self.data_of(member.models[0], child, inner)
        else:
            items = data.setdefault(member.name, [])
            item_place = (*inner, len(items))
            self.lines[item_place] = _line(child)
            if member.form == "texts":
                items.append(child.text or "")
            elif member.tag:
                items.append(self.data_of(member.models[0], child, item_place))
            else:
                model = next(m for m in member.models if _kind(m) == child.tag)
                items.append({"kind": child.tag, **self.data_of(model, child, item_place)})

    def _unknown(self, element: Element, what: str, name: str, known: typing.Iterable[str]) -> None:
        self.problems.append(
            Problem(
                file=self.file,
                line=_line(element),
                code="unknown-member",
                sentence=f"{what} has no meaning here.",
                hint=did_you_mean(name, known),
            )
        )


def _line(element: Any) -> int:
    return int(element.sourceline or 0)


def _tags(member: _Member) -> list[str]:
    return [member.tag] if member.tag else [_kind(model) for model in member.models]


def _kind(model: type[BaseModel]) -> str:
    return str(model.model_fields["kind"].default)


@cache
def members_of(model: type[BaseModel]) -> tuple[_Member, ...]:
    """How each field of a model is written. Raises TypeError when two would share a tag."""
    members = tuple(_member(model, name) for name in model.model_fields)
    tags = [tag for m in members if m.form != "attribute" for tag in _tags(m)]
    if len(set(tags)) < len(tags):
        raise TypeError(f"two members of {model.__name__} would share a tag: {tags}")
    return members


def _member(model: type[BaseModel], name: str) -> _Member:
    info = model.model_fields[name]
    required = info.is_required()
    annotation: Any = info.annotation
    if any(mark == prose for mark in info.metadata for prose in _PROSE):
        return _Member(name, name, "prose", (), required)
    if typing.get_origin(annotation) is tuple:
        item = typing.get_args(annotation)[0]
        models = tuple(_models(item))
        if not models:
            return _Member(name, singular(name), "texts", (), required)
        tag = singular(name) if len(models) == 1 else ""
        return _Member(name, tag, "items", models, required)
    models = tuple(_models(annotation))
    if models:
        return _Member(name, name, "child", models, required)
    return _Member(name, name, "attribute", (), required)


def _models(annotation: Any) -> typing.Iterator[type[BaseModel]]:
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated or origin in (typing.Union, types.UnionType):
        for inner in typing.get_args(annotation):
            yield from _models(inner)
    elif isinstance(annotation, type) and issubclass_safely(annotation):
        yield annotation


def singular(name: str) -> str:
    """The singular of a field's name, as the tag of one item: criteria → criterion."""
    if name in _IRREGULAR:
        return _IRREGULAR[name]
    if name.endswith("ies"):
        return name[:-3] + "y"
    return name.removesuffix("s")
