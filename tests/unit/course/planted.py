"""Faults that authors make, told in `faults/*.txt`: what changes, and what the author is told.

Changes are made in a copy of the small course. A file says `in FILE`, the lines taken out (`- `)
and put in (`+ `); or `add FILE` with its lines (`+ `), or `remove FILE`. Below `expect` stand the
problems, exactly.
"""

from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).with_name("faults")


@dataclass
class Fault:
    """One story: changes to files, and the problems expected."""

    name: str
    changes: list[tuple[str, str, list[str], list[str]]] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def plant(self, folder: Path) -> None:
        """Make the changes in a copy of the small course."""
        for what, file, before, after in self.changes:
            path = folder / file
            if what == "remove":
                path.unlink()
            elif what == "add":
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text("\n".join(after) + "\n", encoding="utf-8")
            else:
                text = path.read_text(encoding="utf-8")
                old, new = "\n".join(before), "\n".join(after)
                assert old in text, f"{self.name}: {old!r} is not in {file}"
                path.write_text(text.replace(old, new, 1), encoding="utf-8")


def read(path: Path) -> Fault:
    """The fault that a file tells."""
    fault = Fault(path.stem)
    expecting = False
    for line in path.read_text(encoding="utf-8").removesuffix("\n").split("\n"):
        if expecting:
            fault.expected.append(line)
        elif line == "expect":
            expecting = True
        elif line.startswith(("in ", "add ", "remove ")):
            what, file = line.split(" ", 1)
            fault.changes.append((what, file, [], []))
        elif line.startswith(("-", "+")):
            fault.changes[-1][2 if line[0] == "-" else 3].append(line[2:])
    return fault


ALL = [read(path) for path in sorted(FOLDER.glob("*.txt"))]
