"""What a person has done in a course, held beside its competencies and one body's requirements.

Arithmetic alone: nothing here says that a body accepts anything.
"""

from collections.abc import Collection, Mapping

from peer_xblocks.core.certification import Profile, Training
from peer_xblocks.core.framework import Category, Competency, Framework
from peer_xblocks.core.hours import Hours, missing, standing, sum_of
from peer_xblocks.core.hours import Standing as HoursStanding
from peer_xblocks.core.lesson import HoursKind
from peer_xblocks.core.portfolio import Offer, Portfolio
from peer_xblocks.core.standing import Observation, Standing, standing_of
from peer_xblocks.core.value import Value

Shares = Mapping[str, float]
"""How much of each activity is complete, 0 to 1, by `url_name`."""


class Showing(Value):
    """What shows one competency: activities that were finished, and scenarios that were rated."""

    competency: Competency
    standing: Standing
    scenarios: tuple[str, ...]
    done: tuple[Offer, ...]
    ahead: tuple[Offer, ...]


class Asked(Value):
    """How hours that were done stand to one training that a profile asks for.

    `missing` is in minutes, of the kinds that count, or of all where these were not found.
    """

    training: Training
    standing: HoursStanding
    missing: int


def showings(
    portfolio: Portfolio,
    framework: Framework,
    shares: Shares,
    observations: Collection[Observation],
) -> tuple[Showing, ...]:
    """What shows each competency, in the framework's order."""
    titles = {one.scenario: one.title for one in portfolio.offers if one.scenario}
    found = []
    for competency in framework.competencies:
        seen = {one.scenario for one in observations if one.competency == competency.id}
        offers = [one for one in portfolio.offers if competency.id in one.competencies]
        practice = [one for one in offers if not one.scenario]
        open_scenes = [one for one in offers if one.scenario and one.scenario not in seen]
        found.append(
            Showing(
                competency=competency,
                standing=standing_of(competency.id, observations),
                scenarios=tuple(sorted(titles.get(one, one) for one in seen)),
                done=tuple(one for one in practice if is_done(one, shares)),
                ahead=tuple([one for one in practice if not is_done(one, shares)] + open_scenes),
            )
        )
    return tuple(found)


def by_category(
    framework: Framework, found: Collection[Showing]
) -> tuple[tuple[Category, tuple[Showing, ...]], ...]:
    """The showings under the framework's categories, in their order."""
    return tuple(
        (category, tuple(one for one in found if one.competency.category == category.id))
        for category in sorted(framework.categories, key=lambda one: one.order)
    )


def hours_done(portfolio: Portfolio, shares: Shares) -> Hours:
    """The self-paced time of the activities that were finished whole; nothing for a part of one.

    Live and practicum hours are attested by somebody who was there, never by a page that was read.
    """
    alone = [one for one in portfolio.offers if one.hours_kind == HoursKind.SELF_PACED]
    return sum_of(Hours(self_paced=one.minutes) for one in alone if is_done(one, shares))


def asked(profile: Profile, hours: Hours) -> tuple[Asked, ...]:
    """How hours stand to each training that a profile asks for."""
    return tuple(
        Asked(training=one, standing=standing(one, hours), missing=missing(one, hours))
        for one in profile.training
    )


def next_step(portfolio: Portfolio, shares: Shares) -> Offer | None:
    """The first activity that adds training time and is not finished; None when all are."""
    ahead = (one for one in portfolio.offers if one.minutes and not is_done(one, shares))
    return next(ahead, None)


def is_done(offer: Offer, shares: Shares) -> bool:
    """Whether an activity is complete."""
    return shares.get(offer.url_name, 0.0) >= 1
