"""The key of a rubric or scenario: the name of its file, which the text may only repeat."""

from collections.abc import Callable
from pathlib import PurePath

from peer_xblocks.authoring.attempt import Attempt, Held, plain, valued
from peer_xblocks.authoring.refusals import Written
from peer_xblocks.core.problem import Problem


def attempt(text: str, file: str, make: Callable[[Written], Held]) -> Attempt[Held]:
    """An attempt at a YAML text whose key is the name of its file."""
    read = plain(text, file)
    if read.written is None:
        return Attempt(problems=read.problems)
    return valued(_named(read.written), make, _mismatch(read.written))


def _named(written: Written) -> Written:
    """The data with the key that the file's name is."""
    if not isinstance(written.data, dict):
        return written
    data = {"key": PurePath(written.file).stem} | written.data
    data["key"] = PurePath(written.file).stem
    return Written(written.file, data, {("key",): 1, **written.lines}, written.raw)


def _mismatch(written: Written) -> list[Problem]:
    """That the text gives another key than the file's name."""
    key = PurePath(written.file).stem
    if not isinstance(written.data, dict) or written.data.get("key", key) == key:
        return []
    sentence = f'The key "{written.data["key"]}" is not the name of the file, "{key}".'
    hint = "Remove the key; the file name is enough."
    line = written.line(["key"])
    return [
        Problem(file=written.file, line=line, code="key-mismatch", sentence=sentence, hint=hint)
    ]
