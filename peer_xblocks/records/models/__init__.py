"""The rows of the records, one file for each thing they are about."""

from peer_xblocks.records.models.access import Consent, Grant, Opening, Read, Trail
from peer_xblocks.records.models.erasure import Erasure, ErasureRequest
from peer_xblocks.records.models.log import (
    ChainHead,
    Checkpoint,
    Document,
    Entry,
    Log,
    Record,
)
from peer_xblocks.records.models.programme import CertifyingBody, Person, Programme

__all__ = [
    "CertifyingBody",
    "ChainHead",
    "Checkpoint",
    "Consent",
    "Document",
    "Entry",
    "Erasure",
    "ErasureRequest",
    "Grant",
    "Log",
    "Opening",
    "Person",
    "Programme",
    "Read",
    "Record",
    "Trail",
]
