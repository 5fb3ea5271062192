"""A dialogue: a branching talk with a person who was invented, for practice and never rated.

Scenes hold what the person says and shows, choices what a trainee may say; a talk ends in one of
several endings. How a talk goes, step by step, is in `dialogue_play`.
"""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from peer_xblocks.core.value import CompetencyId, Line, OptionalProse, Prose, Slug, Value


class Meter(StrEnum):
    """What a talk does to the person: whether they trust, hope, decide themselves, are safe."""

    TRUST = "trust"
    HOPE = "hope"
    CHOICE = "choice"
    SAFETY = "safety"


_Effect = Annotated[int, Field(ge=-3, le=3)]
_Height = Annotated[int, Field(ge=0, le=10)]


class Effects(Value):
    """What one choice does to each meter, from -3 to 3."""

    trust: _Effect = 0
    hope: _Effect = 0
    choice: _Effect = 0
    safety: _Effect = 0

    @property
    def sum(self) -> int:
        """All four together: the higher, the more the choice helped."""
        return self.trust + self.hope + self.choice + self.safety


class Meters(Value):
    """How high each meter stands, from 0 to 10."""

    trust: _Height = 4
    hope: _Height = 4
    choice: _Height = 4
    safety: _Height = 5

    def after(self, effects: Effects) -> "Meters":
        """The meters after a choice; none leaves its range."""
        moved = {one.value: getattr(self, one) + getattr(effects, one) for one in Meter}
        return Meters(**{name: min(10, max(0, height)) for name, height in moved.items()})


class Amount(StrEnum):
    """How much of the own story is told."""

    NOTHING = "nothing"
    A_SENTENCE = "a_sentence"
    A_MINUTE = "a_minute"
    LONGER = "longer"


class Benefit(StrEnum):
    """For whose benefit a story is told."""

    THEIRS = "theirs"
    BOTH = "both"
    MINE = "mine"


class StoryTold(Value):
    """What a choice of a role-modeling turn tells of the own story, looked at from four sides.

    `amount` and `benefit` are what the words come to, whatever was meant by them.
    """

    amount: Amount
    benefit: Benefit
    purpose: Line
    length: Line
    feelings: Line
    hope: Line


class Choice(Value):
    """Something a trainee may say or do, what it does, and what can be learned from it.

    `next` names a scene or an ending.
    """

    id: Slug
    words: Prose
    effects: Effects = Effects()
    note: Prose
    competency: CompetencyId
    behaviour: Line
    told: StoryTold | None = None
    next: Slug


class Scene(Value):
    """One moment of a talk: what the person shows and says, and what may be answered.

    `own_words` is a question that asks for the trainee's own words before any choice is seen.
    `role_modeling` asks first how much of the own story, and for whose benefit. `speaker` where
    somebody else speaks than the person.
    """

    id: Slug
    speaker: str = Field(default="", max_length=80)
    shows: OptionalProse = ""
    says: OptionalProse = ""
    own_words: OptionalProse = ""
    role_modeling: bool = False
    choices: Annotated[tuple[Choice, ...], Field(min_length=2, max_length=5)]

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        if not (self.shows or self.says):
            raise ValueError("a scene needs what the person says or shows")
        ids = [one.id for one in self.choices]
        doubles = sorted({one for one in ids if ids.count(one) > 1})
        if doubles:
            raise ValueError(f'the id "{doubles[0]}" stands twice in this scene')
        telling = [one.told is not None for one in self.choices]
        if self.role_modeling and not all(telling):
            raise ValueError("in a role_modeling scene every choice has a `told`")
        if any(telling) and not self.role_modeling:
            raise ValueError("a choice has a `told` only where the scene says role_modeling: true")
        return self

    def choice(self, choice_id: str) -> Choice | None:
        """The choice with this id, or None."""
        return next((one for one in self.choices if one.id == choice_id), None)


class Ending(Value):
    """How a talk may end: the last that is seen and heard, and what it left with the person.

    `to_you` are kind words to the trainee.
    """

    id: Slug
    name: Line
    shows: OptionalProse = ""
    says: OptionalProse = ""
    left: Prose
    to_you: Prose


class Person(Value):
    """Whom the trainee talks with: somebody invented. `want` is told once a talk is over."""

    name: Line
    age: int = Field(ge=0, le=120)
    pronouns: Line
    want: Prose


class Dialogue(Value):
    """A whole dialogue. A talk begins in the first scene; `minutes` is one with its debrief."""

    url_name: Slug
    title: Line
    minutes: int = Field(ge=1, le=120)
    person: Person
    place: Line
    content_note: Prose
    support: Prose
    way_out: Prose
    brief: Prose
    start: Meters = Meters()
    scenes: Annotated[tuple[Scene, ...], Field(min_length=1)]
    endings: Annotated[tuple[Ending, ...], Field(min_length=1)]

    @property
    def competencies(self) -> tuple[CompetencyId, ...]:
        """The competencies that its choices are about, in the order they first come up."""
        named = [choice.competency for scene in self.scenes for choice in scene.choices]
        return tuple(dict.fromkeys(named))

    def scene(self, name: str) -> Scene | None:
        """The scene with this id, or None."""
        return next((one for one in self.scenes if one.id == name), None)

    def ending(self, name: str) -> Ending | None:
        """The ending with this id, or None."""
        return next((one for one in self.endings if one.id == name), None)

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        ids = [scene.id for scene in self.scenes] + [ending.id for ending in self.endings]
        doubles = sorted({one for one in ids if ids.count(one) > 1})
        if doubles:
            raise ValueError(f'the id "{doubles[0]}" stands twice in this dialogue')
        for scene in self.scenes:
            for choice in scene.choices:
                if choice.next not in ids:
                    raise ValueError(f'there is no scene or ending "{choice.next}"')
        return self
