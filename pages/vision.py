import streamlit as st

from rnn_core.apps.vision.application import APPLICATION
from ui.apps import frame
from ui.apps.vision import controls, views
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose, prose_part, question

open_page("vision")
question("vision")
task = controls.chosen_task()
shown, chosen = st.columns([3, 1], gap="medium")  # on a phone the picture comes first
with chosen:
    settings = controls.chosen_settings(task)
network = frame.network_of(APPLICATION, settings)
with shown:
    frame.live(network, lambda: views.play(network))
prose_part("vision", "tasks", settings.task)
views.how_soon(network)
with frame.training_and_scores(network, views.answer_names()):
    prose("vision", "honest")
    frame.code(network)
close_page("vision")
