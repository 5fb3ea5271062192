"""A portfolio: its YAML, which in a course the course itself fills; and `<peer_portfolio>`."""

from peer_xblocks.authoring import olx_form, yaml_text
from peer_xblocks.authoring.attempt import Attempt, of_model
from peer_xblocks.core.portfolio import Portfolio

TAG = "peer_portfolio"


def attempt(text: str, file: str) -> Attempt[Portfolio]:
    """An attempt at the portfolio that a text holds."""
    return of_model(Portfolio, text, file)


def load(text: str, file: str) -> Portfolio:
    """The portfolio that a text holds. Raises ProblemsError with every problem found."""
    return attempt(text, file).whole()


def to_text(portfolio: Portfolio) -> str:
    """The text of a portfolio as authors write it; loading it gives the same portfolio."""
    return yaml_text.dump(yaml_text.plain(portfolio))


def to_olx(portfolio: Portfolio) -> olx_form.Element:
    """The `<peer_portfolio>` of a portfolio.

    Raises ProblemsError for characters that XML cannot hold.
    """
    return olx_form.to_activity(portfolio, TAG)


def from_olx(element: olx_form.Element, file: str = "") -> Portfolio:
    """The portfolio of a `<peer_portfolio>`, also one that the platform wrote.

    Raises ProblemsError.
    """
    return olx_form.from_activity(Portfolio, element, TAG, file)
