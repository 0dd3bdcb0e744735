import streamlit as st

from rnn_core.apps.speech.application import APPLICATION
from ui.apps import frame
from ui.apps.speech import controls, strip_views, teach, views
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose, question, source
from ui.widgets.stage import drawer, stage, stage_row

open_page("speech")
question("speech")
view = controls.view_of_page()
is_lesson = view == controls.TEACH
lesson = st.container()
with stage_row():
    picture = stage()
    with drawer():
        settings = controls.chosen_settings("word" if is_lesson else view)
network = frame.network_of(APPLICATION, settings)
is_strip = network.settings.task == "strip"
listen = strip_views.listen_to_strip if is_strip else views.listen
with picture:
    frame.live(network, lambda: listen(network, view))
if not is_strip:
    with lesson if is_lesson else st.container():
        teach.teach_section(network, is_lesson)
prose("speech", "strip" if is_strip else "intro")
with frame.training_and_scores(network, views.answer_names()):
    if not is_strip:
        views.confusion_and_noise(network)
    prose("speech", "honest")
    frame.code(network)
source("speech")
close_page("speech")
