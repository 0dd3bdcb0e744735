"""The view in which one gate of the LSTM gets another function than the sigmoid."""

from dataclasses import replace

import numpy as np
import streamlit as st

from rnn_core.cells import LSTMTrace
from rnn_core.studies.gate_functions import GateFunction, GateLetter, GateRun, run_with_gate
from ui.browser.plot import plot
from ui.cells.gate_names import gate_name
from ui.figures.words import number
from ui.i18n import _
from ui.memory.gates.controls import GateSetup
from ui.memory.gates.figures.two_runs import two_runs
from ui.memory.gates.take import take_function
from ui.memory.sequences import compute
from ui.widgets.choices import choice
from ui.widgets.stage import Stage

NAMES: dict[GateLetter, str] = {"f": "forget_gate", "i": "input_gate", "o": "output_gate"}


def function_labels() -> dict[GateFunction, str]:
    return {"tanh": "tanh", "relu": "ReLU", "hard_sigmoid": _("hard sigmoid"), "sigmoid": "sigmoid"}


def other_functions(setup: GateSetup, stage: Stage) -> None:
    if setup.run.form != "lstm":
        st.info(_("This view shows the standard LSTM, with the same settings."), icon=":material/info:")
        bias = dict(setup.run.biases).get("b_z", 0.0)
        setup = replace(setup, run=replace(setup.run, form="lstm", biases=(("b_f", bias),)))
    letters = {letter: f"{letter} · {gate_name(name)}" for letter, name in NAMES.items()}
    with stage.top:
        letter = choice(st.segmented_control, _("Gate"), letters, "f", "swapped_gate", label_visibility="collapsed")
        function = choice(
            st.segmented_control, _("Function"), function_labels(), "tanh", "swapped_by", label_visibility="collapsed"
        )
    trace = compute.gated_run(setup.run)
    assert isinstance(trace, LSTMTrace)
    changed = run_with_gate(trace.params, trace.xs, letter, function, trace.cs[0])
    steps, unit = slice(0, changed.last_finite + 1), setup.unit
    left, right = stage.picture.columns(2)
    with left:
        gates = (getattr(trace, NAMES[letter])[:, unit], changed.gate[:, unit])
        title = _("{gate} of unit {unit}: sigmoid (grey) and {function}").format(
            gate=letters[letter], unit=unit + 1, function=function_labels()[function]
        )
        plot(two_runs(*gates, title=title, symbol=letter, ink=NAMES[letter]), key="swapped", height="stage")
    with right:
        memories = (trace.cs[steps, unit], changed.cs[steps, unit])
        title = _("The memory {symbol} of unit {unit}").format(symbol="c", unit=unit + 1)
        plot(
            two_runs(*memories, title=title, symbol="c", ink="c", first_step=0),
            key="swapped_memory",
            height="stage",
        )
    st.markdown(_what_breaks(changed, unit))
    take_function(setup, trace, letter, function, changed)


def _what_breaks(run: GateRun, unit: int) -> str:
    gate, last = run.gate[:, unit], run.last_finite
    sentences = [
        _("The gate takes values from {low} to {high}, and the largest |c| is {most}.").format(
            low=number(float(gate[:last].min())),
            high=number(float(gate[:last].max())),
            most=number(float(np.abs(run.cs[: last + 1, unit]).max())),
        )
    ]
    if (gate < 0.0).any():
        sentences.append(_("**A gate below 0** does not keep or block: it turns the sign of what it multiplies."))
    if (gate > 1.0).any():
        sentences.append(
            _("**A gate above 1** does not keep: it amplifies, and at the forget gate the memory grows step by step.")
        )
    flat = int(run.is_flat[:, unit].sum())
    if flat:
        words = _("**At {flat} of {steps} steps the slope is 0**: there the gate’s weights get no gradient.")
        sentences.append(words.format(flat=flat, steps=len(gate)))
    if last < len(run.cs) - 1:
        sentences.append(_("After step {last} the state is too large for the computer.").format(last=last))
    if len(sentences) == 1:
        sentences.append(_("Every value is between 0 and 1, so the gate still says which share is kept."))
    return " ".join(sentences)
