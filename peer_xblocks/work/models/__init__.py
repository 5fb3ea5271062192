"""The rows of `work`, one file for each thing they are about.

Only `work.api` reads and writes them.

Texts that hold objects are JSON in plain text columns, so that every database keeps the same
characters.
"""

from peer_xblocks.work.models.accommodation import Accommodation
from peer_xblocks.work.models.draft import Content, DraftRecord, DraftVersion
from peer_xblocks.work.models.partner import ObservedRecord, PartnerLink
from peer_xblocks.work.models.placed import Placed, new_uuid
from peer_xblocks.work.models.plan import PlanRecord, PlanVersion
from peer_xblocks.work.models.recording import CaptionsRecord, Recording
from peer_xblocks.work.models.reflection import ReflectionRecord, ReflectionVersion
from peer_xblocks.work.models.self_rating import SelfRatingRecord, SelfRatingVersion
from peer_xblocks.work.models.submission import Submission
from peer_xblocks.work.models.upload import Leftover, Upload, UploadPart

__all__ = [
    "Accommodation",
    "CaptionsRecord",
    "Content",
    "DraftRecord",
    "DraftVersion",
    "Leftover",
    "ObservedRecord",
    "PartnerLink",
    "Placed",
    "PlanRecord",
    "PlanVersion",
    "Recording",
    "ReflectionRecord",
    "ReflectionVersion",
    "SelfRatingRecord",
    "SelfRatingVersion",
    "Submission",
    "Upload",
    "UploadPart",
    "new_uuid",
]
