"""What `assessment` tells those above it."""

from django.dispatch import Signal

released = Signal()
"""A result was released.

Sent on commit, robustly, with `result` (a `ReleasedResult`): grade, completion, checkpoint.
"""
