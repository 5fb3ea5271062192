"""RFC 6962 section 2.1 line by line, slow and plain, to check the fast arithmetic against."""

import hashlib
from collections.abc import Sequence


def split(size: int) -> int:
    """Return k, the largest power of two smaller than n (section 2.1)."""
    k = 1
    while k * 2 < size:
        k *= 2
    return k


def mth(entries: Sequence[bytes]) -> bytes:
    """Return MTH(D[n]) (section 2.1)."""
    n = len(entries)
    if n == 0:
        return hashlib.sha256().digest()
    if n == 1:
        return hashlib.sha256(b"\x00" + entries[0]).digest()
    k = split(n)
    return hashlib.sha256(b"\x01" + mth(entries[:k]) + mth(entries[k:])).digest()


def path(m: int, entries: Sequence[bytes]) -> list[bytes]:
    """Return PATH(m, D[n]) (section 2.1.1)."""
    n = len(entries)
    if n == 1:
        return []
    k = split(n)
    if m < k:
        return [*path(m, entries[:k]), mth(entries[k:])]
    return [*path(m - k, entries[k:]), mth(entries[:k])]


def proof(m: int, entries: Sequence[bytes]) -> list[bytes]:
    """Return PROOF(m, D[n]) (section 2.1.2)."""
    return subproof(m, entries, True)


def subproof(m: int, entries: Sequence[bytes], whole: bool) -> list[bytes]:
    """Return SUBPROOF(m, D[n], b) (section 2.1.2)."""
    n = len(entries)
    if m == n:
        return [] if whole else [mth(entries)]
    k = split(n)
    if m <= k:
        return [*subproof(m, entries[:k], whole), mth(entries[k:])]
    return [*subproof(m - k, entries[k:], False), mth(entries[:k])]
