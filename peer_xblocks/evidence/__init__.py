"""What can be proved: canonical bytes, commitments, the Merkle log, checkpoints, tiles and packs.

Every byte is defined in `docs/reference/record.md`. Nothing here knows Django, XBlock or the
values of `core`: it takes bytes and plain data, and needs `rfc8785` and `cryptography` only.
"""
