"""The living diagram of a cell: every value of every step, sent once, stepped through in the browser.

`stepper(trace, grads, key=...)` draws one cell; lists of traces and gradients draw several that step together.
The browser code is in stepper/: stage/ draws a cell, blocks/ one of the cells after the LSTM, dock/ has the controls below it,
numbers/ writes numbers and formulas, cell.js reads the table of rnn_core/equations/recipes.py and does the arithmetic, view.js holds what is shown. Nothing that the
reader does there sends a message, but the page's main dial where it rests.

It shares its step with the charts that have the same `cursor` (see plot.py), and writes what it shows into the page's address:
stepper/link.js says how, and stepper_link.py tells the reader what a link asks for that is not there.
"""

import base64
import hashlib
import json
from collections.abc import Sequence
from functools import cache
from typing import Any, Literal

import numpy as np
import streamlit as st

import rnn_core as rc
from rnn_core.arrays import Array
from rnn_core.cells.base import Gradients, Trace
from rnn_core.cells.modern.base import ModernGradients, ModernParams, ModernTrace
from rnn_core.equations.explain import overridden_values
from rnn_core.equations.notation import recipes_json, symbols
from rnn_core.formats.numbers import arrays_of_run
from ui.browser import assets, door
from ui.browser import dial as dials
from ui.browser.dial import DialSpec
from ui.browser.live import Live
from ui.browser.stepper_blocks import blocks_of, kind_of
from ui.browser.stepper_link import report_refused
from ui.browser.stepper_practice import Practice, practice_words
from ui.browser.stepper_words import Words, stepper_words
from ui.figures.style import INKS, text_ink
from ui.i18n import Language, _, language

MAX_STEPS, MAX_UNITS, MAX_INPUTS = 200, 8, 8  # what can be drawn and read

AnyTrace = rc.AnyTrace | ModernTrace
AnyGradients = rc.AnyGradients | ModernGradients

_part = st.components.v2.component("unrolled_stepper", js=assets.LOADER)


def stepper(
    traces: AnyTrace | Sequence[AnyTrace],
    grads: AnyGradients | Sequence[AnyGradients] | None = None,
    *,
    key: str,
    step: int | None = None,
    step_names: Sequence[str] | None = None,
    link: str | None = "step",
    direction: Literal["forward", "backward"] = "forward",
    cursor: str | None = None,
    live: Live | None = None,
    dial: DialSpec | None = None,
    lengths: Sequence[DialSpec] = (),
    practice: Practice | None = None,
) -> None:
    """Draw the cells, stepping together. All have the same number of steps.

    `grads` (of the loss that the page names) turn on the switch to the backward pass.
    `step` (1..T) is where to begin; when the page passes another one later, the diagram goes there.
    `step_names` are shown beside the step's number, for example the words of a sentence.
    `link` is the name of the step in the page's address; None keeps all of the diagram out of it.
    `direction` is where the switch stands at first; backward needs gradients.
    `cursor` is the group of charts that share the step; without it, the key.
    `live` is what the browser needs to compute the cells for other values of the page's dials (see live.py).
    `dial` is the page's main dial, drawn in the dock; `ui.browser.dial.dial_value` has its value.
    `lengths` are the page's other dials, which a file of this view brings along.
    `practice`: numbers are hidden when they are opened, and the reader fills them in.
    """
    all_traces = [traces] if isinstance(traces, (Trace, ModernTrace)) else list(traces)
    given = [grads] if isinstance(grads, (Gradients, ModernGradients)) else grads
    all_grads: Sequence[AnyGradients | None] = [*given] if given else [None] * len(all_traces)
    if too_large := _too_large(all_traces):
        st.info(too_large, icon=":material/zoom_out:")
        return
    cells, numbers = _payload(all_traces, all_grads)
    if link:
        report_refused(link, cells, [symbols(trace.params) for trace in all_traces], direction, step or 1)
    words, words_digest = _words(language())
    take_moved = dials.take_moved(dial, key, dials.MOVE) if dial else door.no_callback
    _part(
        key=key,
        data=assets.component_data(
            {
                "key": key,
                "cells": cells,
                "numbers": numbers,
                "digest": _digest(numbers + json.dumps(cells)),
                "module": assets.serve("stepper"),
                "height": 700,  # while it is loaded; then stepper.css has its height
                "tables": [recipes_json(trace.params) for trace in all_traces],
                "words": words,
                "words_digest": words_digest,
                "inks": {name: text_ink(name) for name in INKS} | {"gradient_mark": INKS["gradient"]},
                "step": step,
                "step_names": list(step_names) if step_names else None,
                "link": link,
                "direction": direction,
                "cursor": cursor or key,
                "live": live,
                "dial": _dial_message(dial, key) if dial else None,
                "lengths": [_length_message(spec) for spec in lengths],
                "dial_module": assets.serve("dial"),
                "practice": practice,
            }
        ),
        on_moved_change=take_moved,
        on_asked_change=door.no_callback,
    )


