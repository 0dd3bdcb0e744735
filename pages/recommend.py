import streamlit as st

from rnn_core.apps.recommend import code
from ui.apps import frame, recommend_controls, recommend_own, recommend_views
from ui.i18n import _
from ui.lesson import prose, question
from ui.shell import close_page, open_page

open_page("recommend")
question("recommend")
recommend_controls.examples()
top = st.container()
settings = recommend_controls.chosen_settings()
network = frame.network_of(settings)
names = recommend_views.answer_names()
with top:
    frame.live(network, lambda: recommend_views.play(network))
prose("recommend", "intro")
learn, score = st.columns(2, gap="large")
with learn:
    frame.training(network)
frame.live(network, lambda: recommend_views.item_map(network))
prose("recommend", "honest")
recommend_own.own_sessions(network, names)
frame.code(settings, code)
with score:  # drawn last: the simple answers of a fresh server take a second
    note = _("Nobody can do better than the best possible: it knows how the sessions are made, and the rest is chance.")
    frame.score_board(network, names, note)
close_page("recommend")
