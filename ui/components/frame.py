"""The look of the page around our parts. It is the first thing that a page sends."""

from functools import cache
from pathlib import Path

import streamlit as st

from ui.components import assets
from ui.components.plot import serve_plotly

_FOLDER = Path(__file__).parent

_part = st.components.v2.component(
    "unrolled_frame",
    css=(_FOLDER / "frame.css").read_text(encoding="utf-8"),
    js=(_FOLDER / "frame.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


@cache
def _habits() -> list[str]:
    """Where the browser finds what holds on every page: sliders that answer while they are dragged, and a short history."""
    names = ("sliders.js", "address.js")
    folder = assets.publish("habits", {name: (_FOLDER / name).read_bytes() for name in names})
    return [folder + name for name in names]


def frame() -> None:
    """Sizes and margins, habits, and the code of diagram and chart, which every page but a few needs."""
    _part(key="frame", data=assets.parcel({"modules": [*_habits(), assets.serve("stepper"), serve_plotly()["module"]]}))
