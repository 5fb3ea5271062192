"""What a trainee asks for with the form of a plan: rows added, moved or taken out."""

from peer_xblocks.blocks.sent import Sent
from peer_xblocks.core.plan import MOST_ROWS, PlanTemplate
from peer_xblocks.core.plan_content import LONGEST_CELL, Plan, from_form, moved, removed


def taken(template: PlanTemplate, before: Plan, sent: Sent) -> Plan:
    """The plan that was sent, over the fields that `before` has and the form lacks.

    Raises InvalidError for an input that is too long.
    """
    texts = {name: sent.text(name, longest=LONGEST_CELL) for name in sent.texts if _is_ours(name)}
    return from_form(template, before, texts)


def _is_ours(name: str) -> bool:
    return name == "person" or name.startswith(("w.", "r."))


def done(template: PlanTemplate, plan: Plan, action: str) -> Plan:
    """The plan after a button: `up.FIELD.ROW`, `down.FIELD.ROW` or `remove.FIELD.ROW`.

    Anything else, `add.FIELD` among it, leaves the plan as it is.
    """
    name, field, number = target(template, action)
    if field and name == "up":
        return moved(plan, field, number, -1)
    if field and name == "down":
        return moved(plan, field, number, 1)
    if field and name == "remove":
        return removed(plan, field, number)
    return plan


def target(template: PlanTemplate, action: str) -> tuple[str, str, int]:
    """What a button asks for, in which field, at which row from 0; no field for nonsense."""
    name, _dot, rest = action.partition(".")
    field_id, _dot, digits = rest.partition(".")
    field = template.field(field_id)
    if field is None or not field.has_rows:
        return name, "", 0
    is_row = digits.isascii() and digits.isdigit() and len(digits) < 3
    if name != "add" and not is_row:
        return name, "", 0
    number = int(digits) if is_row else 0
    return name, field_id, min(number, MOST_ROWS)
