"""The field that holds what an author wrote, and the value in it."""

from typing import Any, TypeVar

from xblock.fields import Dict

from peer_xblocks import compat
from peer_xblocks.core.value import Value

Written = TypeVar("Written", bound=Value)


class PlainData(Dict):
    """A field of plain data that is only ever replaced, never changed in place.

    XBlock copies the whole of a mutable field at each request, to notice changes inside it.
    """

    MUTABLE = False


def written_in(block: Any, model: type[Written]) -> Written | None:
    """The value that a block's `activity` holds; None while nothing is written."""
    if not block.activity:
        return None
    digest = f"{model.__name__}:{edition_of(block)}"
    return compat.cached(digest, lambda: model.model_validate(block.activity), here=True)


def edition_of(block: Any) -> str:
    """A digest of a block's activity as it stands, to remember things under.

    Made once for each block and activity: a large one takes a while.
    """
    activity = block.activity
    known, digest = getattr(block, "_edition", (None, ""))
    if known is not activity:
        digest = compat.digest_of(activity)
        block._edition = (activity, digest)
    return str(digest)
