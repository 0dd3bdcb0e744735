"""The page on text: a network that writes, three decoding methods, samples during training, and units."""

import itertools

import numpy as np
import streamlit as st

from rnn_core.apps.text.reader import LONGEST_INSPECTION
from rnn_core.apps.text.settings import Settings
from rnn_core.apps.text.units import Units as ScoredUnits
from rnn_core.apps.text.writing import Manner, Written
from rnn_core.learn.state import RunState
from ui.apps import frame
from ui.apps.inside import inside
from ui.apps.on_demand import on_demand
from ui.apps.text import compute
from ui.apps.text.take import take_text
from ui.apps.untrained import untrained
from ui.browser.letters import letters
from ui.browser.plot import plot
from ui.browser.writer import Units, chosen, name_of, writer
from ui.figures.bars import bars
from ui.figures.chart import Chart
from ui.i18n import _
from ui.links.kept_settings import in_link
from ui.widgets.tables import text_block

CURSOR = "text"
WRITER = "writer"
UNITS_SHOWN = 16
SHOWN_BEFORE = 12  # characters that are quoted before the least expected one
SAMPLE = 60  # characters of what it writes while it learns
CHARACTERS_OF_A_PIECE = 2  # about
SAMPLES = 10  # of them at least, over a whole training
LOOKED_INTO = 40  # characters: as many as have room under a chart
SHOWN_OF_TEXT = 360  # characters, coloured by a unit
BEST, FAIR = 3, 3  # units shown
UNIT_HEIGHT = 270


def answer_names() -> dict[str, str]:
    return {
        "every character equally likely": _("every character equally likely"),
        "how frequent each character is": _("how frequent each character is"),
        "5-gram counts (Kneser–Ney)": _("5-gram counts (Kneser–Ney)"),
        "5-gram counts of word pieces": _("5-gram counts of word pieces"),
        "bits per character": _("bits per character"),
        "next character guessed": _("next character predicted"),
    }


def play(network: frame.Network[Settings], beginning: str, manner: Manner, length: int) -> None:
    state = network.state
    if state is None:
        untrained(network)
        return
    written = _written(network.settings, state, beginning, manner, length)
    states = compute.states(state, beginning, written.symbols)
    take_text(network, written, manner, dict(_forced(network.settings, beginning, length)), states)
    writer(
        written,
        key=WRITER,
        name=_name(network.settings, beginning),
        at_once=network.phase == "running",
        units=_moving_units(state, written),
        sentence=what_was_written(written, manner),
        in_pieces=bool(network.settings.merges),
        is_code=network.settings.text in ("python", "own"),
    )


def look_inside(network: frame.Network[Settings], beginning: str, manner: Manner, length: int) -> None:
    if network.state is None:
        return
    state = network.state
    written = _written(network.settings, state, beginning, manner, length)
    on_demand(_("Look inside: this text"), lambda: _inside(state, written), key="text_inside")


def _written(settings: Settings, state: RunState, beginning: str, manner: Manner, length: int) -> Written:
    """With the characters that the visitor has chosen."""
    return compute.written(state, beginning, length, manner, _forced(settings, beginning, length))


def _forced(settings: Settings, beginning: str, length: int) -> compute.Forced:
    return tuple(sorted(chosen(WRITER, _name(settings, beginning), length).items()))


def _name(settings: Settings, beginning: str) -> str:
    """Of the text that the visitor's choices belong to: they are characters, or pieces of these merges."""
    return name_of(f"{settings.text} {settings.merges}" if settings.merges else settings.text, beginning)


def _moving_units(state: RunState, written: Written) -> Units:
    """The units whose values differ most between the written characters, in the order of their numbers."""
    values = compute.states(state, written.beginning, written.symbols)
    moving = np.sort(np.argsort(-values.std(axis=0), kind="stable")[:UNITS_SHOWN])
    return Units([int(unit) + 1 for unit in moving], values[:, moving], values.shape[1])


def visible(symbol: str) -> str:
    """A symbol whose spaces and line ends can be seen."""
    return symbol.replace(" ", "␣").replace("\n", "↵")


def what_was_written(written: Written, manner: Manner) -> str:
    bits = [choice.bits for choice in written.choices]
    at = int(np.argmax(bits))
    before = (written.beginning + "".join(written.symbols[:at]))[-SHOWN_BEFORE:].strip().replace("\n", "↵")
    signs = {" ": _("a space"), "\n": _("a new line")}
    text = _(
        "At temperature **{temperature}** each character costs **{bits}** bits on average. The least expected is **{character}** "
        "after “{before}”: {most} bits."
    )
    character = written.choices[at].character
    return text.format(
        temperature=f"{manner.temperature:.2f}",
        bits=f"{written.bits / len(written.text):.2f}",
        character=signs.get(character, f"“{visible(character)}”"),
        before=before,
        most=f"{bits[at]:.1f}",
    )


