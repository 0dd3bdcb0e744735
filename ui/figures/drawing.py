"""What a chart sends to plotly in the browser, without plotly's own objects in Python, which take most of a chart's time.

`tests/ui/figures/test_drawing.py` compares it with plotly's own output for every kind of chart.
"""

import base64
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import plotly.graph_objects as go

_TYPES = {"int8": "i1", "uint8": "u1", "int16": "i2", "uint16": "u2", "int32": "i4", "uint32": "u4"} | {
    "float32": "f4",
    "float64": "f8",
}
_SMALLER: dict[str, tuple[type[np.integer[Any]], ...]] = {  # plotly.js has no integers of 64 bits
    "int64": (np.int8, np.int16, np.int32),
    "uint64": (np.uint8, np.uint16, np.uint32),
}
_AS_THEY_ARE = ("geojson", "layer", "layers", "range")  # arrays that stay lists


class Figure:
    """Traces and a layout. Whatever plotly's figure has is here too, and is made when somebody asks for it."""

    def __init__(
        self, traces: Sequence[Mapping[str, Any]], layout: Mapping[str, Any], frames: Sequence[Mapping[str, Any]] = ()
    ) -> None:
        self._given: dict[str, Any] = {"data": traces, "layout": layout, **({"frames": frames} if frames else {})}

    @cached_property
    def made(self) -> go.Figure:
        given = self._given
        return go.Figure(given["data"], given["layout"], given.get("frames"), _validate=False)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.made, name)

    @property
    def kinds(self) -> set[str]:
        return {trace.get("type", "scatter") for trace in self._given["data"]}

    @property
    def height(self) -> int | None:
        found: int | None = self.made.layout.height if "made" in vars(self) else self._given["layout"].get("height")
        return found

    def to_plotly_json(self) -> dict[str, Any]:
        """The same as plotly's, which may have been changed since it was made."""
        drawn: dict[str, Any]
        if "made" in vars(self):
            drawn = self.made.to_plotly_json()
            return drawn
        drawn = _plain(self._given)
        for trace in (*drawn["data"], *(each for frame in drawn.get("frames", ()) for each in frame["data"])):
            trace.setdefault("type", "scatter")
        return drawn


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _sent(name, each) for name, each in value.items() if each is not None}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value] if any(isinstance(each, Mapping) for each in value) else value
    return value


def _sent(name: str, value: Any) -> Any:
    return _packed(value) if isinstance(value, np.ndarray) and name not in _AS_THEY_ARE else _plain(value)


def _packed(array: np.ndarray[Any, Any]) -> Any:
    """The array as its bytes, where plotly.js can read them."""
    if not array.size:
        return array
    if smaller := _SMALLER.get(array.dtype.name):
        low, high = array.min(), array.max()
        fitting = next((kind for kind in smaller if np.iinfo(kind).min <= low and high <= np.iinfo(kind).max), None)
        if fitting is None:
            return array
        array = array.astype(fitting)
    if array.dtype.name not in _TYPES:
        return array
    packed = {"dtype": _TYPES[array.dtype.name], "bdata": base64.b64encode(array.tobytes()).decode()}
    return packed | ({"shape": str(array.shape)[1:-1]} if array.ndim > 1 else {})
