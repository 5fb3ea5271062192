"""How a block goes into a course archive and comes out of one: the activity by `authoring`, the
rest as Open edX does it.
"""

import re
from collections.abc import Callable
from typing import Any

from lxml import etree
from xblock.core import XML_NAMESPACES

WRITTEN_ELSEWHERE = ("activity", "display_name", "state", "children", "parent")


def parse(block_class: Any, node: Any, runtime: Any, keys: Any, load: Callable[[Any], Any]) -> Any:
    """The block of an element. Fields that the platform adds to every block keep their values.

    Raises ProblemsError when the activity cannot be read; a platform shows that in the block's
    place.
    """
    block = runtime.construct_xblock_from_class(block_class, keys)
    for name, text in node.items():
        if name in block.fields and name not in WRITTEN_ELSEWHERE:
            setattr(block, name, block.fields[name].from_string(text))
    for child in node:
        if not isinstance(child.tag, str):
            continue
        tag = etree.QName(child)
        if tag.namespace == XML_NAMESPACES["option"] and tag.localname in block.fields:
            value = block.fields[tag.localname].from_string(child.text)
            is_none = child.get("none") == "true"
            setattr(block, tag.localname, None if is_none else value)
    if [child for child in node if _is_ours(child)]:
        set_activity(block, load(_named(node, keys)))
    elif node.get("display_name"):
        block.display_name = node.get("display_name")
    return block


def set_activity(block: Any, value: Any) -> None:
    """Put an activity into its block, title and all."""
    block.activity = value.model_dump(mode="json")
    block.display_name = value.title


def write(block: Any, node: Any, element: Any | None) -> None:
    """Fill `node` with the block: the activity's `element`, None for a block without content,
    then the other fields.
    """
    node.tag = block.scope_ids.block_type
    node.set("xblock-family", block.entry_point)
    if element is not None:
        for name, text in element.attrib.items():
            if (
                name not in node.attrib
            ):  # the platform has set the url_name that it knows the block by
                node.set(name, text)
        node.text = element.text
        node.extend(element)
    elif block.fields["display_name"].is_set_on(block):
        node.set("display_name", block.display_name)
    for name, field in block.fields.items():
        if name not in WRITTEN_ELSEWHERE and (field.is_set_on(block) or field.force_export):
            block._add_field(node, name, field)


def _is_ours(child: Any) -> bool:
    return isinstance(child.tag, str) and etree.QName(child).namespace is None


def _named(node: Any, keys: Any) -> Any:
    """The element with a `url_name`; content libraries leave it out and name the block by its
    key.
    """
    if node.get("url_name"):
        return node
    name = str(getattr(keys.usage_id, "block_id", keys.usage_id)).lower()
    node.set("url_name", re.sub(r"[^a-z0-9]+", "-", name).strip("-")[:64] or "activity")
    return node
