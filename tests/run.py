"""Runs every suite and closes with one line that counts what passed, failed and was skipped, and
why.

    python tests/run.py [suite ...]

Suites: unit, authoring, web, workbench, db, browser. The database suite runs once for each
database. With
`PEER_TEST_NO_SKIPS=1`, as in CI, anything skipped is a failure.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).parents[1]

SUITES: dict[str, list[str]] = {
    "unit": ["tests/unit"],
    "authoring": ["tests/authoring"],
    "workbench": ["tests/workbench"],
    "web": ["tests/web"],
    "db sqlite": ["tests/db", "--database=sqlite"],
    "db mariadb": ["tests/db", "--database=mariadb"],
    "db postgres": ["tests/db", "--database=postgres"],
    "browser": ["tests/browser"],
}


def main(wanted: list[str]) -> int:
    """Run the suites whose names begin with a wanted word, all of them when none is given."""
    chosen = [name for name in SUITES if not wanted or name.split()[0] in wanted]
    counts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    broken: list[str] = []
    for name in chosen:
        started = time.monotonic()
        print(f"\n── {name} " + "─" * (70 - len(name)), flush=True)
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report.xml"
            command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *SUITES[name]]
            code = subprocess.run(command, cwd=ROOT, check=False).returncode
            if code not in (0, 1) or not report.exists():
                broken.append(name)
            if report.exists():
                count(report, counts, reasons)
        print(f"{name}: {time.monotonic() - started:.0f} s", flush=True)
    return close(counts, reasons, broken)


def count(report: Path, counts: Counter[str], reasons: Counter[str]) -> None:
    """Add one suite's results, with the reason of each skip."""
    for case in ElementTree.parse(report).iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None:
            counts["failed"] += 1
        elif (skipped := case.find("skipped")) is not None:
            counts["skipped"] += 1
            reasons[skipped.get("message") or "no reason given"] += 1
        else:
            counts["passed"] += 1


def close(counts: Counter[str], reasons: Counter[str], broken: list[str]) -> int:
    """Print why anything was skipped, then the closing line; the exit code."""
    print()
    for reason, times in reasons.most_common():
        print(f"skipped {times}: {reason}")
    for name in broken:
        print(f"the suite {name} did not run to its end")
    failed = counts["failed"] + len(broken)
    print(f"{counts['passed']} passed, {failed} failed, {counts['skipped']} skipped")
    no_skips = os.environ.get("PEER_TEST_NO_SKIPS") == "1"
    return 1 if failed or not counts["passed"] or (no_skips and counts["skipped"]) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
