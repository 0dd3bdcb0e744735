"""What an answer looks back at: four methods, and three cells that read the same sentence."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from rnn_core.analysis.inside.network import Network
from rnn_core.analysis.inside.saliency import Saliency, explained, saliency
from rnn_core.apps.look_inside import network_of_run
from rnn_core.arrays import Array
from rnn_core.cells.activations import sigma
from rnn_core.errors import CoreError
from ui.as_text import in_chart, in_markdown
from ui.browser.plot import plot
from ui.browser.thumbnails import Thumbnail, thumbnail_choice
from ui.cache.kept import kept_for_visitor
from ui.cache.read_only import make_read_only
from ui.cache.shipped import shipped
from ui.figures.chart import Chart
from ui.figures.matrix import matrix
from ui.figures.words import number
from ui.i18n import _
from ui.links.kept_settings import in_link
from ui.memory.inside.swap import LONGEST, REVIEWERS
from ui.memory.inside.take_runs import take_looks
from ui.widgets.stage import Stage, stage_note

SENTENCES = {
    "litotes": "the plot is not bad at all",
    "negation": "i do not think that the film is boring",
    "nobody": "nobody finds this film boring",
    "but": "the story is long but clear",
}
CELLS = ("rnn-tanh", "gru", "lstm")
NODES = 48  # of the rule along the way from zero inputs


@dataclass(frozen=True)
class Look:
    cell: str
    words: tuple[str, ...]
    found: Saliency

    @property
    def rows(self) -> Array:
        """(4, T) each method by its own largest value."""
        rows = np.array([self.found.norms, self.found.times_input, self.found.integrated, self.found.left_out])
        return np.asarray(rows / np.maximum(1e-12, np.abs(rows).max(axis=1, keepdims=True)))

    @property
    def odd_word(self) -> int:
        """The word on which integrated gradients and leave-one-out differ most."""
        _norms, _times, integrated, left_out = self.rows
        return int(np.abs(integrated - left_out).argmax())


@kept_for_visitor(6)
def looks(words: tuple[str, ...]) -> tuple[Look, ...]:
    """Of every cell that was trained on film reviews."""
    return make_read_only(tuple(Look(cell, words, _saliency(cell, words)) for cell in CELLS))


def _saliency(cell: str, words: tuple[str, ...]) -> Saliency:
    network = _network(cell)
    ids = REVIEWERS[cell].vocabulary.ids(words)
    return saliency(network, ids, explained(network, weights=[1.0]), nodes=NODES)


def _network(cell: str) -> Network:
    trained = shipped(REVIEWERS[cell])
    if trained is None:
        raise CoreError("cell", repr(cell), "a cell whose network ships")
    return network_of_run(trained.state)


def view(stage: Stage) -> None:
    with stage.dock:
        name = thumbnail_choice(_("Sentence"), _pictures(), "litotes", "looked")
    with stage.picture:
        typed = SENTENCES.get(name) or st.text_input(
            _("Your own sentence"), SENTENCES["litotes"], max_chars=300, **in_link("looked_own")
        )
        words = tuple(typed.lower().split()[:LONGEST])
        if len(words) < 2:
            st.info(_("Two words or more are needed: one of them is left out."))
            return
        found = looks(words)
        take_looks(words, {look.cell: look.found for look in found}, NODES)
        stage_note().markdown(_sentence(found))
        plot(_chart(found), key="inside_looks", height="stage")


def _pictures() -> dict[str, Thumbnail]:
    """Of each sentence: the integrated gradients of the three cells."""
    pictures = {
        name: Thumbnail(text, ribbons=tuple(look.rows[2].tolist() for look in looks(tuple(text.split()))))
        for name, text in SENTENCES.items()
    }
    return pictures | {"own": Thumbnail(_("your own sentence"))}


def _methods() -> tuple[str, ...]:
    return _("gradient"), _("gradient × input"), _("integrated gradients"), _("leave one out")


def _names() -> dict[str, str]:
    return {"rnn-tanh": _("RNN"), "gru": _("GRU"), "lstm": _("LSTM")}


def _chart(found: tuple[Look, ...]) -> Chart:
    rows = [f"{_names()[look.cell]}: {method}" for look in found for method in _methods()]
    title = _("What the score looks back at; each row by its own largest value")
    values = np.concatenate([look.rows for look in found])
    return matrix(values, title=title, rows=rows, columns=[in_chart(word) for word in found[0].words], reach=1.0)


def _sentence(found: tuple[Look, ...]) -> str:
    """The answers, and in the LSTM the word on which the methods differ, with the reason in numbers."""
    answers = _("; ").join(
        f"{_names()[look.cell]} **{float(sigma(np.array(look.found.value))):.0%}**" for look in found
    )
    says = _("P(positive): {answers}.").format(answers=answers)
    look = found[-1]
    seen, word = look.found, in_markdown(look.words[look.odd_word])
    return f"{says} " + _(
        "In the LSTM the methods differ most on **{word}**. Integrated gradients add up to the whole difference from zero inputs, {whole}; gradient × input adds up to {linear}, because the network is not linear along the way. Leaving a word out also moves all later words forward."
    ).format(word=word, whole=number(seen.value - seen.value_at_zero), linear=number(float(seen.times_input.sum())))
