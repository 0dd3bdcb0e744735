import streamlit as st

from rnn_core.apps.multimodal import programs
from ui.apps import frame
from ui.apps.multimodal import controls, views
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose, question

open_page("multimodal")
question("multimodal")
shown, chosen = st.columns([3, 1], gap="medium")  # on a phone the picture comes first
with chosen:
    settings = controls.chosen_settings()
network = frame.network_of(settings)
with shown:
    frame.live(network, lambda: views.play(network))
prose("multimodal", "intro")
learn, score = st.columns(2, gap="large")
with learn:
    frame.training(network)
prose("multimodal", "honest")
frame.code(settings, programs)
with score:  # drawn last: the simple answers of a fresh server take a second
    frame.score_board(network, views.answer_names())
close_page("multimodal")
