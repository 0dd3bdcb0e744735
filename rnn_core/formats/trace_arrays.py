"""Conversions between a trace and named arrays with a description; every array is checked."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_core.analysis.one_step import masks_of
from rnn_core.arrays import Array, Cell
from rnn_core.cells import AnyTrace, Params
from rnn_core.cells.interventions import from_json, to_json
from rnn_core.errors import MAX_SIZE, CoreError, check_array, check_integer, check_kind, check_option, check_steps
from rnn_core.params.build import FORMS, check_form, form_of, make_params, shapes_of, weights_of
from rnn_core.passes.unroll import find_first_bad, run

FORMAT, VERSION = "unrolled-trace", 1
Arrays = Mapping[str, NDArray[Any]]


def about(trace: AnyTrace) -> dict[str, Any]:
    """The description, for `json.dumps`: everything except the numbers."""
    check_kind("trace", trace, AnyTrace)
    words = {"format": FORMAT, "version": VERSION, "cell": trace.params.cell, "form": form_of(trace.params)}
    return {**words, "interventions": to_json(trace.interventions)}


def arrays(trace: AnyTrace) -> dict[str, Array]:
    """All numbers: the fields of the trace by name, the weights as `params.W_xf`."""
    check_kind("trace", trace, AnyTrace)
    weights = {f"params.{name}": weight for name, weight in weights_of(trace.params).items()}
    return {**weights, **_values(trace)}


def trace_from(words: Any, given: Arrays) -> AnyTrace:
    """The trace of this description and these arrays, as `about` and `arrays` return them."""
    if not isinstance(words, dict) or (words.get("format"), words.get("version")) != (FORMAT, VERSION):
        raise CoreError("format", str(words)[:80], f"{FORMAT}, version {VERSION}")
    cell: Any = words.get("cell")
    form, interventions = words.get("form"), words.get("interventions")
    check_option("cell", cell, FORMS)
    if not isinstance(form, dict):
        raise CoreError("form", repr(form)[:80], f"the options of the {cell}")
    if not isinstance(interventions, list) or not all(isinstance(each, dict) for each in interventions):
        raise CoreError("interventions", repr(interventions)[:80], "a list of interventions")

    xs = _floats(given, "xs", ("T", "X"))
    hs = _floats(given, "hs", ("T+1", "H"))
    (T, X), H = xs.shape, hs.shape[1]
    check_integer("hs: hidden size", H, 1, MAX_SIZE)
    check_integer("xs: input size", X, 1, MAX_SIZE)
    check_steps(T, max(X, H))
    params = _params(cell, check_form(cell, form), X, H, given)

    # A run of one step shows which values this form of the cell keeps, and their widths.
    model = run(params, np.zeros((1, X)))
    values: dict[str, Any] = {
        name: _floats(given, name, (len(one) - 1 + T, one.shape[1])) for name, one in _values(model).items()
    }
    for name in values.keys() & {"hs", "cs"}:
        check_array(f"{name}: state before the first step", values[name][0], (H,))  # no run begins with an infinite one
    known = values.keys() | {f"params.{name}" for name in weights_of(params)}
    if unknown := given.keys() - known:
        raise CoreError("names", ", ".join(sorted(unknown))[:200], f"only those of a {cell} of this form")
    trace = replace(model, **values, interventions=from_json(interventions), first_bad=None)
    masks_of(trace)  # refuses interventions that do not fit this run
    return replace(trace, first_bad=find_first_bad(trace))


def _values(trace: AnyTrace) -> dict[str, Array]:
    found = {field.name: getattr(trace, field.name) for field in fields(trace)}
    return {name: value for name, value in found.items() if isinstance(value, np.ndarray)}


def _params(cell: Cell, form: Mapping[str, Any], X: int, H: int, given: Arrays) -> Params:
    shapes = shapes_of(cell, X, H, form)
    if "params.b_hn" not in given:  # a GRU's inner bias is optional
        shapes.pop("b_hn", None)
    weights = {
        name: check_array(f"params.{name}", given.get(f"params.{name}"), shape) for name, shape in shapes.items()
    }
    return make_params(cell, weights, form)


def _floats(given: Arrays, name: str, shape: tuple[int | str, ...]) -> Array:
    """As `check_array`, but infinities and nan are accepted: a run that overflowed has them."""
    if name not in given:
        raise CoreError(name, "nothing of this name", "an array")
    array = np.asarray(given[name])
    check_array(name, np.zeros(array.shape, dtype=array.dtype), shape)
    return array.astype(np.float64)
