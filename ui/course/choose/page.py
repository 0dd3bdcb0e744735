"""Which cell should I use? Three questions and an answer with its evidence, a comparison with a window, and the libraries."""

from math import ceil, log2

import streamlit as st

from rnn_core.params.init import parameter_count
from rnn_core.studies import choosing
from rnn_core.studies.choosing import Advice, Arrives, Reach, advise
from rnn_core.studies.libraries import LIBRARIES
from ui.browser.plot import plot
from ui.course.choose.path import path_chart
from ui.figures.lines import Line, lines_over_time
from ui.figures.style import CELL_DASHES
from ui.i18n import _
from ui.links.kept_settings import in_link
from ui.shell.frame import link
from ui.widgets.choices import choice
from ui.widgets.lesson import lesson_part, linked, prose_part
from ui.widgets.tables import table

CELL_NAMES = {"rnn": "RNN", "gru": "GRU", "lstm": "LSTM"}
LAB_CELLS = {"rnn-tanh": "RNN", "gru": "GRU", "lstm": "LSTM"}
# The page that shows each answer at work.
SHOWN_AT: dict[Advice, tuple[str, dict[str, str]]] = {
    "window": ("before", {"part": "window"}),
    "rnn": ("rnn", {}),
    "gru": ("gru", {}),
    "lstm": ("experiments", {"story": "forget"}),
    "attention": ("translate", {}),
    "linear": ("after", {}),
}


@st.fragment
def guide() -> None:
    questions, verdict = st.columns([2, 3], gap="large")
    with questions:
        reaches: dict[Reach, str] = {
            "short": _("about 10 steps"),
            "long": _("about 100 steps"),
            "very_long": _("1000 steps or more"),
        }
        reach = choice(st.pills, _("How far back must it look?"), reaches, "long", "reach", wrap=True)
        arrivals: dict[Arrives, str] = {"whole": _("all at once"), "step_by_step": _("step by step")}
        arrives = choice(st.pills, _("How does the sequence arrive?"), arrivals, "whole", "arrives")
        sizes = {"small": _("small and quick"), "free": _("no limit")}
        size = choice(st.pills, _("How large may it be?"), sizes, "small", "size")
    advice = advise(reach, arrives, size == "small")
    with verdict:
        _verdict(advice)
    chosen: choosing.Answers = {"reach": reach, "arrives": arrives, "size": size}
    words = {"reach": dict[str, str](**reaches), "arrives": dict[str, str](**arrivals), "size": sizes}
    plot(path_chart(chosen, words, advice_names()), key="choose_path")
    st.subheader(_("The evidence"), anchor=False)
    costs, learned = st.columns(2, gap="large")
    with costs:
        _costs()
    with learned:
        _reach()


def advice_names() -> dict[Advice, str]:
    return {
        "window": _("Window"),
        "rnn": "RNN",
        "gru": "GRU",
        "lstm": "LSTM",
        "attention": _("Attention"),
        "linear": _("Linear<br>recurrence"),
    }


def _verdict(advice: Advice) -> None:
    """What to try first in large, the number that speaks for it, and the reason."""
    with st.container(horizontal=True, key="stage_answer", gap="large"):
        st.metric(_("Try first"), advice_names()[advice].replace("<br>", " "), width="content")
        value, meaning = _number_for(advice)
        st.metric(meaning, value, width="content")
    prose_part("choose", "advice", advice)
    slug, view = SHOWN_AT[advice]
    link(slug, **view)


def _number_for(advice: Advice) -> tuple[str, str]:
    """A computed number, and what it says."""
    sizes = {cell: parameter_count(cell, choosing.X, choosing.H) for cell in choosing.CELLS}
    match advice:
        case "window":
            right = choosing.window_against_rnn(10).window
            return f"{right[9]:.0%}", _("right answers 10 steps back; 11 steps back {after}").format(
                after=f"{right[10]:.0%}"
            )
        case "rnn":
            return f"{sizes['rnn'] / sizes['lstm']:.0%}", _("of the LSTM’s parameters")
        case "gru":
            return f"{sizes['gru'] / sizes['lstm']:.0%}", _("of the LSTM’s parameters")
        case "lstm":
            counts = choosing.counts_to()
            return f"n = {counts['lstm']:g}", _("counted without a mistake (median); GRU: {gru}").format(
                gru=f"{counts['gru']:g}"
            )
        case "attention":
            return f"1 : {choosing.FAR}", _("steps from the first token to the last: attention, recurrence")
        case "linear":
            return str(ceil(log2(choosing.FAR))), _("rounds of a parallel scan over {steps} steps").format(
                steps=choosing.FAR
            )


def _costs() -> None:
    times = choosing.milliseconds()
    cells = choosing.CELLS
    table(
        {
            _("cell"): [CELL_NAMES[cell] for cell in cells],
            _("parameters"): [str(parameter_count(cell, choosing.X, choosing.H)) for cell in cells],
            _("multiplications per step"): [str(choosing.multiplications(cell)) for cell in cells],
            _("time in NumPy"): [f"{times[cell]:.1f} ms" for cell in cells],
        }
    )
    st.caption(
        _("{X} inputs, {H} units; the time is that of {T} steps forward, measured on this server.").format(
            X=choosing.X, H=choosing.H, T=choosing.T
        )
    )


def _reach() -> None:
    found = {(each.cell, each.steps): each for each in choosing.reach()}
    lengths = sorted({steps for _cell, steps in found})
    shown = {
        _("{steps} steps").format(steps=steps): [
            f"{found[cell, steps].solved} / {found[cell, steps].seeds}" for cell in LAB_CELLS
        ]
        for steps in lengths
    }
    table({_("cell"): list(LAB_CELLS.values())} | shown)
    st.caption(_("The adding problem: recorded runs that solved it, of all seeds, after 500 updates."))
    link("experiments", _("The experiment: how long a dependency can each learn?"), story="reach")


@st.fragment
def window_comparison() -> None:
    st.subheader(_("The rival: a feed-forward network with a window"), anchor=False)
    window = st.slider(_("Window (steps)"), 1, choosing.LONGEST_LAG, 20, **in_link("window"))
    found = choosing.window_against_rnn(window)
    lines = (
        Line(_("window"), found.window, "baseline", dash="dash"),
        Line(_("RNN of one unit"), found.rnn, "rnn", dash=CELL_DASHES["rnn"]),
    )
    chart = lines_over_time(
        lines,
        title=_("Was there a mark?"),
        y_title=_("share of right answers"),
        x_title=_("steps since the mark"),
        y_range=(0.4, 1.05),
    )
    plot(chart, key="rival")
    st.markdown(
        _("The window has {window} parameters, the RNN {rnn}. Beyond the window it can only guess.").format(
            window=found.window_parameters, rnn=found.rnn_parameters
        )
    )


def libraries() -> None:
    for name, library in LIBRARIES.items():
        words, code = st.columns(2, gap="large")
        with words:
            st.markdown(f"**{library.name}** {linked(lesson_part('choose', 'libraries', name), f'libraries/{name}')}")
            link(library.page)
        with code:
            st.code(library.code, language="python", wrap_lines=True)
