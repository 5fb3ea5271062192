"""What `work` tells those above it."""

from django.dispatch import Signal

submission_made = Signal()
"""A submission was made.

Sent inside its transaction, before the record is appended, with `handed` (a `Handed`).

A receiver that raises undoes the submission: whoever opens the seats is part of it.
"""

more_time = Signal()
"""A trainee asked for more time, was granted some, or has none any more.

Sent inside its transaction with `owner_id`, `programme` and `what`: "asked", "granted" or "ended".
Nothing says how much or why.
"""
