"""Draws a dialogue as an SVG: scenes as numbered circles from top to bottom, endings as squares.

The same drawing serves trainers, with nothing marked, and a trainee after a talk, with the own path
marked. It holds numbers and letters alone, no word of the dialogue; a list beside it says the rest.
Colors are attributes, since the pages it stands on allow no style inside.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from string import ascii_uppercase

from peer_xblocks.core.dialogue import Dialogue

WIDTH = 400
LAYER = 58
_MARGIN = 34
_RADIUS = 15

_INK, _SOFT, _LINE = "#1d2b2f", "#6d7a7f", "#b9b6aa"
_GREEN, _WASH, _PAPER, _WHITE = "#0b5a5e", "#e3f0ee", "#fbfaf6", "#ffffff"
_FONT = "system-ui, -apple-system, Segoe UI, Roboto, Noto Sans, Liberation Sans, sans-serif"


@dataclass(frozen=True)
class _Spot:
    """Where one scene or ending is drawn."""

    x: float
    y: float


def label_of(dialogue: Dialogue, name: str) -> str:
    """The number of a scene, from 1, or the letter of an ending, from A; "" for neither."""
    for number, scene in enumerate(dialogue.scenes, start=1):
        if scene.id == name:
            return str(number)
    for number, ending in enumerate(dialogue.endings):
        if ending.id == name:
            return ascii_uppercase[number % 26]
    return ""


def svg(
    dialogue: Dialogue,
    title: str,
    described: str,
    path: Sequence[str] = (),
    seen: Collection[str] = (),
    prefix: str = "",
) -> str:
    """The drawing. `path` are the ids of a talk in order, `seen` those of earlier talks.

    `title` and `described` are read aloud in its place. `prefix` keeps ids apart on a page.
    """
    plan = _planned(dialogue)
    spots = _spots(plan.layers)
    height = _MARGIN * 2 + LAYER * (len(plan.layers) - 1)
    taken = {part for step in pairwise(path) for part in plan.ways.get(step, ())}
    parts_of_ways = dict.fromkeys(part for way in plan.ways.values() for part in way)
    lines = sorted(parts_of_ways, key=lambda part: part in taken)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" role="img" '
        f'aria-labelledby="{prefix}map-title {prefix}map-desc">',
        f'<title id="{prefix}map-title">{escape(title)}</title>',
        f'<desc id="{prefix}map-desc">{escape(described)}</desc>',
        f'<rect x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1}" rx="12" '
        f'fill="{_PAPER}" stroke="#d9d5c9"/>',
        *(_line(spots[a], spots[b], (a, b) in taken) for a, b in lines),
        *(_node(dialogue, name, spots[name], path, seen) for name in spots if "@" not in name),
        "</svg>",
    ]
    return "".join(parts)


@dataclass(frozen=True)
class _Plan:
    """What stands in each layer, and through what each way from scene to scene leads.

    A way that passes a layer has a lane there, named `target@layer`; ways to one target share it.
    """

    layers: list[list[str]]
    ways: dict[tuple[str, str], list[tuple[str, str]]]


def _planned(dialogue: Dialogue) -> _Plan:
    depth = _depths(dialogue)
    layers: list[list[str]] = [[] for _ in range(max(depth.values()) + 1)]
    for name, level in depth.items():
        layers[level].append(name)
    ways = {}
    for a, b in _edges(dialogue):
        lanes = [f"{b}@{level}" for level in range(depth[a] + 1, depth[b])]
        for level, lane in enumerate(lanes, start=depth[a] + 1):
            if lane not in layers[level]:
                layers[level].append(lane)
        ways[a, b] = list(pairwise([a, *lanes, b]))
    _untangle(layers, {part for way in ways.values() for part in way})
    return _Plan(layers, ways)


def _edges(dialogue: Dialogue) -> list[tuple[str, str]]:
    """Which scene leads where, each pair once."""
    return list(
        dict.fromkeys((scene.id, one.next) for scene in dialogue.scenes for one in scene.choices)
    )


def _depths(dialogue: Dialogue) -> dict[str, int]:
    """Scenes below every scene that leads to them, endings below all; what nobody reaches, last."""
    forward = _forward(dialogue)
    depth = {dialogue.scenes[0].id: 0}
    for _round in dialogue.scenes:
        for a, b in forward:
            if a in depth:
                depth[b] = max(depth.get(b, 0), depth[a] + 1)
    deepest = max(depth.get(scene.id, 0) for scene in dialogue.scenes)
    found = {scene.id: depth.get(scene.id, deepest) for scene in dialogue.scenes}
    return found | {ending.id: deepest + 1 for ending in dialogue.endings}


def _forward(dialogue: Dialogue) -> list[tuple[str, str]]:
    """The ways that lead on, without those that lead back to where a talk came from."""
    found: list[tuple[str, str]] = []
    done: set[str] = set()
    leads = {scene.id: [one.next for one in scene.choices] for scene in dialogue.scenes}

    def walk(name: str, above: frozenset[str]) -> None:
        done.add(name)
        for below in dict.fromkeys(leads.get(name, ())):
            if below in above | {name}:
                continue
            found.append((name, below))
            if below not in done:
                walk(below, above | {name})

    walk(dialogue.scenes[0].id, frozenset())
    return found


def _untangle(layers: list[list[str]], parts: Collection[tuple[str, str]]) -> None:
    """Put each layer but the last in the order of what stands above and below, in turns."""
    ups: dict[str, list[str]] = {}
    downs: dict[str, list[str]] = {}
    for a, b in sorted(parts):
        downs.setdefault(a, []).append(b)
        ups.setdefault(b, []).append(a)
    place = {name: _share(n, layer) for layer in layers for n, name in enumerate(layer)}
    for sweep in range(8):
        near_by = downs if sweep % 2 == 0 else ups
        for layer in layers[:-1] if near_by is ups else reversed(layers[:-1]):
            near = {n: _mean([place[o] for o in near_by.get(n, ())], place[n]) for n in layer}
            layer.sort(key=near.__getitem__)
            place |= {name: _share(n, layer) for n, name in enumerate(layer)}


def _share(number: int, layer: Sequence[str]) -> float:
    return (number + 1) / (len(layer) + 1)


def _mean(numbers: Sequence[float], otherwise: float) -> float:
    return sum(numbers) / len(numbers) if numbers else otherwise


def _spots(layers: Sequence[Sequence[str]]) -> dict[str, _Spot]:
    return {
        name: _Spot(round(_share(n, layer) * WIDTH, 1), _MARGIN + LAYER * depth)
        for depth, layer in enumerate(layers)
        for n, name in enumerate(layer)
    }


def _line(a: _Spot, b: _Spot, is_taken: bool) -> str:
    """A line from one spot to another; one that leads back swings out."""
    color, width = (_GREEN, 3) if is_taken else (_LINE, 1.2)
    if b.y > a.y:
        bend = (b.y - a.y) / 2
        curve = f"M{a.x} {a.y}C{a.x} {a.y + bend} {b.x} {b.y - bend} {b.x} {b.y}"
    else:
        side = max(a.x, b.x) + 46 if max(a.x, b.x) < WIDTH - 60 else min(a.x, b.x) - 46
        curve = f"M{a.x} {a.y}C{side} {a.y} {side} {b.y} {b.x} {b.y}"
    return f'<path d="{curve}" fill="none" stroke="{color}" stroke-width="{width}"/>'


def _node(
    dialogue: Dialogue, name: str, spot: _Spot, path: Sequence[str], seen: Collection[str]
) -> str:
    is_here, was_here = name in path, name in seen
    fill = _GREEN if is_here else (_WASH if was_here or not (path or seen) else _WHITE)
    edge, ink = (_GREEN, _WHITE) if is_here else (_SOFT, _INK)
    dash = ' stroke-dasharray="3 3"' if (path or seen) and not (is_here or was_here) else ""
    around = f'fill="{fill}" stroke="{edge}" stroke-width="1.6"{dash}'
    if dialogue.ending(name):
        size = _RADIUS * 2
        shape = (
            f'<rect x="{spot.x - _RADIUS}" y="{spot.y - _RADIUS}" width="{size}" height="{size}" '
            f'rx="5" {around}/>'
        )
    else:
        shape = f'<circle cx="{spot.x}" cy="{spot.y}" r="{_RADIUS}" {around}/>'
    return (
        f'{shape}<text x="{spot.x}" y="{spot.y + 5}" text-anchor="middle" font-family="{_FONT}" '
        f'font-size="14" font-weight="600" fill="{ink}">{label_of(dialogue, name)}</text>'
    )
