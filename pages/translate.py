import streamlit as st

from rnn_core.apps.translate import code
from ui.apps import frame, translate_controls, translate_views
from ui.lesson import prose, question
from ui.shell import close_page, open_page

open_page("translate")
question("translate")
settings = translate_controls.chosen_settings()
network = frame.network_of(settings)
frame.live(network, lambda: translate_views.play(network))
prose("translate", "intro")
learn, score = st.columns(2, gap="large")
with learn:
    frame.training(network)
lengths = st.container()
prose("translate", "honest")
frame.code(settings, code)
with score:  # drawn last: the simple answers of a fresh server take a second
    frame.score_board(network, translate_views.answer_names())
with lengths:
    translate_views.bottleneck(network)
close_page("translate")
