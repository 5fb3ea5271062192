"""Where in a programme's course something was done."""

from peer_xblocks.core.value import Slug, Value


class Place(Value):
    """One activity of one course in one programme: keys as the platform writes them."""

    programme: Slug
    course: str
    activity: str
    activity_type: str