def _dial_message(spec: DialSpec, part: str) -> dict[str, Any]:
    value = dials.dial_value(spec)
    sent = door.read(st.session_state.get(part), dials.MOVE, dials.moved(spec))
    dials.write_link(spec, value)
    return {**dials.message(spec, value, sent), "words": dials.words()}


def _length_message(spec: DialSpec) -> dict[str, Any]:
    message = dials.message(spec, dials.dial_value(spec), None)
    return {**message, "words": dials.words(), "module": assets.serve("dial"), "height": dials.HEIGHT}


@cache
def _words(_in: Language) -> tuple[Words, str]:
    words = stepper_words() | {"practice": practice_words()}
    return words, _digest(json.dumps(words))


def _too_large(traces: Sequence[AnyTrace]) -> str | None:
    """Why these cells cannot be drawn, for the reader."""
    for trace in traces:
        (steps, inputs), units = trace.xs.shape, trace.params.hidden_size
        if steps > MAX_STEPS or inputs > MAX_INPUTS or units > MAX_UNITS:
            return _(
                "The diagram draws at most {max_steps} steps, {max_inputs} inputs and {max_units} units; "
                "here are {steps}, {inputs} and {units}. Choose a smaller cell or a shorter sequence to see every number."
            ).format(
                max_steps=MAX_STEPS, max_inputs=MAX_INPUTS, max_units=MAX_UNITS, steps=steps, inputs=inputs, units=units
            )
    return None


def _payload(traces: Sequence[AnyTrace], grads: Sequence[AnyGradients | None]) -> tuple[list[dict[str, Any]], str]:
    """The cells' descriptions, and all their numbers as float64, little-endian, in base64: exact to the last bit."""
    pieces: list[Array] = []
    start = 0
    cells = []
    for trace, gradients in zip(traces, grads, strict=True):
        places = {}
        for name, array in arrays_of_run(trace, gradients).items():
            places[name] = {"start": start, "shape": array.shape}
            pieces.append(array.ravel())
            start += array.size
        cells.append(_description(trace, gradients) | {"arrays": places})
    return cells, base64.b64encode(np.concatenate(pieces, dtype="<f8").tobytes()).decode()


def _description(trace: AnyTrace, grads: AnyGradients | None) -> dict[str, Any]:
    params = trace.params
    return {
        "kind": kind_of(params),
        "options": _options(params),
        "blocks": blocks_of(params) if isinstance(params, ModernParams) else None,
        "T": len(trace.xs),
        "X": params.input_size,
        "H": params.hidden_size,
        "truncate": grads.truncate if grads else None,
        "held": {name: np.argwhere(mask).tolist() for name, mask in overridden_values(trace).items()},
    }


def _options(params: rc.Params | ModernParams) -> dict[str, Any]:
    """What the diagram's lines depend on; `form` picks the sentences."""
    if isinstance(params, rc.LSTMParams):
        return {"variant": params.variant, "form": params.variant}
    if isinstance(params, rc.GRUParams):
        form = f"{params.reset}-{'keeps' if params.z_keeps else 'writes'}"
        return {"reset": params.reset, "z_keeps": params.z_keeps, "form": form}
    if isinstance(params, ModernParams):
        return {"form": params.cell}
    return {"activation": params.activation, "form": params.activation}


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()
