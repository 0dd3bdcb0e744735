import streamlit as st

from rnn_core.apps.sentiment.application import APPLICATION
from ui.apps import frame
from ui.apps.sentiment import controls, views
from ui.i18n import _
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose, question

open_page("sentiment")
question("sentiment")
text, tokens = controls.review()
controls.changes(tokens)
settings = controls.chosen_settings()
network = frame.network_of(APPLICATION, settings)
frame.live(network, lambda: views.play(network, tokens))
with st.expander(_("Change single words"), icon=":material/edit:"):
    controls.word_changes(tokens)
prose("sentiment", "intro")
frame.live(network, lambda: views.what_words_did(network, tokens))
prose("sentiment", "words")
with frame.training_and_scores(network, views.answer_names()):
    prose("sentiment", "honest")
    st.subheader(_("Where it breaks"), anchor=False)
    prose("sentiment", "breaks")
    frame.live(network, lambda: views.hard(network))
    st.subheader(_("Your own reviews"), anchor=False)
    controls.own_reviews()
    views.own_scores(network)
    frame.code(network)
close_page("sentiment")
