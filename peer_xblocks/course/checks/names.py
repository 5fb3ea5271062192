"""Names that learners' work hangs on stand once."""

from collections.abc import Iterator, Sequence

from peer_xblocks.core.problem import Problem
from peer_xblocks.course.files import Document
from peer_xblocks.course.sources import Sources


def no_doubles(sources: Sources) -> Iterator[Problem]:
    """No url_name, scenario code or scenario key is used twice in a course."""
    scenarios = sources.scenario_files
    talks = (*sources.dialogue_files, *sources.plan_files, *scenarios)
    yield from _doubles("url_name", [*sources.module_files, *sources.pages, *talks])
    yield from _doubles("code", scenarios)
    yield from _doubles("key", scenarios)


def _doubles(member: str, documents: Sequence[Document]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for source in documents:
        name, line = source.word(member), source.written.line((member,))
        if not name:
            continue
        if name in first:
            sentence = f'The {member} "{name}" is already used in {first[name]}.'
            hint = (
                "Choose another, and change it in the newer file only: learners' work hangs on it."
            )
            code = f"duplicate-{member.replace('_', '-')}"
            yield source.problem((member,), code, sentence, hint)
        else:
            first[name] = f"{source.file}:{line}"
