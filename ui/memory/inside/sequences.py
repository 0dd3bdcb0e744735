"""What units know about many short sequences: reviews, sessions, sources of translations, spoken words, strings of the lab."""

from itertools import chain

import numpy as np
import streamlit as st

from rnn_core.analysis.inside import matching
from rnn_core.apps.look_inside import reading_part
from ui.browser.long_text import LongText, long_text
from ui.browser.plot import plot
from ui.i18n import _, language
from ui.memory.inside import sequences_compute as compute
from ui.memory.inside.chosen import NULLS, Chosen, beyond_nulls, choose, clicked_dot, pairs, take_position, verdict
from ui.memory.inside.compute import shown_values
from ui.memory.inside.figures import two_kinds, units_beside_nulls
from ui.memory.inside.names import label_name, value_names
from ui.memory.inside.sequences_compute import LAB, SequenceUnits
from ui.memory.inside.source import OF_SEQUENCES, Source, shipped
from ui.memory.inside.take import take_sequences
from ui.widgets.choices import choice
from ui.widgets.stage import Stage, stage_halves, stage_note
from ui.widgets.tables import table

CELLS = {"lstm": "LSTM", "gru": "GRU", "rnn-tanh": "RNN", "rnn-relu": "ReLU-RNN"}


def network_names(application: str) -> dict[str, str]:
    """Of the networks that ship, the one that opens first."""
    lstm, gru, rnn = ({each: CELLS[each]} for each in ("lstm", "gru", "rnn-tanh"))
    match application:
        case "sentiment":
            return lstm | gru | rnn
        case "recommend":
            return gru | {"gru-tied": _("GRU with tied weights")} | lstm | rnn
        case "translate":
            numbers = {f"en-zh-{cell}": f"English → 中文, {CELLS[cell]}" for cell in ("lstm", "gru", "rnn-tanh")}
            return {"dates-gru": _("dates, GRU"), **numbers, "zh-en-gru": "中文 → English, GRU"}
        case "speech":
            return {"gru-forward": _("GRU that reads forward")}
        case _:
            return {f"counting-{cell}": name for cell, name in CELLS.items()}


def application_names() -> dict[str, str]:
    return {
        "sentiment": _("Film reviews"),
        "recommend": _("Sessions of a shop"),
        "translate": _("Sources of translations"),
        "speech": _("Spoken words"),
        LAB: _("Strings a^n b^n of the lab"),
    }


def view(stage: Stage) -> None:
    with stage.drawer:
        application = choice(st.selectbox, _("Sequences"), application_names(), "sentiment", "sequences_of")
        names = network_names(application)
        variant = choice(st.selectbox, _("Network"), names, next(iter(names)), f"sequences_{application}")
        network, _own = reading_part(compute.state_of(application, variant))
        labels = {name: text for name, text in value_names().items() if name in network.values}
        first = "c" if network.cell == "lstm" else "h"
        value = choice(st.selectbox, _("Look at"), labels, first, f"value_sequences_{network.cell}")
    with stage.picture, st.spinner(_("Reading the text …")):
        found = compute.units(application, variant, value)
    show(found, f"{application}-{variant}", stage, shipped(application, variant, OF_SEQUENCES))


def show(found: SequenceUnits, name: str, stage: Stage, source: Source) -> None:
    best = max(pairs(found), key=lambda pair: beyond_nulls(pair[0], pair[1], pair[0].best))
    chosen = choose(found, None, best[0].label, name, stage, clicked_dot(found.network.hidden_size))
    take_sequences(chosen, source)
    with stage.picture:
        with stage_note():
            st.markdown(f"{verdict(chosen, _('held-out sequences'))} {_effect(chosen)}")
        left, right = st.columns([3, 2], gap="medium")
        with left:
            _text(chosen)
        with right, stage_halves():
            chart = units_beside_nulls(chosen.own, chosen.untrained, chosen.unit, chosen.label, _("held-out sequences"))
            plot(chart, key=NULLS, height="stage", events=("click",))
            bins = matching.histogram(found.units[chosen.unit], chosen.marks)
            chart = two_kinds(bins, chosen.unit, value_names()[found.value], chosen.label)
            plot(chart, key="inside_histogram", height="stage")
    _everything_it_knows(chosen)


def _effect(chosen: Chosen[SequenceUnits]) -> str:
    if not chosen.found.answers:
        return _("Its states go on to another part of the network, whose answer cannot be read off one state.")
    return _("Held at its mean, it changes the outputs by **{share}** of their standard deviation.").format(
        share=f"{compute.effect(chosen.found, chosen.unit):.0%}"
    )


def _text(chosen: Chosen[SequenceUnits]) -> None:
    """The sequences that measure, each in a line; all characters of a step have its colour."""
    found, read = chosen.found, chosen.found.passage
    ends = set(read.ends.tolist())
    names = read.chinese if language() == "zh" else {}
    tokens = [names.get(token, token) for token in read.tokens]
    pieces = [token + ("\n" if at + 1 in ends else read.between) for at, token in enumerate(tokens)]
    shown = range(read.first, len(pieces))
    letters = np.array([len(pieces[at]) for at in shown])
    text = "".join(pieces[at] for at in shown)
    lit = np.array(list(chain(*([at < len(tokens[step]) for at in range(len(pieces[step]))] for step in shown))))
    values = np.repeat(shown_values(found.units, chosen.unit)[read.first :], letters)
    marks = np.repeat(chosen.marks[read.first :], letters)
    title = _("Held-out sequences, coloured by unit {unit}; underlined where the label holds").format(unit=chosen.unit)
    long_text(
        LongText(text, np.where(lit, values, 0.0), marks & lit, -1, chosen.position, found.network.hidden_size),
        key="inside_sequences",
        title=title,
        alt=_("Sequences, each read from the zero state. {title}").format(title=title),
        help=_("Drag on the strip. Keys: ← → other units, ↑ ↓ scroll. Each line is read from the zero state."),
        take_position=take_position,
    )


def _everything_it_knows(chosen: Chosen[SequenceUnits]) -> None:
    unit, found = chosen.unit, chosen.found
    rows = sorted(pairs(found), key=lambda pair: -pair[0].auc[unit])
    st.markdown(_("**What does unit {unit} know?**").format(unit=unit))
    table(
        {
            _("label"): [label_name(own.label) for own, _null in rows],
            _("AUC"): [
                f"**{own.auc[unit]:.2f}**" if beyond_nulls(own, null, unit) > 0 else f"{own.auc[unit]:.2f}"
                for own, null in rows
            ],
            _("shifted labels reach"): [f"{0.5 + own.band:.2f}" for own, _null in rows],
            _("best untrained unit"): [f"{null.auc.max():.2f}" for _own, null in rows],
            _("probe on all units"): [f"{own.probe_auc:.2f}" for own, _null in rows],
        }
    )
