"""What the translator's page shows: the answer and where it looked, other candidates, and what length does to it."""

import math

import streamlit as st

from rnn_core.apps.translate.own import OwnText, truth
from rnn_core.apps.translate.reader import Translation
from ui.apps import frame
from ui.apps.inside import inside
from ui.apps.translate import compute, controls
from ui.apps.translate.figures import END, attention_lines, attention_matrix, length_chart, visible
from ui.as_text import in_markdown
from ui.browser.plot import plot
from ui.figures.words import number
from ui.i18n import _
from ui.links.kept_settings import in_link, in_session
from ui.widgets.choices import choice
from ui.widgets.plain import table

CURSOR = "translate"
MOST_BEAMS = 8


def answer_names() -> dict[str, str]:
    return {
        "most frequent answer": _("most frequent answer"),
        "word by word from a dictionary": _("word by word from a dictionary"),
        "the most similar example": _("the most similar example"),
        "exactly right": _("exactly right"),
        "wrong symbols for each right one": _("wrong symbols for each right one"),
        "exactly right beyond what was trained": _("exactly right beyond what was trained"),
    }


def play(network: frame.Network) -> None:
    left, right = st.columns([1, 2], gap="medium")
    with left:
        text = controls.text_field(network.settings)
        beams = st.slider(_("Beams"), 1, MOST_BEAMS, 1, **in_link("beams"))
    if network.state is None:
        with right:
            st.info(_("There is no network with these settings yet: train one below, and it answers here."))
        return
    found = compute.translation(network.state, text.tokens, beams)
    with right:
        _answer(network, text, found)
        source = compute.reader(network.state).source_language.decode(found.source)
        said = [*compute.said_symbols(network.state, found.output)]
        said += [END] * (len(found.output) - len(said))
        step = _chosen_step(said)
        title = _("Where it looks") if found.attention is not None else _("All passes through one state")
        plot(attention_lines(source, said, found.attention, step, title), key="lines")
    if beams > 1:
        _candidates(network, text, beams)
    if found.attention is not None:
        title = _("Attention: each row is one symbol that is said")
        plot(attention_matrix(source, said, found.attention, title), key="attention_matrix")
    _inside(network, found, source, said, step)


def _answer(network: frame.Network, text: OwnText, found: Translation) -> None:
    said = compute.said_text(network.state, found.output)
    wanted = truth(text.text, network.settings)
    st.markdown(_("Reads: **{text}**").format(text=in_markdown(text.text)))
    st.markdown(f"### {in_markdown(said) or _('(nothing)')}")
    share = f"{math.exp(found.log_probability):.1%}"
    chance = _("chance {chance}").format(chance=share)
    if wanted is None:
        st.caption(
            _("Its chance: {share}. The grammar writes no number and no date so: there is no right answer.").format(
                share=share
            )
        )
    elif said == wanted:
        st.success(_("Right, with {chance}.").format(chance=chance), icon=":material/check:")
    else:
        st.error(
            _("Wrong, with {chance}. Right is: {wanted}").format(chance=chance, wanted=in_markdown(wanted)),
            icon=":material/close:",
        )


def _chosen_step(said: list[str]) -> int:
    if len(said) < 2:
        return 0
    names = visible(said)
    return st.select_slider(
        _("Symbol that is said"),
        range(len(said)),
        0,
        format_func=lambda at: f"{at + 1}. {in_markdown(names[at])}",
        **in_session(f"said_{len(said)}"),
    )


def _candidates(network: frame.Network, text: OwnText, beams: int) -> None:
    found = compute.candidates(network.state, text.tokens, beams)
    table(
        {
            _("the beams at the end"): [in_markdown(each.text) or _("(nothing)") for each in found],
            _("chance"): [number(each.chance) for each in found],
        }
    )


def _inside(network: frame.Network, found: Translation, source: list[str], said: list[str], step: int) -> None:
    shown = st.expander(_("Look inside: this text"), icon=":material/search:", key="inside_open", on_change="rerun")
    if not shown.open:
        return
    with shown:
        labels = {"encoder": _("the encoder reads"), "decoder": _("the decoder says")}
        half = choice(st.segmented_control, _("Half"), labels, "encoder", "half")
        st.markdown(
            _("Gradients are of the log of the chance of symbol {step}, “{symbol}”.").format(
                step=step + 1, symbol=in_markdown(visible(said)[step])
            )
        )
        gradients = compute.reader(network.state).gradients(found, step)
        if half == "decoder":
            inside(found.decoder, gradients.decoder, CURSOR, visible(["→", *said[:-1]]))
        else:
            inside(found.encoder, gradients.encoder, CURSOR, visible(source))


def bottleneck(network: frame.Network) -> None:
    """The network on the page, and the one that ships with the other kind of decoder."""
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
