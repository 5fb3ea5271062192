"""A trainee's plan, and its versions."""

from datetime import datetime

from peer_xblocks.core.plan_content import Plan
from peer_xblocks.core.value import Value


class KeptPlan(Value):
    """A plan as saved last. Version 0: nothing was saved yet."""

    version: int
    plan: Plan
    saved_at: datetime | None


class PlanSave(Value):
    """One save of a plan. `is_late`: it came after another save, and never stood."""

    number: int
    from_version: int
    is_late: bool
    plan: Plan
    saved_at: datetime
