"""One form of row for every promise: what it is, the bar, ours, a peer's, whether it holds."""

import os
import statistics
from collections.abc import Sequence

WIDTHS = (36, 10, 14, 18, 16)


def heading(peer: str = "ORA2") -> None:
    """Print the names of the columns, and how busy the machine is."""
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"load average {load} on {os.cpu_count()} processors")
    _line("promise", "database", "bar", "ours", peer, "holds")


def row(
    promise: str, database: str, bar: str, ours: str, peer: str = "", *, holds: bool | None = None
) -> bool:
    """Print one row; whether it missed its bar. `holds` is None where there is no bar."""
    _line(promise, database, bar, ours, peer, {True: "yes", False: "NO", None: ""}[holds])
    return holds is False


def quietest(rounds: Sequence[Sequence[float]]) -> Sequence[float]:
    """The round with the lowest 95th percentile: what else a machine does only ever adds."""
    return min(rounds, key=p95)


def p95(seconds: Sequence[float]) -> float:
    """The 95th percentile, in milliseconds."""
    return statistics.quantiles(seconds, n=20)[-1] * 1000


def median(seconds: Sequence[float]) -> float:
    """The median, in milliseconds."""
    return statistics.median(seconds) * 1000


def _line(promise: str, *rest: str) -> None:
    first, *others = WIDTHS
    *cells, last = rest
    padded = "".join(cell.rjust(width) for cell, width in zip(cells, others, strict=True))
    print(f"{promise:<{first}}{padded}  {last}".rstrip(), flush=True)
