"""What is wrong with something that an author wrote.

One problem, with its place and how to mend it.
"""

from peer_xblocks.core.value import Value


class Problem(Value):
    """One fault in a source file. `line` counts from 1; 0 stands for the whole file, which is
    written as its first line, where an editor can go.
    """

    file: str
    line: int = 0
    code: str
    sentence: str
    hint: str = ""

    def __str__(self) -> str:
        text = f"{self.file}:{self.line or 1} {self.code}: {self.sentence}"
        return f"{text} {self.hint}" if self.hint else text


class ProblemsError(Exception):
    """Something that was written cannot be read.

    Carries every problem found, in order of file and line.
    """

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems, key=lambda p: (p.file, p.line, p.code, p.sentence))
        super().__init__("\n".join(str(problem) for problem in self.problems))
