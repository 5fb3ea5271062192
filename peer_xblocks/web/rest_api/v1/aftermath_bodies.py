"""What requests about a case beside its result hold. The `api` packages say what is wrong."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from peer_xblocks.core.record import Change
from peer_xblocks.core.value import Slug, Value

Words = Annotated[str, Field(max_length=10_000)]


class SignRequest(Value):
    """A lead's word under what the rule makes of three ratings; it may be empty."""

    reason: Words = ""


class HoldRequest(Value):
    """Why a result is held back, for leads."""

    reason: Words


class TogetherRequest(Value):
    """Which prepared results to release."""

    programme: Slug
    submissions: Annotated[tuple[UUID, ...], Field(max_length=100)]


class VoidRequest(Value):
    """Why a submission counts no more: `technical`, `error`, `request` or `misconduct`."""

    cause: Words
    reason: Words


class CorrectionRequest(Value):
    """Which record is wrong, by its id, and what is right."""

    about: Words
    reason: Words
    changes: Annotated[tuple[Change, ...], Field(max_length=20)]


class AppealRequest(Value):
    """What an appeal rests on: `rule`, `bias`, `technical` or `new_facts`."""

    ground: Words
    words: Words


class DecisionRequest(Value):
    """What is decided on an appeal: `dismissed`, `corrected` or `rated_anew`."""

    decision: Words
    reason: Words
