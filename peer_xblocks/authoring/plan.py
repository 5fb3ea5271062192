"""A plan template: one YAML file of sections and fields; and `<peer_plan>`."""

from peer_xblocks.authoring import olx_form, yaml_text
from peer_xblocks.authoring.attempt import Attempt, of_model
from peer_xblocks.core.plan import PlanTemplate

TAG = "peer_plan"


def attempt(text: str, file: str) -> Attempt[PlanTemplate]:
    """An attempt at the template that a text holds."""
    return of_model(PlanTemplate, text, file)


def load(text: str, file: str) -> PlanTemplate:
    """The template that a text holds. Raises ProblemsError with every problem found."""
    return attempt(text, file).whole()


def to_text(template: PlanTemplate) -> str:
    """The text of a template as authors write it; loading it gives the same template."""
    return yaml_text.dump(yaml_text.plain(template))


def to_olx(template: PlanTemplate) -> olx_form.Element:
    """The `<peer_plan>` of a template.

    Raises ProblemsError for characters that XML cannot hold.
    """
    return olx_form.to_activity(template, TAG)


def from_olx(element: olx_form.Element, file: str = "") -> PlanTemplate:
    """The template of a `<peer_plan>`, also one that the platform wrote. Raises ProblemsError."""
    return olx_form.from_activity(PlanTemplate, element, TAG, file)
