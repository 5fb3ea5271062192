"""Pictures of every page at both widths, for people to look at.

    python tests/browser/shots.py FOLDER

runs the journeys with PEER_SHOTS=FOLDER; each page that somebody comes to is kept there.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page

WIDTHS = (1280, 390)
HERE = Path(__file__).parent


def take(page: Page, name: str) -> None:
    """Keep the whole page at both widths, where PEER_SHOTS names a folder; else do nothing."""
    folder = os.environ.get("PEER_SHOTS")
    if not folder:
        return
    page.wait_for_load_state()
    Path(folder).mkdir(parents=True, exist_ok=True)
    before = page.viewport_size
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=Path(folder) / f"{slug}-{width}.png", full_page=True)
        if "desk" in slug:  # its panes scroll on their own, which only a window's view shows
            page.screenshot(path=Path(folder) / f"{slug}-{width}-window.png")
    if before:
        page.set_viewport_size(before)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    environment = {**os.environ, "PEER_SHOTS": str(Path(sys.argv[1]).resolve())}
    tests = [str(place) for place in sorted(HERE.glob("test_*.py"))]
    command = [sys.executable, "-m", "pytest", *tests]
    sys.exit(subprocess.run(command, env=environment, check=False).returncode)
