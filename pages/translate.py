import streamlit as st

from rnn_core.apps.translate.application import APPLICATION
from ui.apps import frame
from ui.apps.translate import controls, views
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose, question

open_page("translate")
question("translate")
settings = controls.chosen_settings()
network = frame.network_of(APPLICATION, settings)
frame.live(network, lambda: views.play(network))
prose("translate", "intro")
with frame.training_and_scores(network, views.answer_names()):
    lengths = st.container()
    prose("translate", "honest")
    frame.code(network)
with lengths:
    views.bottleneck(network)
close_page("translate")
