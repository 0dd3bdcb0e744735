import streamlit as st

from rnn_core.apps.forecast import programs
from ui.apps import frame
from ui.apps.forecast import controls, views
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose, question

open_page("forecast")
question("forecast")
left, right = st.columns([1, 3], gap="medium")
with left:
    settings = controls.chosen_settings()
network = frame.network_of(settings)
title = controls.series_labels()[settings.series]
with right:
    frame.live(network, lambda: views.play(network, title))
prose("forecast", "intro")
learn, score = st.columns(2, gap="large")
with learn:
    frame.training(network)
with score:
    frame.score_board(network, views.answer_names())
views.errors(network)
prose("forecast", "honest")
frame.code(settings, programs)
close_page("forecast")
