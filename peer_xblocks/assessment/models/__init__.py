"""The rows of `assessment`, one file for each thing they are about.

Only `assessment.api` and the modules beside it read and write them. Ratings, resolutions and
releases are inserted and never updated. JSON stands in plain text columns, so that every database
keeps the same characters.
"""

from peer_xblocks.assessment.models.aftermath import AppealRecord, CorrectionRecord, VoidRecord
from peer_xblocks.assessment.models.assessor import Qualification, Tie
from peer_xblocks.assessment.models.case import CaseRecord
from peer_xblocks.assessment.models.notice import MailPreference, Notice
from peer_xblocks.assessment.models.rating import (
    RatingDraftRecord,
    RatingDraftVersion,
    RatingRecord,
)
from peer_xblocks.assessment.models.referral import Referral, SafeguardingContact
from peer_xblocks.assessment.models.reopening import SceneReopening
from peer_xblocks.assessment.models.result import PreparedRelease, ReleaseRecord, ResolutionRecord
from peer_xblocks.assessment.models.seat import BLIND_SEATS, THIRD_SEAT, Seat, SeatExclusion
from peer_xblocks.assessment.models.watched import WatchedRecord

__all__ = [
    "BLIND_SEATS",
    "THIRD_SEAT",
    "AppealRecord",
    "CaseRecord",
    "CorrectionRecord",
    "MailPreference",
    "Notice",
    "PreparedRelease",
    "Qualification",
    "RatingDraftRecord",
    "RatingDraftVersion",
    "RatingRecord",
    "Referral",
    "ReleaseRecord",
    "ResolutionRecord",
    "SafeguardingContact",
    "SceneReopening",
    "Seat",
    "SeatExclusion",
    "Tie",
    "VoidRecord",
    "WatchedRecord",
]
