"""A storage in which a process dies in the middle of writing one of its files."""

import os
import signal
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage


class DyingStorage(FileSystemStorage):
    """Kills its process by -9 once half of file number `die_at` is written, counted from 1."""

    def __init__(self, die_at: int, **options: Any) -> None:
        super().__init__(**options)
        self.left = die_at

    def _save(self, name: str, content: Any) -> str:
        self.left -= 1
        if self.left == 0:
            path = Path(self.path(name))
            path.parent.mkdir(parents=True, exist_ok=True)
            whole = content.read()
            path.write_bytes(whole[: len(whole) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
        return super()._save(name, content)
