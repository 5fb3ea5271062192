"""What `assessment` tells those above it."""

from django.dispatch import Signal

released = Signal()
"""A result was released.

Sent after the commit, robustly, with `result` (a `ReleasedResult`): grade, completion, checkpoint.
May be sent again when somebody who listens failed, so hearing it twice must be the same as once.
"""

followed = Signal()
"""Something was recorded after a result: a void, a correction, the decision of an appeal.

Sent after the commit, robustly, with `programme`: a checkpoint should soon cover it.
"""

set_aside = Signal()
"""A released result counts no more.

Sent after the commit, robustly, with `trainee_id`, `programme`, `course`, `activity`, and `best`
(a `ReleasedResult`, None when there is no other): the grade follows it.
"""
