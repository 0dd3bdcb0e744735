import streamlit as st

from rnn_core.apps.multimodal import code
from ui.apps import frame, multimodal_controls, multimodal_views
from ui.i18n import _
from ui.lesson import prose, question
from ui.shell import close_page, open_page

open_page("multimodal")
question("multimodal")
left, right = st.columns([1, 3], gap="medium")
with left:
    settings = multimodal_controls.chosen_settings()
network = frame.network_of(settings)
with right:
    frame.live(network, lambda: multimodal_views.play(network))
prose("multimodal", "intro")
learn, score = st.columns(2, gap="large")
with learn:
    frame.training(network)
prose("multimodal", "honest")
frame.code(
    {"PyTorch": lambda: code.as_torch(settings, say=_), "Keras": lambda: code.as_keras(settings, say=_)}, "multimodal"
)
with score:  # drawn last: the simple answers of a fresh server take a second
    frame.score_board(network, multimodal_views.answer_names())
close_page("multimodal")
