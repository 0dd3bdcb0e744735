import streamlit as st

from rnn_core.apps.sentiment.application import APPLICATION
from ui.apps import frame
from ui.apps.sentiment import controls, presets, reviews, views
from ui.apps.sentiment.stage import play
from ui.i18n import _
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose, question, source
from ui.widgets.stage import dock, drawer, stage, stage_row

open_page("sentiment")
question("sentiment")
with stage_row():
    with stage():
        problems, picture, below = st.container(), st.container(), dock()
    with drawer():
        has_other_order = controls.shows_other_order()
        settings = controls.chosen_settings()
        changes = st.container()
    read_in = reviews.language_read(settings)
    with below:
        text = reviews.typed_review(settings)
    with problems:
        tokens = reviews.valid_review(text, settings)
    with below:
        controls.swap_button(tokens, read_in)
        presets.reviews_to_try(text, settings)
    with changes:
        controls.negation_button(tokens, read_in)
        with st.expander(_("Change single words"), icon=":material/edit:"):
            controls.word_changes(tokens, read_in)
network = frame.network_of(APPLICATION, settings)
with picture:
    frame.live(network, lambda: play(network, tokens, has_other_order))
views.how_it_answers(network)
frame.live(network, lambda: views.answers(network, tokens))
frame.live(network, lambda: views.what_words_did(network, tokens))
prose("sentiment", "words")
with frame.training_and_scores(network, views.answer_names()):
    frame.live(network, lambda: views.three_classes(network))
    views.what_scores_mean(network)
    st.subheader(_("Where it breaks"), anchor=False)
    views.what_it_was_trained_on(network)
    frame.live(network, lambda: views.hard(network))
    st.subheader(_("Your own reviews"), anchor=False)
    prose("sentiment", "own")
    controls.own_reviews()
    views.own_scores(network)
    frame.code(network)
source("sentiment")
close_page("sentiment")
