"""A page for trainers on one dialogue: its map, and every scene with what each choice does.

As with a guide it is a platform's own html block, so only staff see it; the drawing beside it holds
numbers and letters alone.
"""

from html import escape

from peer_xblocks.authoring import content
from peer_xblocks.authoring.dialogue_map import label_of, svg
from peer_xblocks.core.dialogue import Dialogue, Effects, Meter, Scene
from peer_xblocks.core.framework import Framework


def name_of(dialogue: Dialogue) -> str:
    """The url_name of the page."""
    return f"map-{dialogue.url_name}"


def picture(dialogue: Dialogue) -> str:
    """The file name of the drawing in `static`."""
    return f"map-{dialogue.url_name}.svg"


def svg_of(dialogue: Dialogue) -> bytes:
    """The drawing of a dialogue as a file."""
    return (svg(dialogue, _title(dialogue), _described(dialogue)) + "\n").encode()


def html_of(dialogue: Dialogue, framework: Framework) -> str:
    """The whole page, sanitised."""
    parts = [
        f"<p>{escape(_described(dialogue))} Trainees see the map once a talk is over, and the name "
        "of an ending once they came to it. No page of ours shows what somebody chose.</p>",
        f'<p><img src="/static/{picture(dialogue)}" alt="{escape(_title(dialogue))}"></p>',
        f"<h2>What {escape(dialogue.person.name)} wants</h2>",
        content.render(dialogue.person.want),
        "<h2>Scenes</h2>",
        *(_scene(dialogue, scene, framework) for scene in dialogue.scenes),
        "<h2>Endings</h2>",
        *(
            f"<h3>{label_of(dialogue, one.id)}. {escape(one.name)}</h3>{content.render(one.left)}"
            for one in dialogue.endings
        ),
    ]
    return content.sanitise("\n".join(parts))


def _title(dialogue: Dialogue) -> str:
    return f"Map of the talk “{dialogue.title}”"


def _described(dialogue: Dialogue) -> str:
    scenes, endings = len(dialogue.scenes), len(dialogue.endings)
    return f"{scenes} scenes from top to bottom, {endings} endings below."


def _scene(dialogue: Dialogue, scene: Scene, framework: Framework) -> str:
    who = scene.speaker or dialogue.person.name
    asks = ["own words first"] if scene.own_words else []
    asks += ["how much of the own story, and for whom"] if scene.role_modeling else []
    asked = f" <em>(asks {' and '.join(asks)})</em>" if asks else ""
    told = " ".join(
        part
        for part in (
            f"<em>{escape(scene.shows)}</em>" if scene.shows else "",
            f"<strong>{escape(who)}:</strong> {escape(scene.says)}" if scene.says else "",
        )
        if part
    )
    items = []
    for choice in scene.choices:
        found = framework.competency(choice.competency)
        label = f"{choice.competency} {found.label}" if found else choice.competency
        items.append(
            f"<li>{escape(choice.words)}<br><em>{escape(choice.behaviour)} "
            f"({escape(label)}). {_effects(choice.effects)}</em> "
            f"→ <strong>{label_of(dialogue, choice.next)}</strong></li>"
        )
    number = label_of(dialogue, scene.id)
    return f"<h3>{number}. {escape(scene.id)}{asked}</h3><p>{told}</p><ul>{''.join(items)}</ul>"


def _effects(effects: Effects) -> str:
    moved = [f"{one.value} {getattr(effects, one):+d}" for one in Meter if getattr(effects, one)]
    return ", ".join(moved) or "no meter moves"
