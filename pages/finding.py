import streamlit as st

from rnn_core.apps.finding.application import APPLICATION
from ui.apps import frame
from ui.apps.finding import controls, views
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose, question
from ui.widgets.stage import drawer, stage, stage_row, stage_top

open_page("finding")
question("finding")
with stage_row():
    picture = stage()
    with picture, stage_top():
        way = controls.chosen_way()
    with drawer():
        settings = controls.chosen_settings()
network = frame.network_of(APPLICATION, settings)
with picture:
    frame.live(network, lambda: views.play(network, way))
prose("finding", "intro")
with frame.training_and_scores(network, views.answer_names()):
    many = st.container()
    prose("finding", "honest")
    frame.code(network)
with many:
    views.over_many(network)
close_page("finding")
