"""What the page on text shows: a network that writes, three ways of choosing, what it wrote while it learned, and its units."""

import itertools

import numpy as np
import streamlit as st

from rnn_core.apps.text.reader import LONGEST_INSPECTION
from rnn_core.apps.text.units import Units
from rnn_core.apps.text.writing import Manner, Written
from ui.apps import frame
from ui.apps.inside import inside
from ui.apps.text import compute
from ui.browser.letters import letters
from ui.browser.plot import plot
from ui.browser.writer import chosen, name_of, writer
from ui.figures.bars import bars
from ui.figures.chart import Chart
from ui.i18n import _
from ui.links.kept_settings import in_link
from ui.widgets import plain

CURSOR = "text"
WRITER = "writer"
SAMPLE = 60  # characters of what it writes while it learns
LOOKED_INTO = 40  # characters: as many as have room under a chart
SHOWN_OF_TEXT = 360  # characters, coloured by a unit
BEST, FAIR = 3, 3  # units shown
UNIT_HEIGHT = 270


def answer_names() -> dict[str, str]:
    return {
        "every character equally likely": _("every character equally likely"),
        "how frequent each character is": _("how frequent each character is"),
        "5-gram counts (Kneser–Ney)": _("5-gram counts (Kneser–Ney)"),
        "bits per character": _("bits per character"),
        "next character guessed": _("next character guessed"),
    }


def play(network: frame.Network, beginning: str, manner: Manner, length: int) -> None:
    if network.state is None:
        st.info(_("Press “Train from the start”: it writes as soon as the first steps are done."))
        return
    name = name_of(network.settings.text, beginning)
    forced = tuple(sorted(chosen(WRITER, name, length).items()))
    written = compute.written(network.state, beginning, length, manner, forced)
    writer(written, key=WRITER, name=name, at_once=network.run.progress().phase == "running")
    _inside(network, written)


def _inside(network: frame.Network, written: Written) -> None:
    """The end of the beginning, and the first characters that the network wrote."""
    shown = st.expander(
        _("Look inside: these characters"), icon=":material/search:", key="text_inside", on_change="rerun"
    )
    if not shown.open:
        return
    with shown:
        text = (written.beginning[-LOOKED_INTO // 2 :] + written.text)[: min(LOOKED_INTO, LONGEST_INSPECTION) + 1]
        look = compute.look(network.state, text)
        st.markdown(
            _(
                "The last layer while it reads this piece, one character a step. Gradients are of what the piece’s last character cost."
            )
        )
        back = compute.gradients(network.state, text)
        inside(
            look.trace.forward[-1],
            back.forward[-1],
            CURSOR,
            ["␣" if each == " " else "↵" if each == "\n" else each for each in text[:-1]],
        )


def three_ways(network: frame.Network, beginning: str, manner: Manner) -> None:
    """The same beginning, chosen greedily, at random, and by beam search."""
    if network.state is None:
        return
    st.subheader(_("Three ways to choose"), anchor=False)
    length, width = 120, 5
    ways = {
        _("Greedy: always the most probable"): compute.written(
            network.state, beginning, length, Manner(temperature=0.0)
        ),
        _("Drawn, with your temperature"): compute.written(network.state, beginning, length, manner),
        _("Beam: the {width} best at once").format(width=width): compute.beam(network.state, beginning, length, width),
    }
    for column, (title, written) in zip(st.columns(3), ways.items(), strict=True):
        with column:
            st.markdown(f"**{title}**")
            plain.text(written.text, height=190)
            st.caption(_("{bits} bits a character, as the network says it").format(bits=f"{written.bits / length:.2f}"))


def samples(network: frame.Network, beginning: str) -> None:
    """What it wrote after so many steps of training, kept while it learns."""
    kept: dict[int, str] = st.session_state.setdefault("text_samples", {})
    owner = (hash(network.settings), beginning)
    state = network.run.state
    if st.session_state.get("text_samples_of") != owner or state is None or (kept and state.step < max(kept)):
        kept.clear()
        st.session_state["text_samples_of"] = owner
    if state is not None and (not kept or state.step >= 2 * max(kept) or state.ending is not None):
        kept[state.step] = compute.written(state, beginning, SAMPLE, Manner(temperature=0.7)).text
    st.markdown(f"**{_('What it writes while it learns')}**")
    if not kept:
        st.caption(_("Train it, and its first words appear here: from noise to spelling to phrases."))
        return
    lines = [f"{step:>5}  {text}".replace("\n", "↵") for step, text in sorted(kept.items())]
    plain.text("\n".join(lines))


def unit_names() -> dict[str, str]:
    """The features that units are matched with."""
    return {
        "a space was read": _("a space was read"),
        "a capital letter was read": _("a capital letter was read"),
        "a vowel was read": _("a vowel was read"),
        "a digit was read": _("a digit was read"),
        "a mark was read": _("a mark was read"),
        "place in the line": _("place in the line"),
        "place in the word": _("place in the word"),
        "place in the clause": _("place in the clause"),
        "indentation of the line": _("indentation of the line"),
        "within brackets": _("within brackets"),
        "within a word in capitals": _("within a word in capitals"),
        "the word began with a capital": _("the word began with a capital"),
        "within quotation marks": _("within quotation marks"),
        "within a comment": _("within a comment"),
    }


def units(network: frame.Network) -> None:
    """The best units, a fair sample of the rest, and all scores."""
    if network.state is None:
        return
    shown = st.expander(
        _("What does a single unit keep?"), icon=":material/grid_view:", key="text_units", on_change="rerun"
    )
    if not shown.open:
        return
    with shown:
        found = compute.units(network.state)
        again = st.number_input(_("Another fair sample"), 0, 99, 0, **in_link("fair_sample"))
        plot(_histogram(found), key="unit_scores")
        order = np.argsort(-found.scores)
        fair = np.random.default_rng(int(again)).choice(order[BEST:], FAIR, replace=False)
        for heading, some in ((_("The best"), order[:BEST]), (_("Drawn from all the others"), fair)):
            st.markdown(f"**{heading}**")
            for place, (column, unit) in enumerate(zip(st.columns(len(some)), map(int, some), strict=True)):
                with column:
                    _unit(network, found, unit, f"{'fair' if some is fair else 'best'}_{place}")


def _histogram(found: Units) -> Chart:
    counts, edges = np.histogram(found.scores, bins=10, range=(0.0, 1.0))
    labels = [f"{low:.1f}–{high:.1f}" for low, high in itertools.pairwise(edges)]
    return bars(
        counts,
        labels,
        title=_("How many units have which score"),
        y_title=_("units"),
        x_title=_("|correlation| with the nearest feature, on test text"),
    )


def _unit(network: frame.Network, found: Units, unit: int, key: str) -> None:
    feature = unit_names()[found.features[found.best[unit]]]
    title = _("unit {unit} · nearest feature: {feature} · score {score}").format(
        unit=unit + 1, feature=feature, score=f"{found.scores[unit]:.2f}"
    )
    alt = _("A piece of the test text, each character coloured by the unit’s value. {title}").format(title=title)
    letters(
        found.text[:SHOWN_OF_TEXT],
        found.values[:SHOWN_OF_TEXT, unit],
        key=f"unit_{key}",
        title=title,
        alt=alt,
        height=UNIT_HEIGHT,
    )
