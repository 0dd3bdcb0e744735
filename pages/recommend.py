import streamlit as st

from rnn_core.apps.recommend.application import APPLICATION
from ui.apps import frame
from ui.apps.recommend import controls, own, views
from ui.i18n import _
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose, question

open_page("recommend")
question("recommend")
controls.examples()
top = st.container()
settings = controls.chosen_settings()
network = frame.network_of(APPLICATION, settings)
names = views.answer_names()
with top:
    frame.live(network, lambda: views.play(network))
prose("recommend", "intro")
note = _("Nobody can do better than the best possible: it knows how the sessions are made, and the rest is chance.")
with frame.training_and_scores(network, names, note):
    frame.live(network, lambda: views.item_map(network))
    prose("recommend", "honest")
    own.own_sessions(network, names)
    frame.code(network)
close_page("recommend")