def _inside(state: RunState, written: Written) -> None:
    """The end of the given text, and the first characters that the network wrote."""
    given = tuple(compute.reader(state).corpus.cut(written.beginning))[-LOOKED_INTO // 2 :]
    text = (given + written.symbols)[: min(LOOKED_INTO, LONGEST_INSPECTION) + 1]
    look = compute.look(state, text)
    st.markdown(
        _(
            "The last layer while it reads this passage, one symbol per step. The gradients are of the cross-entropy of the passage’s last symbol."
        )
    )
    back = compute.gradients(state, text)
    inside(
        look.trace.forward[-1],
        back.forward[-1],
        CURSOR,
        [visible(each) for each in text[:-1]],
    )


def three_ways(network: frame.Network[Settings], beginning: str, manner: Manner) -> None:
    """The same beginning, continued greedily, at random, and by beam search."""
    if network.state is None:
        return
    st.subheader(_("Three ways to choose"), anchor=False)
    if network.phase == "running":  # this part of the page is drawn once and would show the first step's text
        st.caption(_("Your network writes here as soon as its training pauses or ends."))
        return
    length, width = 40 if network.settings.merges else 120, 5
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
            text_block(written.text, height=190)
            st.caption(
                _("{bits} bits per character, by the network’s own probabilities").format(
                    bits=f"{written.bits / max(1, len(written.text)):.2f}"
                )
            )


def duration(network: frame.Network[Settings]) -> None:
    """How long a training will take that is not ready and has not begun."""
    if network.state is None and network.phase == "new":
        work = _("Its training takes about {minutes} min where a processor core is free.")
        st.caption(work.format(minutes=max(1, round(network.settings.seconds / 60))))


def samples(network: frame.Network[Settings], beginning: str) -> None:
    """Texts that the network wrote after different numbers of training steps."""
    kept: dict[int, str] = st.session_state.setdefault("text_samples", {})
    owner = (hash(network.settings), beginning)
    state = network.run.state
    if st.session_state.get("text_samples_of") != owner or state is None or (kept and state.step < max(kept)):
        kept.clear()
        st.session_state["text_samples_of"] = owner
    if state is not None and (
        not kept or state.step >= _next_sample(max(kept), network.settings.budget) or state.ending is not None
    ):
        length = SAMPLE // CHARACTERS_OF_A_PIECE if network.settings.merges else SAMPLE
        kept[state.step] = compute.written(state, beginning, length, Manner(temperature=0.7)).text
    st.markdown(f"**{_('Samples during training')}**")
    if not kept:
        st.caption(_("Train the network, and its first samples appear here: from noise to spelling to phrases."))
        return
    lines = [f"{step:>5}  {text}".replace("\n", "↵") for step, text in sorted(kept.items())]
    text_block("\n".join(lines))


def _next_sample(last: int, budget: int) -> int:
    """The step after which the next sample is due: ever more steps between two, but never more than a tenth of the training."""
    return last + max(1, min(last, budget // SAMPLES))


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


def units(network: frame.Network[Settings]) -> None:
    state = network.state
    if state is not None:
        label = _("What does a single unit keep?")
        on_demand(label, lambda: _units(state), icon=":material/grid_view:", key="text_units")


def _units(state: RunState) -> None:
    """The best units, a random sample of the others, and all scores."""
    found = compute.units(state)
    again = st.number_input(_("Another fair sample"), 0, 99, 0, **in_link("fair_sample"))
    plot(_histogram(found), key="unit_scores")
    order = np.argsort(-found.scores)
    fair = np.random.default_rng(int(again)).choice(order[BEST:], FAIR, replace=False)
    for heading, some in ((_("The best"), order[:BEST]), (_("Drawn from all the others"), fair)):
        st.markdown(f"**{heading}**")
        for place, (column, unit) in enumerate(zip(st.columns(len(some)), map(int, some), strict=True)):
            with column:
                _unit(found, unit, f"{'fair' if some is fair else 'best'}_{place}")


def _histogram(found: ScoredUnits) -> Chart:
    counts, edges = np.histogram(found.scores, bins=10, range=(0.0, 1.0))
    labels = [f"{low:.1f}–{high:.1f}" for low, high in itertools.pairwise(edges)]
    return bars(
        counts,
        labels,
        title=_("How many units have which score"),
        y_title=_("units"),
        x_title=_("|correlation| with the nearest feature, on test text"),
    )


def _unit(found: ScoredUnits, unit: int, key: str) -> None:
    feature = unit_names()[found.features[found.best[unit]]]
    title = _("unit {unit} · nearest feature: {feature} · score {score}").format(
        unit=unit + 1, feature=feature, score=f"{found.scores[unit]:.2f}"
    )
    alt = _("A piece of the test text, each character coloured by the unit’s value. {title}").format(title=title)
    letters(
        found.text[:SHOWN_OF_TEXT],
        found.values[:SHOWN_OF_TEXT, unit].tolist(),
        key=f"unit_{key}",
        title=title,
        alt=alt,
        height=UNIT_HEIGHT,
    )
