"""Tables and lengths of time in Markdown, as all generated pages write them."""

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a table."""
    return [_row(head), _row(["---"] * len(head)), *map(_row, rows)]


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def time(minutes: int) -> str:
    """A length of time in words: "1 h 30 min", "45 min", and "–" for none."""
    if not minutes:
        return "–"
    hours, rest = divmod(minutes, 60)
    return " ".join(filter(None, [f"{hours:,} h" if hours else "", f"{rest} min" if rest else ""]))
