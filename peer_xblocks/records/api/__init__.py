"""The only way into the records, one file a noun. Each function checks permission itself.

What takes no user is for the rooms above, which have checked it: `append`, `documents`,
`checkpoints` and the look-ups of `programmes` and `people`.
"""

from peer_xblocks.records.api.log import Appended, Fact, append

__all__ = ["Appended", "Fact", "append"]
