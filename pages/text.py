import streamlit as st

from rnn_core.apps.text.application import APPLICATION
from ui.apps import frame
from ui.apps.text import controls, views
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose, question

open_page("text")
question("text")
left, right = st.columns([1, 3], gap="medium")
with left:
    settings = controls.chosen_settings()
with right:
    typed, how = st.columns(2)
    with typed:
        beginning = controls.chosen_beginning(settings)
    with how:
        manner = controls.chosen_manner(settings)
    board = st.container()
    manner, length = controls.ruled_out(manner)
network = frame.network_of(APPLICATION, settings)
with board:
    frame.live(network, lambda: views.play(network, beginning, manner, length))
prose("text", "intro")
with frame.training_and_scores(network, views.answer_names()) as below_training:
    with below_training:
        frame.live(network, lambda: views.samples(network, beginning))
    prose("text", "honest")
    views.three_ways(network, beginning, manner)
    prose("text", "ways")
    views.units(network)
    prose("text", "units")
    frame.code(network)
close_page("text")
