import streamlit as st

from rnn_core.apps.translate.application import APPLICATION
from rnn_core.apps.translate.data import OWN
from rnn_core.apps.translate.settings import standard
from ui.apps import frame
from ui.apps.translate import controls, own_pairs, views
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose, question
from ui.widgets.stage import drawer, stage, stage_row, stage_top

open_page("translate")
question("translate")
with stage_row():
    picture = stage()
    with picture, stage_top():
        task, attention = controls.chosen_task()
    with drawer():
        controls.chosen_form(task)
        beams = views.beam_width()
        chosen = controls.chosen_settings(task, attention)
settings = chosen or standard(attention=attention)
network = frame.network_of(APPLICATION, settings)
with picture:
    if task == OWN:
        own_pairs.upload_pairs()
    if chosen is not None:
        frame.live(network, lambda: views.play(network, beams))
prose("translate", "intro")
if chosen is not None:
    with frame.training_and_scores(network, views.answer_names(), own_pairs.score_note() if task == OWN else ""):
        lengths = st.container()
        if task != OWN:
            prose("translate", "honest")
        frame.code(network)
    with lengths:
        views.bottleneck(network)
close_page("translate")
