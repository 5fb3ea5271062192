"""`python -m peer_xblocks.cli`, where the command itself is not on the path."""

from peer_xblocks.cli import app

app()
