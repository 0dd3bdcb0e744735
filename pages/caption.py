import streamlit as st

from rnn_core.apps.caption.application import APPLICATION
from ui.apps import frame
from ui.apps.caption import controls, views
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose, question
from ui.widgets.stage import drawer, stage, stage_row, stage_top

open_page("caption")
question("caption")
with stage_row():
    picture = stage()
    with picture, stage_top():
        spoken, attention = controls.chosen_decoder()
        reads_right_words = controls.reads_right_words()
    with drawer():
        settings = controls.chosen_settings(spoken, attention)
network = frame.network_of(APPLICATION, settings)
with picture:
    frame.live(network, lambda: views.play(network, reads_right_words))
prose("caption", "intro")
with frame.training_and_scores(network, views.answer_names()):
    by_shapes = st.container()
    prose("caption", "honest")
    frame.code(network)
with by_shapes:
    views.by_shapes(network)
close_page("caption")
