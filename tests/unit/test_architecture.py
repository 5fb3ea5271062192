"""The arrows between the rooms: each contract holds, and each one notices a planted import."""

import configparser
import shutil
import subprocess
import sys
import tomllib
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


@pytest.mark.parametrize("contract", sorted(contracts()))
def test_each_contract_holds_and_notices_a_planted_import(house, contract):
    """A contract that passes on the house fails as soon as one forbidden import is planted."""
    section = contracts()[contract]
    names = section.get("source_modules") or section["modules"]
    source = names.split()[0]
    forbidden = (section.get("forbidden_modules") or section["modules"]).split()[-1]
    assert lint(house, contract).returncode == 0, lint(house, contract).stdout
    file = module_file(house, source)
    before = file.read_text()
    try:
        file.write_text(before + f"\nimport {forbidden}\n")
        assert lint(house, contract).returncode == 1
    finally:
        file.write_text(before)


def test_types_are_strict_in_every_room_without_django():
    """KNOW, WRITE and the command line are held to strict types, each room that there is."""
    mypy = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mypy"]
    rooms = ("core", "agreement", "evidence", "authoring", "course", "cli")
    there = {f"peer_xblocks/{room}" for room in rooms if (ROOT / "peer_xblocks" / room).is_dir()}
    assert mypy["strict"] is True
    assert set(mypy["files"]) == there
