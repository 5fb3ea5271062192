"""The manual is true: links lead somewhere, commands are documented, examples exist."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from peer_xblocks.cli import app

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\((?!https?://|#)([^)\s#]+)")


def targets(page: Path) -> list[str]:
    """Where a page links to inside the repository, code blocks left out."""
    text = re.sub(r"^(`{3,4}).*?^\1$", "", page.read_text(), flags=re.MULTILINE | re.DOTALL)
    return LINK.findall(text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page):
    """A link or picture of the manual points at a file that is there."""
    missing = [target for target in targets(page) if not (page.parent / target).exists()]
    assert missing == []


@pytest.mark.parametrize("name", sorted(get_command(app).commands))
def test_every_command_is_in_the_manual(name):
    """Each command stands in the manual with all its options, and has help."""
    command = get_command(app).commands[name]
    manual = (ROOT / "docs/reference/cli.md").read_text()
    section = manual.split(f"## `peer-xblocks {name}`")[1].split("\n## ")[0]
    assert command.help
    for parameter in command.params:
        longest = max(parameter.opts, key=len)
        assert f"`{longest}" in section or f"`{parameter.human_readable_name}" in section, longest


def test_the_commands_of_the_readme_are_in_the_makefile():
    """Whatever the README tells to make is a target."""
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"^make (\w+)", (ROOT / "README.md").read_text(), re.MULTILINE):
        assert f"\n{target}:" in makefile


def test_every_kind_of_record_is_on_the_page():
    """The page that defines the record names every kind and every member of its body."""
    from peer_xblocks.core.record import BODIES

    page = (ROOT / "docs/reference/record.md").read_text()
    for kind, body in BODIES.items():
        assert f"**{kind}**" in page
        for member in body.model_fields:
            assert member in page, (kind, member)


def test_every_setting_is_in_the_manual():
    """Each setting that the code reads stands on the page of settings."""
    named = set()
    for file in (ROOT / "peer_xblocks").rglob("*.py"):
        if "standalone" not in file.parts:
            named |= set(re.findall(r'"(PEER_XBLOCKS_[A-Z_]+)"', file.read_text()))
    manual = (ROOT / "docs/reference/settings.md").read_text()
    missing = {name for name in named if f"`{name}`" not in manual}
    assert missing <= {"PEER_XBLOCKS_TRACEBACK", "PEER_XBLOCKS_DATA", "PEER_XBLOCKS_STANDALONE"}
