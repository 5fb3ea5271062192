"""The arrows between the rooms: each contract holds, and each one notices a planted import."""

import ast
import configparser
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINTER = Path(sys.executable).with_name("lint-imports")


def contracts() -> dict[str, configparser.SectionProxy]:
    """The contracts in setup.cfg by their id."""
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg")
    prefix = "importlinter:contract:"
    return {name.removeprefix(prefix): parser[name] for name in parser if name.startswith(prefix)}


def lint(folder: Path, contract: str) -> subprocess.CompletedProcess[str]:
    """Run one contract over the package in a folder."""
    command = [str(LINTER), "--no-cache", "--contract", contract]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Path:
    """A copy of the package in which an import can be planted."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "setup.cfg", folder)
    ignore = shutil.ignore_patterns("__pycache__", "static", "templates", "locale")
    shutil.copytree(ROOT / "peer_xblocks", folder / "peer_xblocks", ignore=ignore)
    return folder


def module_file(folder: Path, module: str) -> Path:
    """The file of a module: a package's __init__ or a module of its own."""
    path = folder / Path(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


@contextmanager
def planted(house: Path, module: str, imported: str) -> Iterator[None]:
    """The house while a module of it imports another."""
    file = module_file(house, module)
    before = file.read_text()
    try:
        file.write_text(f"{before}\nimport {imported}\n")
        yield
    finally:
        file.write_text(before)


def listed(contract: str, option: str) -> list[str]:
    """The modules that a contract lists under an option."""
    return contracts()[contract].get(option, "").split()


def children(package: str) -> set[str]:
    """The modules and packages right below a package."""
    folder = ROOT / Path(*package.split("."))
    found = {path.stem for path in folder.glob("[!_]*.py")}
    found |= {path.parent.name for path in folder.glob("*/__init__.py")}
    return {f"{package}.{name}" for name in found}


@pytest.mark.parametrize("contract", sorted(contracts()))
def test_each_contract_holds_and_notices_a_planted_import(house, contract):
    """A contract that passes on the house fails as soon as one forbidden import is planted."""
    protected = listed(contract, "protected_modules")
    source = "peer_xblocks.compat" if protected else listed(contract, "source_modules")[0]
    forbidden = (protected or listed(contract, "forbidden_modules"))[-1]
    assert lint(house, contract).returncode == 0, lint(house, contract).stdout
    with planted(house, source, forbidden):
        assert lint(house, contract).returncode == 1


@pytest.mark.parametrize(
    ("contract", "module", "imported"),
    [
        ("core", "peer_xblocks.core.scoring", "numpy"),
        ("core", "peer_xblocks.core.record", "django.db"),
        ("records", "peer_xblocks.records.packs", "peer_xblocks.core.rubric"),
        ("records", "peer_xblocks.records.api.log", "peer_xblocks.core.resolution"),
        ("doors", "peer_xblocks.web.pages.audit", "peer_xblocks.records.packs"),
        ("doors", "peer_xblocks.blocks.role_play", "peer_xblocks.work.files"),
        ("doors", "peer_xblocks.blocks.person", "peer_xblocks.assessment.models.case"),
        ("doors", "peer_xblocks.web.pages.assess", "peer_xblocks.assessment.resolving"),
        ("doors", "peer_xblocks.standalone.seed", "peer_xblocks.records.transactions"),
        (
            "blocks-apart-lesson",
            "peer_xblocks.blocks.role_play_page",
            "peer_xblocks.blocks.lesson_page",
        ),
        (
            "blocks-apart-role-play",
            "peer_xblocks.blocks.lesson",
            "peer_xblocks.blocks.role_play_talk",
        ),
        (
            "blocks-apart-dialogue",
            "peer_xblocks.blocks.lesson",
            "peer_xblocks.blocks.dialogue_page",
        ),
        ("blocks-apart-role-play", "peer_xblocks.blocks.frame", "peer_xblocks.blocks.role_play"),
    ],
)
def test_what_once_passed_a_wall_does_not(house, contract, module, imported):
    """A wall is as high as its name: what a reviewer planted once, and its like, is noticed."""
    with planted(house, module, imported):
        found = lint(house, contract)
    assert found.returncode == 1, found.stdout


DOORS = {
    "peer_xblocks.records": {"api", "signing"},
    "peer_xblocks.work": {"api", "values", "playable", "text", "signals"},
    "peer_xblocks.assessment": {"api", "values", "listed", "signals"},
}


@pytest.mark.parametrize("room", DOORS)
def test_a_room_has_no_other_doors(room):
    """Each module of an app is a door, or stands in setup.cfg as none."""
    doors = {f"{room}.{door}" for door in DOORS[room]}
    inner = {one for one in listed("doors", "forbidden_modules") if one.startswith(f"{room}.")}
    assert children(room) - doors == inner


def test_records_knows_no_more_of_core_than_records():
    """Each module of `core` is about records, or stands in setup.cfg as none that they know."""
    known = {"errors", "record", "recorded_forms", "recorded_standing", "sentences", "value"}
    forbidden = {one for one in listed("records", "forbidden_modules") if ".core." in one}
    assert children("peer_xblocks.core") - {f"peer_xblocks.core.{one}" for one in known} == (
        forbidden
    )


def test_every_block_has_a_wall_around_all_of_it():
    """Whatever is named after a block is protected by its contract, and the only importer."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    places = project["entry-points"]["xblock.v1"].values()
    for block in {place.partition(":")[0] for place in places}:
        own = {
            one
            for one in children("peer_xblocks.blocks")
            if one == block or one.startswith(f"{block}_")
        }
        contract = f"blocks-apart-{block.rpartition('.')[2].replace('_', '-')}"
        assert set(listed(contract, "protected_modules")) == own
        assert set(listed(contract, "allowed_importers")) == own


def test_core_needs_pydantic_alone():
    """Of other people's packages `core` imports pydantic, whatever else there may be."""
    found = set()
    for file in (ROOT / "peer_xblocks" / "core").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Import):
                found |= {name.name for name in node.names}
            elif isinstance(node, ast.ImportFrom):
                found.add(node.module)
    outside = {name.partition(".")[0] for name in found} - set(sys.stdlib_module_names)
    assert outside - {"peer_xblocks"} <= {"pydantic", "pydantic_core"}


def test_types_are_strict_in_every_room_without_django():
    """KNOW, WRITE and the command line are held to strict types, each room that there is."""
    mypy = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mypy"]
    rooms = ("core", "agreement", "evidence", "authoring", "course", "cli")
    there = {f"peer_xblocks/{room}" for room in rooms if (ROOT / "peer_xblocks" / room).is_dir()}
    assert mypy["strict"] is True
    assert set(mypy["files"]) == there
