"""The command as people run it: what it prints, how it exits, and never a traceback."""

import os
import pty
import shutil
import subprocess
import sys
import venv
from contextlib import suppress
from importlib.metadata import distribution
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FIXTURES = ROOT / "tests" / "fixtures"


def run(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """One run of the command in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "peer_xblocks.cli", *map(str, words)],
        capture_output=True,
        text=True,
        env={**os.environ, "COLUMNS": "100", **environment},
        check=False,
    )
    assert "Traceback" not in done.stdout + done.stderr
    return done


def looked_on(*words: object) -> str:
    """What a person at a terminal sees beside the output while the command runs."""
    terminal, command = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "peer_xblocks.cli", *map(str, words)],
        stdout=subprocess.DEVNULL,
        stderr=command,
        env={**os.environ, "COLUMNS": "100", "TERM": "xterm"},
    )
    os.close(command)
    seen = b""
    with suppress(OSError):  # Linux: the other end is closed
        while more := os.read(terminal, 4096):
            seen += more
    os.close(terminal)
    assert process.wait() == 0, seen
    return seen.decode()


def without(name: str, folder: Path) -> Path:
    """The interpreter of an environment that has all that this one has but one distribution."""
    venv.create(folder, with_pip=False, symlinks=True)
    left_out = {Path(str(file)).parts[0] for file in distribution(name).files or ()}
    here = Path(distribution(name).locate_file(""))
    (there,) = folder.glob("lib/python*/site-packages")
    for one in here.iterdir():
        if one.name not in left_out | {"__pycache__"} and not one.name.startswith("__editable__"):
            (there / one.name).symlink_to(one)
    return folder / "bin" / "python"


def content(folder: Path) -> list[str]:
    """A copy of the small course, as options."""
    for name in ("curriculum", "rubrics"):
        shutil.copytree(FIXTURES / name, folder / name)
    return [f"--curriculum={folder / 'curriculum'}", f"--rubrics={folder / 'rubrics'}"]


def test_check_is_silent_when_all_is_well(tmp_path):
    """A course without fault is worth no words."""
    done = run("check", "--today=2026-12-01", *content(tmp_path))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_check_prints_each_problem_on_a_line(tmp_path):
    """A problem is printed as file:line code: sentence. hint, however narrow the window."""
    options = content(tmp_path)
    path = tmp_path / "rubrics/listening.yaml"
    path.write_text(path.read_text().replace("kind: harmful", "kind: harmfull", 1))
    done = run("check", *options, COLUMNS="20")
    assert done.returncode == 1
    assert done.stdout == (
        'rubrics/listening.yaml:15 behaviour-kind: "kind" cannot be "harmfull". '
        'Did you mean "harmful"? It is one of: harmful, basic, advanced.\n'
    )


def test_build_says_what_it_built(tmp_path):
    """The archive is written and named with what is in it."""
    done = run("build", f"--out={tmp_path / 'out'}", *content(tmp_path))
    archive = tmp_path / "out/course.tar.gz"
    assert done.returncode == 0 and archive.is_file()
    assert (
        done.stdout == f"{archive}: A small course: listening (1 module, 2 lessons, 1 role play)\n"
    )


def test_a_faulty_course_is_not_built(tmp_path):
    """A course with a fault is told about and not written."""
    options = content(tmp_path)
    (tmp_path / "rubrics/critical-errors.yaml").unlink()
    done = run("build", f"--out={tmp_path / 'out'}", *options)
    assert done.returncode == 1 and "missing-file" in done.stdout
    assert not (tmp_path / "out").exists()


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    """Writing where a file is in the way ends in a sentence."""
    (tmp_path / "file").write_text("")
    done = run("build", f"--out={tmp_path / 'file' / 'out'}", *content(tmp_path))
    assert done.returncode == 1 and "cannot be written" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["check", "--curriculum", "/nowhere"],
        ["check", "--colour"],
        ["verify"],
        ["verify", "/nowhere.zip"],
        ["verify", __file__, "--key", "not-a-key"],
        ["verify", __file__, "--since", "/nowhere.txt"],
        ["verify", __file__, "--since", "/"],
        ["dance"],
        ["run", "--port", "many"],
    ],
)
def test_what_cannot_be_carried_out_exits_with_2(words):
    """Wrong options and files that are not there are told on standard error, with exit 2."""
    done = run(*words)
    assert done.returncode == 2
    assert done.stdout == "" and done.stderr.strip()


def test_a_file_that_is_no_pack_does_not_hold():
    """Any other file is a pack that does not hold, with exit 1."""
    done = run("verify", __file__)
    assert done.returncode == 1
    assert done.stdout.startswith("problem: ")
    assert done.stdout.endswith("This does not hold: 1 problem.\n")


@pytest.mark.parametrize("command", ["check", "build", "pages", "run", "verify"])
def test_every_command_has_help_with_an_example(command):
    """Help comes for every command, with an example, and names its options."""
    done = run(command, "--help")
    assert done.returncode == 0
    assert f"Example:  peer-xblocks {command}" in done.stdout


def test_the_version_is_that_of_the_package():
    """The version is the installed one."""
    done = run("--version")
    assert done.returncode == 0 and done.stdout.startswith("peer-xblocks ")


def test_help_imports_nothing_heavy():
    """Starting the command imports neither the course, nor Django, nor the evidence room."""
    code = (
        "import sys, peer_xblocks.cli; "
        "heavy = ('django', 'lxml', 'yaml', 'pydantic', 'xblock'); "
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_unforeseen_is_a_sentence(tmp_path):
    """An error that nobody thought of is told in a sentence, with a way to see more."""
    (tmp_path / "peer_xblocks_broken.py").write_text(
        "import peer_xblocks.course\n"
        "def check(*folders): raise RuntimeError('the moon')\n"
        "peer_xblocks.course.check = check\n"
        "from peer_xblocks.cli import app\n"
        "app()\n"
    )
    done = subprocess.run(
        [sys.executable, str(tmp_path / "peer_xblocks_broken.py"), "check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "did not foresee (RuntimeError: the moon)" in done.stderr
    assert "Traceback" not in done.stderr


def test_whoever_waits_is_told_for_what(tmp_path):
    """Reading and building a course takes over a second: a terminal shows what is being done."""
    options = content(tmp_path)
    assert "Checking the course …" in looked_on("check", "--today=2026-12-01", *options)
    assert "Building the course …" in looked_on("build", f"--out={tmp_path / 'out'}", *options)
    assert "Reading the course …" in looked_on("pages", f"--out={tmp_path / 'pages'}", *options)


def test_without_the_extra_it_says_what_to_install(tmp_path):
    """Where xblock-sdk is not installed the site does not start, and leaves nothing behind."""
    python = without("xblock-sdk", tmp_path / "plain")
    done = subprocess.run(
        [python, "-m", "peer_xblocks.cli", "run", "--port=0", f"--data={tmp_path / 'var'}"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == (
        'The embedded site cannot start, because "workbench" is not installed. '
        'Install it with: pip install "peer-xblocks[standalone]"\n'
    )
    assert not (tmp_path / "var").exists()
