"""Finds a Chromium that browser tests can drive.

Run as a script it tries to install one, for a minute at most.
"""

import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
INSTALL_SECONDS = 60


def installed() -> str | None:
    """Path of a Chromium on this machine, or None."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    bundled = sorted(Path.home().glob(".cache/ms-playwright/chromium-*/chrome-linux*/chrome"))
    return str(bundled[-1]) if bundled else None


def install() -> None:
    """Let Playwright fetch its own Chromium; says so when that does not work within a minute."""
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    try:
        subprocess.run(command, check=True, timeout=INSTALL_SECONDS, capture_output=True)
    except (subprocess.SubprocessError, OSError):
        print("No Chromium is installed and none could be fetched; browser tests will be skipped.")


if __name__ == "__main__" and installed() is None:
    install()
