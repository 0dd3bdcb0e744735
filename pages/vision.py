import streamlit as st

from rnn_core.apps.vision import code
from ui.apps import frame, vision_controls, vision_views
from ui.lesson import prose, prose_part, question
from ui.shell import close_page, open_page

open_page("vision")
question("vision")
task = vision_controls.chosen_task()
shown, chosen = st.columns([3, 1], gap="medium")  # on a phone the picture comes first
with chosen:
    settings = vision_controls.chosen_settings(task)
network = frame.network_of(settings)
with shown:
    frame.live(network, lambda: vision_views.play(network))
prose_part("vision", "tasks", settings.task)
vision_views.how_soon(network)
learn, score = st.columns(2, gap="large")
with learn:
    frame.training(network)
prose("vision", "honest")
frame.code(settings, code)
with score:  # drawn last: the simple answers of a fresh server take a second
    frame.score_board(network, vision_views.answer_names())
close_page("vision")
