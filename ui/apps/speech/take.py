"""What the page on speech gives to take along: one word, or a strip of digits."""

import numpy as np

from rnn_core.apps.speech.language import Spoken, StripInLanguage
from rnn_core.apps.speech.listen import LONGEST_STRIP
from rnn_core.apps.speech.playing import Order, Played
from rnn_core.apps.speech.settings import Settings
from rnn_core.arrays import Array
from rnn_core.blocks.readout import softmax
from rnn_core.learn.state import RunState
from ui.apps.network import Network
from ui.apps.speech.compute import Understood
from ui.apps.speech.model import Model
from ui.apps.take import offer_answer
from ui.widgets.take_along.view_notebook import Shown, given, literal, offer_view

PLAYED = {"sound": "heard.sound", "log_mel": "heard.features.log_mel"}
TAUGHT = "taught.safetensors"
IMPORT = "from rnn_core.apps.speech.playing import played\n"


def take_word(
    network: Network[Settings],
    model: Model,
    recording: bytes,
    changes: tuple[int, float, Order],
    played: Played,
    found: Understood | None,
    spoken: Spoken | None,
    belief: Array | None,
) -> None:
    """`changes`: noise, speed, order. `spoken`: the language that was chosen, where the network knows two."""
    lines = f"{IMPORT}{_sound(recording)}\nheard = played(sound, *{changes!r})"
    shown = {**_shown(played), "words": given(list(model.words))}
    if found is not None and belief is not None:
        lines += "\nbelief = reader.read(heard.features.inputs).belief"
        if spoken is not None and model.digits is not None:
            lines = f"from rnn_core.apps.speech.language import in_language\n{lines}"
            lines += f"\nbelief = in_language(belief, {model.digits!r}, {spoken!r}).belief"
        shown["belief"] = Shown(belief, "belief")
    if found is not None and found.bag is not None:
        lines = f"from rnn_core.apps.speech import bag\n{lines}"
        shown["belief_of_the_bag"] = Shown(
            found.bag, f"bag.belief(bag.of_frames(heard.features.cepstra), {model.digits!r})"
        )
    if model.is_taught and model.state is not None:
        weights = model.state.tensors
        offer_view(f"{_taught_lines(model.state)}\n\n{lines}", shown, files={TAUGHT: lambda: weights})
    else:
        offer_answer(network, lines, shown)


def take_strip(
    network: Network[Settings],
    recording: bytes,
    noise: int,
    speed: float,
    played: Played,
    spoken: Spoken,
    heard: StripInLanguage | None,
) -> None:
    lines = f"{IMPORT}{_sound(recording)}\nheard = played(sound, {noise}, {speed!r}, longest={LONGEST_STRIP!r})"
    shown = _shown(played)
    if heard is not None:
        lines = (
            "from rnn_core.apps.speech.language import strip_in_language\n"
            f"from rnn_core.blocks.readout import softmax\n{lines}\n"
            "scores = reader.read(heard.features.inputs).scores\n"
            f"scores = strip_in_language(scores, settings.words, {spoken!r}).scores"
        )
        shown |= {"logits": Shown(heard.scores, "scores"), "beliefs": Shown(softmax(heard.scores), "softmax(scores)")}
    offer_answer(network, lines, shown)


def _taught_lines(state: RunState) -> str:
    """Python that leaves the reader of the network that the visitor taught, whose readout has the visitor's words."""
    settings = {name: value for name, value in state.settings.to_plain().items() if name != "kind"}
    return (
        "from pathlib import Path\n\n"
        "from rnn_core.apps.speech.reader import Reader\n"
        "from rnn_core.apps.speech.settings import Settings\n"
        "from rnn_core.learn.state import RunState\n\n"
        f"settings = Settings.read({settings!r})\n"
        f'reader = Reader(RunState(settings, {state.step}, Path("{TAUGHT}").read_bytes()))'
    )


def _sound(recording: bytes) -> str:
    return f"\nsound = {literal(np.frombuffer(recording, np.float32))}.astype(np.float64)"


def _shown(played: Played) -> dict[str, Shown]:
    values = {"sound": played.sound, "log_mel": played.features.log_mel}
    return {name: Shown(value, PLAYED[name]) for name, value in values.items()}
