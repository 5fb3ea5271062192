"""What `assessment` tells those above it."""

from django.dispatch import Signal

released = Signal()
"""A result was released.

Sent after the commit, robustly, with `result` (a `ReleasedResult`): grade, completion, checkpoint.
May be sent again when somebody who listens failed, so hearing it twice must be the same as once.
"""

set_aside = Signal()
"""A released result counts no more.

Sent after the commit, robustly, with `trainee_id`, `programme`, `course`, `activity`, and `best`
(a `ReleasedResult`, None when there is no other): the grade follows it.
"""
