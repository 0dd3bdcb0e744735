import streamlit as st

from rnn_core.apps.speech import code
from ui.apps import frame, speech_controls, speech_views
from ui.lesson import prose, question
from ui.shell import close_page, open_page

open_page("speech")
question("speech")
settings = speech_controls.chosen_settings()
network = frame.network_of(settings)
frame.live(network, lambda: speech_views.listen(network))
prose("speech", "intro")
learn, score = st.columns(2, gap="large")
with learn:
    frame.training(network)
with score:
    frame.score_board(network, speech_views.answer_names())
speech_views.how_it_fares(network)
prose("speech", "honest")
frame.code(settings, code)
close_page("speech")
