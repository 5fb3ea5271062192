"""How a talk goes: laws that hold for every dialogue and every path, and the few refusals."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peer_xblocks.authoring import dialogue as authored
from peer_xblocks.core.dialogue import Amount, Benefit, Dialogue, Effects, Meter, Meters
from peer_xblocks.core.dialogue_play import (
    LONGEST,
    Meant,
    Step,
    by_competency,
    chosen,
    passed,
    play,
    undone,
)
from peer_xblocks.core.errors import ConflictError, InvalidError

FILE = Path(__file__).parents[2] / "fixtures/curriculum/01-listening/dialogues/the-late-bus.yaml"
BUS = authored.load(FILE.read_text(encoding="utf-8"), FILE.name)
SHORT = Meant(amount=Amount.A_SENTENCE, benefit=Benefit.THEIRS)
NAMES = st.sampled_from(
    ["bench", "shrug", "sister", "called", "alone", "sit", "complain", "watch", "short", "x"]
)
paths = st.lists(st.builds(Step, scene=NAMES, choice=NAMES), max_size=6)


def walk(*choices: str) -> tuple[Step, ...]:
    """The path of these choices through the late bus."""
    path: tuple[Step, ...] = ()
    for choice in choices:
        scene = play(BUS, path).scene
        path = chosen(BUS, path, scene.id, choice, SHORT if scene.role_modeling else None)
    return path


def test_a_talk_begins_in_the_first_scene():
    """Before any choice the meters stand where the dialogue starts them."""
    played = play(BUS, ())
    assert (played.scene.id, played.ending) == ("bench", None)
    assert played.meters == BUS.start


def test_each_choice_moves_the_meters_and_leads_on():
    """A turn keeps what was before and after it; the last leads to an ending."""
    played = play(BUS, walk("complain", "watch", "short"))
    assert [turn.scene.id for turn in played.turns] == ["bench", "shrug", "sister"]
    assert (played.scene, played.ending.id) == (None, "called")
    assert played.meters.trust == BUS.start.trust - 1 + 1 + 2
    assert played.turns[0].after == played.turns[1].before
    assert passed(played) == ("bench", "shrug", "sister", "called")


@given(paths)
def test_whatever_a_path_holds_the_talk_stands_somewhere_that_there_is(path):
    """In one scene or one ending of the dialogue, and playing what was played changes nothing."""
    played = play(BUS, path)
    assert (played.scene is None) != (played.ending is None)
    assert (played.scene or played.ending) in (*BUS.scenes, *BUS.endings)
    assert play(BUS, played.path) == played
    assert played.path == tuple(path[: len(played.path)])


@given(st.lists(st.tuples(NAMES, NAMES), max_size=12))
def test_no_sequence_of_choices_leaves_the_graph(tries):
    """A choice is taken or refused; what is kept always plays to its end."""
    path: tuple[Step, ...] = ()
    for scene, choice in tries:
        try:
            path = chosen(BUS, path, scene, choice, SHORT)
        except (ConflictError, InvalidError):
            continue
        assert play(BUS, path).path == path


@given(paths)
def test_taking_back_undoes_exactly_one_choice(path):
    """After a choice and its undoing, everything is as it was."""
    played = play(BUS, path)
    if played.scene is None:
        return
    choice = played.scene.choices[0]
    further = chosen(BUS, played.path, played.scene.id, choice.id, SHORT)
    assert undone(BUS, further) == played.path
    assert undone(BUS, ()) == ()


@given(st.lists(st.builds(Effects, trust=st.integers(-3, 3), safety=st.integers(-3, 3))))
def test_no_meter_leaves_its_range(effects):
    """From 0 to 10, whatever is done."""
    meters = Meters()
    for one in effects:
        meters = meters.after(one)
    assert all(0 <= getattr(meters, one) <= 10 for one in Meter)


def test_a_choice_of_another_scene_is_a_conflict():
    """A tab that is behind cannot choose for the tab that went on."""
    with pytest.raises(ConflictError):
        chosen(BUS, walk("complain"), "bench", "sit")
    with pytest.raises(ConflictError):
        chosen(BUS, walk("complain", "silence"), "shrug", "silence")


def test_a_choice_that_the_scene_lacks_is_refused():
    """Only what may be said here can be said."""
    with pytest.raises(InvalidError):
        chosen(BUS, (), "bench", "short")


def test_a_role_modeling_turn_wants_to_know_what_is_meant():
    """What was meant is kept there and nowhere else."""
    path = walk("sit")
    with pytest.raises(InvalidError):
        chosen(BUS, path, "sister", "short")
    assert chosen(BUS, path, "sister", "short", SHORT)[-1].meant == SHORT
    assert chosen(BUS, (), "bench", "sit", SHORT)[-1].meant is None


def test_a_debrief_goes_by_competency():
    """Every turn stands under the competency that its choice was about."""
    played = play(BUS, walk("complain", "watch", "short"))
    assert by_competency(played) == {"I.1": played.turns}


def test_a_talk_that_goes_round_does_not_grow_for_ever():
    """After very many steps it says so, and nothing is lost."""
    data = BUS.model_dump(mode="json")
    data["scenes"][0]["choices"][0]["next"] = "bench"
    round_ = Dialogue.model_validate(data)
    path = tuple(Step(scene="bench", choice="sit") for _ in range(LONGEST))
    assert len(play(round_, path).turns) == LONGEST
    with pytest.raises(ConflictError):
        chosen(round_, path, "bench", "sit")
