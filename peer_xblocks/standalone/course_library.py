"""The course that the embedded site shows: the built archive, read once by each process and again
when replaced.

What authors wrote stays in memory; what people do is in `models`. Only `peer_*` elements become
blocks.
"""

import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from lxml import etree
from opaque_keys.edx.keys import CourseKey, UsageKey
from xblock.core import XBlock
from xblock.fields import ScopeIds
from xblock.runtime import DictKeyValueStore, KvsFieldData

from peer_xblocks import course
from peer_xblocks.authoring import olx_form
from peer_xblocks.core.errors import NotFoundError
from peer_xblocks.standalone.runtime import SiteRuntime
from peer_xblocks.standalone.usage_ids import CourseIds

OURS = "peer_"


@dataclass(frozen=True)
class Library:
    """One course, loaded: its outline, the content of its blocks, its pictures and handouts."""

    digest: str
    outline: course.Outline
    ids: CourseIds
    authored: KvsFieldData
    static: Mapping[str, bytes]

    @property
    def key(self) -> CourseKey:
        """The course's key."""
        return CourseKey.from_string(self.outline.key)

    def units(self, for_staff: bool = True) -> list[course.Unit]:
        """Every unit, in order; those that only staff may see where somebody is staff."""
        sections = [s for chapter in self.outline.chapters for s in chapter.sections]
        found = [unit for section in sections for unit in section.units]
        return [unit for unit in found if for_staff or not unit.staff_only]

    def usage_key(self, block: course.Block) -> UsageKey:
        """The key of one of the outline's blocks."""
        return self.key.make_usage_key(block.tag, block.url_name)

    def knows(self, usage_key: UsageKey, for_staff: bool) -> bool:
        """Whether a block with this key can be played here by staff, or by anybody."""
        return any(
            is_ours(block) and self.usage_key(block) == usage_key
            for unit in self.units(for_staff)
            for block in unit.blocks
            if for_staff or not block.staff_only
        )


def is_ours(block: course.Block) -> bool:
    """Whether a block is one that this site plays."""
    return block.tag.startswith(OURS)


_loaded: dict[Path, tuple[tuple[int, int], Library]] = {}
_lock = threading.Lock()


def current() -> Library:
    """The course of this site, as its archive is now. Raises NotFoundError when there is none."""
    path = Path(settings.PEER_XBLOCKS_ARCHIVE)
    try:
        seen = path.stat()
    except FileNotFoundError as error:
        raise NotFoundError("No course has been loaded into this site yet.") from error
    stamp = (seen.st_mtime_ns, seen.st_size)
    with _lock:
        if path not in _loaded or _loaded[path][0] != stamp:
            _loaded[path] = (stamp, load(path))
        return _loaded[path][1]


def load(archive: Path) -> Library:
    """Read an archive and parse its blocks, as Open edX would."""
    outline = course.read(archive)
    ids = CourseIds(CourseKey.from_string(outline.key))
    authored = KvsFieldData(DictKeyValueStore())
    library = Library(_digest(archive), outline, ids, authored, course.static_files(archive))
    runtime = SiteRuntime(ids, authored, None)
    for unit in library.units():
        for block in unit.blocks:
            if is_ours(block):
                add(runtime, olx_form.parse(block.element_xml, block.url_name))
    return library


def add(runtime: SiteRuntime, node: etree._Element) -> XBlock:
    """Make the block of one element, as the platform's import does."""
    node.attrib.pop("xblock-family", None)
    slug = node.attrib.pop("url_name")
    definition = runtime.id_generator.create_definition(node.tag, slug)
    usage = runtime.id_generator.create_usage(definition)
    keys = ScopeIds(None, node.tag, definition, usage)
    block_class = runtime.mixologist.mix(runtime.load_block_type(node.tag))
    block = block_class.parse_xml(node, runtime, keys)
    block.save()
    return block


def _digest(archive: Path) -> str:
    return hashlib.sha256(archive.read_bytes()).hexdigest()
