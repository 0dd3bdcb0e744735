import streamlit as st

from rnn_core.apps.text import code
from ui.apps import frame, text_controls, text_views
from ui.lesson import prose, question
from ui.shell import close_page, open_page

open_page("text")
question("text")
left, right = st.columns([1, 3], gap="medium")
with left:
    settings = text_controls.chosen_settings()
with right:
    typed, how = st.columns(2)
    with typed:
        beginning = text_controls.chosen_beginning(settings)
    with how:
        manner = text_controls.chosen_manner(settings)
    board = st.container()
    manner, length = text_controls.ruled_out(manner)
network = frame.network_of(settings)
with board:
    frame.live(network, lambda: text_views.play(network, beginning, manner, length))
prose("text", "intro")
learn, score = st.columns(2, gap="large")
with learn:
    frame.training(network)
    frame.live(network, lambda: text_views.samples(network, beginning))
with score:
    frame.score_board(network, text_views.answer_names())
prose("text", "honest")
text_views.three_ways(network, beginning, manner)
prose("text", "ways")
text_views.units(network)
prose("text", "units")
frame.code(settings, code)
close_page("text")
