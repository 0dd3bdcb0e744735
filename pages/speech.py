import streamlit as st

from rnn_core.apps.speech import programs
from ui.apps import frame
from ui.apps.speech import controls, views
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose, question

open_page("speech")
question("speech")
settings = controls.chosen_settings()
network = frame.network_of(settings)
frame.live(network, lambda: views.listen(network))
prose("speech", "intro")
learn, score = st.columns(2, gap="large")
with learn:
    frame.training(network)
with score:
    frame.score_board(network, views.answer_names())
views.how_it_fares(network)
prose("speech", "honest")
frame.code(settings, programs)
close_page("speech")
