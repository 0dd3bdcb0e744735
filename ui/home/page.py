"""The two sections of the Home page: a wave that a network continues, and the path through the lessons."""

from itertools import groupby

import numpy as np
import streamlit as st

from rnn_core.params import presets
from ui.browser.plot import plot
from ui.cells.controls import drawn_wave
from ui.figures.heatmap import state_heatmap
from ui.figures.lines import Line
from ui.home.compute import wave_reading
from ui.i18n import _
from ui.shell import site
from ui.shell.frame import link
from ui.widgets.lesson import prose, question

READ, AHEAD = 40, 24  # time steps that are drawn, and time steps that the network predicts
Y_RANGE = (-1.2, 1.2)

PATH_CSS = """
<style>
[class*="st-key-path_"] { display: grid; grid-template-columns: repeat(auto-fill, minmax(200px, 1fr)); gap: 1rem; align-items: stretch; }
[class*="st-key-path_"] > div { width: auto !important; height: auto; max-width: none; }
[class*="st-key-card_"] { height: 100%; }
[class*="st-key-card_"] p { font-size: 0.92rem; line-height: 1.4; text-wrap: pretty; }
[class*="st-key-card_"] [data-testid="stPageLink"] p { font-weight: 650; white-space: normal; }
[class*="st-key-path_"] > div:not(:last-child) { position: relative; }
[class*="st-key-path_"] > div:not(:last-child)::after {
  content: "→"; position: absolute; right: -0.95rem; top: 0.9rem; color: light-dark(#0067A5, #5CB3F0); font-weight: 700;
}
@media (max-width: 640px) {
  [class*="st-key-path_"] { grid-template-columns: 1fr 1fr; gap: 0.6rem; }
  [class*="st-key-card_"] { padding: 0.7rem; }
  [class*="st-key-card_"] [data-testid="stPageLink"] p { font-size: 0.84rem; overflow-wrap: normal; }
  [class*="st-key-path_"] > div:not(:last-child)::after { content: none; }
}
</style>
"""


@st.fragment
def continued_wave() -> None:
    """A wave that the visitor drags. The network reads it and continues it."""
    prose("home", "wave")
    start = 0.7 * presets.wave(READ, period=14.0)[:, 0]
    wave = drawn_wave(
        start,
        y_range=Y_RANGE,
        label=_("A wave for the network to read"),
        behind=_continuation,
        last_step=READ + AHEAD,
    )
    states = wave_reading(wave, AHEAD).hs
    title = _("Its state: eight numbers, step by step")
    chart = state_heatmap(states, title=title, first_step=1, last_step=READ + AHEAD)  # the axis of the wave above
    plot(chart, key="state", height=260)
    question("home")
    prose("home", "inside")


def _continuation(wave: tuple[float, ...]) -> list[Line]:
    """The network's predictions after the end of the wave."""
    continued = np.array([wave[-1], *wave_reading(wave, AHEAD).continued])
    return [Line(_("the network goes on"), continued.clip(*Y_RANGE), "h", READ)]


def path_through_the_lessons() -> None:
    """Every page as a card, part by part, in the order in which they build on each other."""
    st.html(PATH_CSS)
    prose("home", "path")
    lessons = [page for page in site.PAGES if page.part != "start"]
    for part, pages in groupby(lessons, key=lambda page: page.part):
        st.caption(site.part_title(part))
        with st.container(horizontal=True, key=f"path_{part}"):
            for page in pages:
                with st.container(border=True, width=200, key=f"card_{page.slug}"):
                    link(page.slug)
                    st.markdown(site.idea(page.slug))
