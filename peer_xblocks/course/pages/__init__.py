"""Pages of the manual that are made of the sources, so that they cannot say something else."""

from pathlib import Path

from peer_xblocks.core.course import Course
from peer_xblocks.course.files import Source
from peer_xblocks.course.pages import blueprint, hours
from peer_xblocks.course.pages import sources as sources_page
from peer_xblocks.course.sources import Sources

NOTE = "<!-- Written by the command `peer-xblocks pages`. Change curriculum/, not this. -->\n"


def made(sources: Sources, course: Course) -> dict[str, str]:
    """Every page by its file name."""
    profiles = [one.value for one in sources.profiles.values() if isinstance(one, Source)]
    pages = {
        "blueprint.md": blueprint.page(sources),
        "hours.md": hours.page(course, profiles),
        "sources.md": sources_page.page(sources, profiles),
    }
    return {name: NOTE + text for name, text in pages.items()}


def write(pages: dict[str, str], folder: Path) -> list[str]:
    """Write the pages that differ from what stands in a folder; the names of those written."""
    changed = [name for name, text in pages.items() if _there(folder / name) != text]
    folder.mkdir(parents=True, exist_ok=True)
    for name in changed:
        (folder / name).write_text(pages[name], encoding="utf-8")
    return changed


def _there(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None
