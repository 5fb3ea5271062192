"""How long the whole course takes: read, check, build, pack; the bar is 2 seconds.

Run `python bench/course.py [--rounds N]`. Each round is a process of its own, so that importing and
starting Python count as well, and nothing is warm but the disk.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
BAR = 2.0


def main() -> int:
    """Measure, print one row, and return 1 when the bar was missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as out:
        seconds = [build_seconds(out) for _ in range(rounds)]
        size = (Path(out) / "course.tar.gz").stat().st_size
    median = statistics.median(seconds)
    print(f"{'promise':<28}{'median s':>10}{'worst s':>10}   (bar {BAR} s)")
    print(f"{'build the whole course':<28}{median:>10.2f}{max(seconds):>10.2f}   {size:,} bytes")
    return int(median > BAR)


def build_seconds(out: str) -> float:
    """How long one `peer-xblocks build` takes as people run it."""
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "peer_xblocks.cli", "build", "--out", out],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
