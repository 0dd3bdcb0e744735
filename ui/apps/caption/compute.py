"""Cached results of the caption page."""

from rnn_core.apps.caption import data
from rnn_core.apps.caption.data import Part, sentences
from rnn_core.apps.caption.reader import Caption, Reader, answers, forced_share
from rnn_core.apps.caption.scenes import Scene, picture, read_scene
from rnn_core.apps.caption.settings import Settings
from rnn_core.learn.state import RunState
from ui.cache.kept import kept, kept_for_visitor
from ui.cache.shipped import shipped

MOST_SHAPES = 4


@kept(2)
def reader(state: RunState) -> Reader:
    return Reader(state)


@kept_for_visitor(32)
def caption(state: RunState, written: str, reads_right_words: bool) -> Caption:
    """What the network writes of a scene, which is given as its text. With teacher forcing: what it predicts after each right word."""
    image, asked = picture(read_scene(written)), reader(state)
    return (
        asked.next_words(image, right_words(asked.settings, read_scene(written)))
        if reads_right_words
        else asked.caption(image)
    )


def right_words(settings: Settings, scene: Scene) -> tuple[str, ...]:
    return sentences([scene], settings.language)[0]


@kept(4)
def by_shapes(state: RunState) -> tuple[float, ...]:
    """The share of exactly right sentences among the test scenes with one to four shapes."""
    right: dict[int, list[bool]] = {count: [] for count in range(1, MOST_SHAPES + 1)}
    parts: tuple[Part, ...] = ("test", "four shapes")
    for part in parts:
        scenes = data.held_out(part).scenes
        wanted = data.sentences(scenes, reader(state).language)
        for scene, one, other in zip(scenes, answers(state, part), wanted, strict=True):
            right[len(scene)].append(one == other)
    return tuple(sum(found) / len(found) for found in right.values())


@kept(4)
def share_of_words(state: RunState) -> float:
    return forced_share(state)


def other_network(settings: Settings) -> RunState | None:
    """The shipped network that differs in attention alone."""
    ready = shipped(settings.changed(attention=not settings.attention))
    return None if ready is None else ready.state
