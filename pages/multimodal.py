import streamlit as st

from rnn_core.apps.multimodal.application import APPLICATION
from ui.apps import frame
from ui.apps.multimodal import controls, views
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose, question

open_page("multimodal")
question("multimodal")
shown, chosen = st.columns([3, 1], gap="medium")  # on a phone the picture comes first
with chosen:
    settings = controls.chosen_settings()
network = frame.network_of(APPLICATION, settings)
with shown:
    frame.live(network, lambda: views.play(network))
prose("multimodal", "intro")
with frame.training_and_scores(network, views.answer_names()):
    prose("multimodal", "honest")
    frame.code(network)
close_page("multimodal")
