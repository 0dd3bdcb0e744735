"""Time against the number of steps, measured by a worker when the reader asks, and kept for this visit alone."""

from concurrent.futures import Future

import streamlit as st

from rnn_core.studies.modern.timing import STEPS, B, H, Timing, measured_with
from ui.browser.plot import plot
from ui.i18n import _
from ui.memory.after.timed_figure import contender_names, memory_chart, time_chart
from ui.runs.checks import computed_by_worker
from ui.widgets.stage import PlainStage
from ui.widgets.tables import table

THREADS = (1, 2)
KEPT, MEASURING = "measured times", "measurement of times"


def instrument(stage: PlainStage) -> None:
    with stage.dock:
        if st.button(_("Measure here and now"), icon=":material/timer:", type="primary", key="measure_times"):
            _measure()
    found: tuple[Timing, ...] = st.session_state.get(KEPT, ())
    with stage.picture:
        if found:
            for column, (chart, key) in zip(
                st.columns(2), ((time_chart(found), "times"), (memory_chart(found[0]), "kept_numbers")), strict=True
            ):
                with column:
                    plot(chart, key=key, height="stage")
        else:
            st.info(
                _("Nothing has been measured yet: the times belong to the machine that this app runs on."),
                icon=":material/timer:",
            )
    if found:
        st.markdown("\n".join(f"- {sentence}" for each in found for sentence in _sentences(each)))
        _numbers(found)


def _measure() -> None:
    # Not at the top of the file: the first visitor would wait for all that worker processes need.
    from ui.runs.executor import workers

    if MEASURING not in st.session_state:  # a second press waits for the same measurement
        st.session_state[MEASURING] = workers().submit("checks", measured_with, THREADS)
    measuring: Future[tuple[Timing, ...]] = st.session_state[MEASURING]
    done = computed_by_worker(
        _("A worker measures four ways to read a sequence…"), lambda: measuring.result(timeout=120)
    )
    if measuring.done():
        del st.session_state[MEASURING]
    if done is not None:
        st.session_state[KEPT] = done


def _sentences(found: Timing) -> list[str]:
    """Where one way becomes faster than another."""
    names = contender_names()
    sentences = []
    for one, other in (("scan", "loop"), ("fused", "loop"), ("scan", "fused"), ("scan", "attention")):
        begin = found.faster_from(one, other)
        if begin is None:
            words = _("{threads} thread(s): at T = {T}, {one} is not faster than {other}.")
        elif begin == STEPS[0]:
            words = _("{threads} thread(s): {one} is faster than {other} at every measured T.")
        else:
            words = _("{threads} thread(s): {one} is faster than {other} from T = {T} on.")
        T = STEPS[-1] if begin is None else begin
        sentences.append(words.format(threads=found.threads, one=names[one], other=names[other], T=T))
    return sentences


def _numbers(found: tuple[Timing, ...]) -> None:
    names = contender_names()
    rows = [(each, name) for each in found for name in each.seconds]
    table(
        {_("milliseconds, B = {B}, X = H = {H}").format(B=B, H=H): [names[name] for _each, name in rows]}
        | {_("threads"): [str(each.threads) for each, _name in rows]}
        | {
            f"T = {T}": [f"{1e3 * each.seconds[name][place]:.2f}" for each, name in rows]
            for place, T in enumerate(STEPS)
        }
    )
