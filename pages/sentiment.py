import streamlit as st

from rnn_core.apps.sentiment import code
from ui.apps import frame, sentiment_controls, sentiment_views
from ui.i18n import _
from ui.lesson import prose, question
from ui.shell import close_page, open_page

open_page("sentiment")
question("sentiment")
text, tokens = sentiment_controls.review()
sentiment_controls.changes(tokens)
settings = sentiment_controls.chosen_settings()
network = frame.network_of(settings)
frame.live(network, lambda: sentiment_views.play(network, tokens))
with st.expander(_("Change single words"), icon=":material/edit:"):
    sentiment_controls.word_changes(tokens)
prose("sentiment", "intro")
frame.live(network, lambda: sentiment_views.what_words_did(network, tokens))
prose("sentiment", "words")
learn, score = st.columns(2, gap="large")
with learn:
    frame.training(network)
with score:
    frame.score_board(network, sentiment_views.names())
prose("sentiment", "honest")
st.subheader(_("Where it breaks"), anchor=False)
prose("sentiment", "breaks")
frame.live(network, lambda: sentiment_views.hard(network))
st.subheader(_("Your own reviews"), anchor=False)
sentiment_controls.upload()
sentiment_views.own_scores(network)
frame.code(settings, code)
close_page("sentiment")
