"""What `work.api` takes and answers, one file for each thing it is about."""

from peer_xblocks.work.values.accommodations import Condition, MoreTime, TimeOfTrainee
from peer_xblocks.work.values.company import Observed, PartnerInfo, PartnerSheet
from peer_xblocks.work.values.drafts import RECORDED, Draft, KeptVersion, Reflection, SelfRating
from peer_xblocks.work.values.plans import KeptPlan, PlanSave
from peer_xblocks.work.values.recordings import (
    Captions,
    Limits,
    PartAddress,
    PartInfo,
    RecordingInfo,
    UploadInfo,
)
from peer_xblocks.work.values.submissions import (
    CLOSED,
    Handed,
    HandIn,
    Performance,
    Status,
    SubmissionInfo,
)

__all__ = [
    "CLOSED",
    "RECORDED",
    "Captions",
    "Condition",
    "Draft",
    "HandIn",
    "Handed",
    "KeptPlan",
    "KeptVersion",
    "Limits",
    "MoreTime",
    "Observed",
    "PartAddress",
    "PartInfo",
    "PartnerInfo",
    "PartnerSheet",
    "Performance",
    "PlanSave",
    "RecordingInfo",
    "Reflection",
    "SelfRating",
    "Status",
    "SubmissionInfo",
    "TimeOfTrainee",
    "UploadInfo",
]
