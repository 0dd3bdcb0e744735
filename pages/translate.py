import streamlit as st

from rnn_core.apps.translate import programs
from ui.apps import frame
from ui.apps.translate import controls, views
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose, question

open_page("translate")
question("translate")
settings = controls.chosen_settings()
network = frame.network_of(settings)
frame.live(network, lambda: views.play(network))
prose("translate", "intro")
learn, score = st.columns(2, gap="large")
with learn:
    frame.training(network)
lengths = st.container()
prose("translate", "honest")
frame.code(settings, programs)
with score:  # drawn last: the simple answers of a fresh server take a second
    frame.score_board(network, views.answer_names())
with lengths:
    views.bottleneck(network)
close_page("translate")
