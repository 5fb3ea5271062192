"""The command `peer-xblocks`: for authors, operators and auditors. It carries; the rooms decide.

One file a noun. Everything heavy is imported inside the command that needs it, so that help comes
at once. What a person sees is a sentence, never a traceback.
"""

from peer_xblocks.cli import course, evidence, site  # noqa: F401 (each adds its commands)
from peer_xblocks.cli.application import app

__all__ = ["app"]
