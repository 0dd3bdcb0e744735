"""The translator's page: the translation with its attention, other candidates, and accuracy by length."""

import streamlit as st

from rnn_core.apps.translate.own import OwnText
from rnn_core.apps.translate.reader import Translation
from rnn_core.apps.translate.settings import Settings
from rnn_core.learn.state import RunState
from ui.apps import frame
from ui.apps.inside import inside
from ui.apps.on_demand import on_demand
from ui.apps.translate import compute, controls, stage
from ui.apps.translate.figures import attention_lines, attention_matrix, length_chart, visible
from ui.apps.translate.presets import presets
from ui.apps.translate.take import take_translation
from ui.apps.untrained import untrained
from ui.as_text import in_markdown
from ui.browser.plot import plot
from ui.figures.words import number
from ui.i18n import _
from ui.links.kept_settings import in_link
from ui.widgets.choices import choice
from ui.widgets.stage import dock
from ui.widgets.tables import table

CURSOR = "translate"
MOST_BEAMS = 8


def answer_names() -> dict[str, str]:
    return {
        "most frequent answer": _("most frequent answer"),
        "word by word from a dictionary": _("word by word from a dictionary"),
        "the most similar example": _("the most similar example"),
        "exactly right": _("exactly right"),
        "wrong symbols for each right one": _("wrong symbols for each right one"),
        "exactly right beyond what was trained": _("exactly right beyond the training range"),
        "exactly right as people write": _("exactly right as people write"),
    }


def play(network: frame.Network[Settings], beams: int) -> None:
    state, settings = network.state, network.settings
    shown = st.container()
    with dock():
        given = controls.typed_text(settings)
        presets(settings, controls.text_key(settings.task), given)
    with shown:
        text = controls.valid_text(given, settings)
    if text is None:
        return
    if state is None:
        with shown:
            untrained(network)
        return
    found = compute.translation(state, text.tokens, beams)
    with shown:
        stage.picture(state, text, found)
    source, output = stage.symbols_of(state, found)
    take_translation(network, text.tokens, beams, found, source, output)
    step = stage.chosen_symbol(output)
    left, right = st.columns(2, gap="medium")
    with left:
        title = _("Where it looks") if found.attention is not None else _("All passes through one state")
        plot(attention_lines(source, output, found.attention, step, title), key="lines")
        if beams > 1:
            _candidates(state, text, beams)
    if found.attention is not None:
        with right:
            title = _("Attention: each row is one output symbol")
            plot(attention_matrix(source, output, found.attention, title), key="attention_matrix")
    on_demand(_("Look inside: this text"), lambda: _inside(state, found, source, output, step))


def beam_width() -> int:
    return st.slider(_("Beam width"), 1, MOST_BEAMS, 1, **in_link("beams"))


def _candidates(state: RunState, text: OwnText, beams: int) -> None:
    found = compute.candidates(state, text.tokens, beams)
    table(
        {
            _("the beams at the end"): [in_markdown(each.text) or _("(nothing)") for each in found],
            _("probability"): [number(each.chance) for each in found],
        }
    )


def _inside(state: RunState, found: Translation, source: list[str], output: list[str], step: int) -> None:
    labels = {"encoder": _("the encoder reads"), "decoder": _("the decoder outputs")}
    half = choice(st.segmented_control, _("Half"), labels, "encoder", "half")
    st.markdown(
        _("The gradients are of the log-probability of symbol {step}, “{symbol}”.").format(
            step=step + 1, symbol=in_markdown(visible(output)[step])
        )
    )
    gradients = compute.reader(state).gradients(found, step)
    if half == "decoder":
        inside(found.decoder, gradients.decoder, CURSOR, visible(["→", *output[:-1]]))
    else:
        inside(found.encoder, gradients.encoder, CURSOR, visible(source))


def bottleneck(network: frame.Network[Settings]) -> None:
    """Accuracy by length of the network on the page and of the shipped one with the other kind of decoder."""
    if network.state is None:
        return
    kinds = {True: _("with attention"), False: _("through one state")}
    here = network.settings.attention
    shown = [(kinds[here], True, compute.by_length(network.state))]
    other = compute.other_network(network.settings)
    if other is not None:
        shown.append((kinds[not here], False, compute.by_length(other)))
    x_title = _("symbols that are read (test data)")
    plot(length_chart(shown, _("The bottleneck: how many are exactly right, by length"), x_title), key="by_length")
