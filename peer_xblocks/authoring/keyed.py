"""The key of a rubric or scenario: the name of its file, which the text may only repeat."""

from pathlib import PurePath

from peer_xblocks.authoring.refusals import Written
from peer_xblocks.core.problem import Problem, ProblemsError


def with_key(written: Written) -> Written:
    """The data with its key. Raises ProblemsError when text and file name differ."""
    key = PurePath(written.file).stem
    if not isinstance(written.data, dict):
        return written
    if "key" not in written.data:
        lines = {**written.lines, ("key",): 1}
        return Written(written.file, {"key": key, **written.data}, lines, written.raw)
    if written.data["key"] != key:
        sentence = f'The key "{written.data["key"]}" is not the name of the file, "{key}".'
        line = written.line(["key"])
        hint = "Remove the key; the file name is enough."
        raise ProblemsError(
            [
                Problem(
                    file=written.file, line=line, code="key-mismatch", sentence=sentence, hint=hint
                )
            ]
        )
    return written
