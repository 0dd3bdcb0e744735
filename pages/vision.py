import streamlit as st

from rnn_core.apps.vision import code
from ui.apps import frame, vision_controls, vision_views
from ui.i18n import _
from ui.lesson import prose, prose_part, question
from ui.shell import close_page, open_page

open_page("vision")
question("vision")
left, right = st.columns([1, 3], gap="medium")
with left:
    settings = vision_controls.chosen_settings()
network = frame.network_of(settings)
with right:
    frame.live(network, lambda: vision_views.play(network))
prose_part("vision", "tasks", settings.task)
vision_views.how_soon(network)
learn, score = st.columns(2, gap="large")
with learn:
    frame.training(network)
prose("vision", "honest")
frame.code(
    {"PyTorch": lambda: code.as_torch(settings, say=_), "Keras": lambda: code.as_keras(settings, say=_)}, "vision"
)
with score:  # drawn last: the simple answers of a fresh server take a second
    frame.score_board(network, vision_views.answer_names())
close_page("vision")
