import streamlit as st

from rnn_core.apps.recommend import programs
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
network = frame.network_of(settings)
names = views.answer_names()
with top:
    frame.live(network, lambda: views.play(network))
prose("recommend", "intro")
learn, score = st.columns(2, gap="large")
with learn:
    frame.training(network)
frame.live(network, lambda: views.item_map(network))
prose("recommend", "honest")
own.own_sessions(network, names)
frame.code(settings, programs)
with score:  # drawn last: the simple answers of a fresh server take a second
    note = _("Nobody can do better than the best possible: it knows how the sessions are made, and the rest is chance.")
    frame.score_board(network, names, note)
close_page("recommend")
