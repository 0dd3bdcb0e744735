import streamlit as st

from rnn_core.apps.forecast.application import APPLICATION
from ui.apps import frame
from ui.apps.forecast import controls, views
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose, question

open_page("forecast")
question("forecast")
left, right = st.columns([1, 3], gap="medium")
with left:
    settings = controls.chosen_settings()
network = frame.network_of(APPLICATION, settings)
title = controls.series_labels()[settings.series]
with right:
    frame.live(network, lambda: views.play(network, title))
prose("forecast", "intro")
with frame.training_and_scores(network, views.answer_names()):
    views.errors(network)
    prose("forecast", "honest")
    frame.code(network)
close_page("forecast")
