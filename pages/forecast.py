import streamlit as st

from rnn_core.apps.forecast import code
from ui.apps import forecast_controls, forecast_views, frame
from ui.lesson import prose, question
from ui.shell import close_page, open_page

open_page("forecast")
question("forecast")
left, right = st.columns([1, 3], gap="medium")
with left:
    settings = forecast_controls.chosen_settings()
network = frame.network_of(settings)
title = forecast_controls.series_labels()[settings.series]
with right:
    frame.live(network, lambda: forecast_views.play(network, title))
prose("forecast", "intro")
learn, score = st.columns(2, gap="large")
with learn:
    frame.training(network)
with score:
    frame.score_board(network, forecast_views.answer_names())
forecast_views.errors(network)
prose("forecast", "honest")
frame.code(settings, code)
close_page("forecast")
