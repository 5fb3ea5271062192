"""How the tests of verification check a pack."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from peer_xblocks.evidence.report import Report
from peer_xblocks.evidence.verify import verify_pack

from . import packs

Verify = Callable[..., Report]


@pytest.fixture(scope="module")
def verify(tmp_path_factory: pytest.TempPathFactory) -> Verify:
    """Return a function that writes members into a zip and checks it with the log's key."""
    folder: Path = tmp_path_factory.mktemp("packs")

    def check(members: packs.Members, **changes: Any) -> Report:
        return verify_pack(
            packs.write(folder / "pack.zip", members), **{"keys": [packs.LOG_KEY], **changes}
        )

    return check
