import streamlit as st

from rnn_core.apps.text.application import APPLICATION
from ui.apps import frame
from ui.apps.text import controls, presets, tokens, views
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose, prose_part, question
from ui.widgets.stage import dock, drawer, stage, stage_row

open_page("text")
question("text")
with stage_row():
    with stage():
        above, board, below = st.container(), st.container(), dock()
    with below:
        fields = st.container(horizontal=True, key="text_fields", vertical_alignment="center")
        wanted = presets.chosen_text()
    with above:
        packed = controls.own_text() if wanted == "own" else ""
    name = wanted if wanted != "own" or packed else "english"
    with fields:
        typed = controls.typed_beginning(name)
        temperature = controls.chosen_temperature(name)
        controls.again_button()
    with drawer():
        settings = controls.chosen_settings(name, packed)
        manner, length = controls.chosen_manner(temperature, settings)
    with above:
        beginning = controls.valid_beginning(typed, settings)
network = frame.network_of(APPLICATION, settings)
with board:
    frame.live(network, lambda: views.play(network, beginning, manner, length))
prose("text", "intro")
frame.live(network, lambda: views.look_inside(network, beginning, manner, length))
with frame.training_and_scores(network, views.answer_names()) as below_training:
    with below_training:
        views.duration(network)
        frame.live(network, lambda: views.samples(network, beginning))
    prose_part("text", "honest", "own" if network.settings.text == "own" else "ours")
    prose("text", "rival")
    tokens.tokens(network)
    prose("text", "tokens")
    views.three_ways(network, beginning, manner)
    prose("text", "ways")
    views.units(network)
    prose("text", "units")
    frame.code(network)
close_page("text")
