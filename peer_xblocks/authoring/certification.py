"""A certification profile: one YAML file, the name of which is its key."""

from peer_xblocks.authoring import keyed
from peer_xblocks.authoring.attempt import Attempt
from peer_xblocks.authoring.source import value_of
from peer_xblocks.core.certification import Profile


def attempt(text: str, file: str) -> Attempt[Profile]:
    """An attempt at the profile that a text holds; its key is the name of the file."""
    return keyed.attempt(text, file, lambda written: value_of(Profile, written))
