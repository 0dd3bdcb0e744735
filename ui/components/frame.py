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
def _sliders() -> str:
    """The address of the code that makes sliders answer while they are dragged."""
    return assets.publish("sliders", {"sliders.js": (_FOLDER / "sliders.js").read_bytes()}) + "sliders.js"


def frame() -> None:
    """Sizes and margins, sliders that answer while they are dragged, and the code of diagram and chart for most pages."""
    modules = [assets.serve("stepper"), serve_plotly()["module"], _sliders()]
    _part(key="frame", data=assets.parcel({"modules": modules}))
