"""The widgets of the page on sentiment: the network, the review, changes to it, and a file of reviews."""

import streamlit as st

from rnn_core.apps.sentiment import edits, own
from rnn_core.apps.sentiment.classes import NEGATIVE, NEUTRAL, POSITIVE
from rnn_core.apps.sentiment.settings import POOLINGS, SHIPPED, Settings, for_own
from rnn_core.apps.sentiment.words import Token, write
from rnn_core.apps.table import TableRefused
from rnn_core.errors import CoreError
from ui.apps.sentiment.reviews import set_review
from ui.as_text import in_markdown
from ui.i18n import Language, _
from ui.links.kept_settings import in_link, in_session
from ui.runs.settings_area import more_settings
from ui.widgets.choices import choice
from ui.widgets.uploads import checked_table, report_upload_problem, table_problem, warn_of_rows


def network_labels() -> dict[str, str]:
    return {
        "lstm": "LSTM",
        "gru": "GRU",
        "rnn-tanh": "RNN",
        "lstm-attention": _("LSTM, both ways, attention"),
        "sentences": _("LSTM, real sentences"),
    }


def pooling_labels() -> dict[str, str]:
    return {
        "last": _("the last state"),
        "mean": _("their mean"),
        "max": _("their maximum"),
        "attention": _("attention"),
    }


def class_names() -> dict[int, str]:
    return {NEGATIVE: _("negative"), NEUTRAL: _("neutral"), POSITIVE: _("positive")}


def chosen_settings() -> Settings:
    """The defaults depend on the network; the keys name it, so that each network has its own widgets."""
    name = choice(st.pills, _("Network"), network_labels(), "lstm", "reviewer")
    rows = _packed_rows()
    base = for_own(rows, SHIPPED[name].cell) if rows else SHIPPED[name]
    part, place = (f"{name}_own", in_session) if rows else (name, in_link)
    with more_settings():
        labels = {pooling: pooling_labels()[pooling] for pooling in POOLINGS}
        asked = _("The answer is read from")
        pooling = choice(st.selectbox, asked, labels, base.pooling, f"gather_{part}", in_link=not rows)
        both = st.toggle(_("Reads both ways"), base.bidirectional, **place(f"both_{part}"))
        hidden = st.slider(_("Hidden size H"), 4, 64, base.hidden, **place(f"H_{part}"))
        layers = st.slider(_("Layers"), 1, 2, base.layers, **place(f"layers_{part}"))
        dropout = st.slider(_("Dropout"), 0.0, 0.8, base.dropout, step=0.1, **place(f"dropout_{part}"))
    return base.changed(pooling=pooling, bidirectional=both, hidden=hidden, layers=layers, dropout=dropout)


def _packed_rows() -> str:
    """The visitor's reviews, where the network is to be trained on them."""
    found = own_file()
    if found is None or not found.enough_to_train or not st.session_state.get("sentiment_on_own"):
        return ""
    rows = own.pack(found.rows)
    try:
        own.unpack(rows)
    except CoreError:
        st.error(
            _("Only {letters} letters can be trained on, and too few of your reviews fit in.").format(
                letters=f"{own.MOST_CHARACTERS:,}"
            )
        )
        return ""
    return rows


def own_file() -> own.OwnReviews | None:
    found: own.OwnReviews | None = st.session_state.get("sentiment_own")
    return found


def swap_button(tokens: tuple[Token, ...], read_in: Language) -> None:
    exchanged = edits.parts_exchanged(tokens)
    st.button(
        _("Swap the two parts"),
        on_click=set_review,
        args=(exchanged, read_in),
        disabled=exchanged is None,
        icon=":material/swap_horiz:",
        key="review_swap",
    )


def negation_button(tokens: tuple[Token, ...], read_in: Language) -> None:
    negation = edits.first_negation(tokens)
    words = write([tokens[at] for at in negation]) if negation else _("the negation")
    st.button(
        _("Leave out: {words}").format(words=in_markdown(words)),
        on_click=set_review,
        args=(edits.without(tokens, negation), read_in),
        disabled=not negation or len(negation) == len(tokens),
        icon=":material/backspace:",
        key="review_negation",
    )


def shows_other_order() -> bool:
    return st.toggle(_("Show the other order beneath"), True, **in_link("other_order"))


def word_changes(tokens: tuple[Token, ...], read_in: Language) -> None:
    """Any word can be left out, and any two can change places."""
    picked = st.pills(
        _("Pick words"),
        range(len(tokens)),
        format_func=lambda at: in_markdown(tokens[at].shown),
        selection_mode="multi",
        key=f"picked_{hash(tokens)}",
        wrap=True,
    )
    with st.container(horizontal=True):
        st.button(
            _("Leave them out"),
            on_click=set_review,
            args=(edits.without(tokens, picked), read_in),
            disabled=not 0 < len(picked) < len(tokens),
            key="review_without",
        )
        st.button(
            _("Let the two change places"),
            on_click=set_review,
            args=(edits.exchanged(tokens, *picked) if len(picked) == 2 else "", read_in),
            disabled=len(picked) != 2,
            key="review_exchange",
        )


def own_reviews() -> None:
    """A file of reviews; a refused one does not replace the last valid one."""
    problem = checked_table(_("A CSV file with a column of texts and one of labels"), "sentiment_file", _read)
    st.caption(
        _(
            "Labels may be 1 and 0; −1, 0 and 1; positive, neutral and negative; 好评, 中评 and 差评; stars from 1 to 5; or scores up to 10."
        )
    )
    found = own_file()
    report_upload_problem(problem, found)
    if found is not None:
        _what_was_read(found)
        if not problem:
            _what_was_left_out(found)


def _read(data: bytes) -> str:
    """Keeps a valid file; returns the reason why another is refused."""
    try:
        found = own.own_reviews(own.review_table(data))
    except TableRefused as problem:
        return table_problem(problem)
    except own.NoReviews:
        return _("Two columns are needed: one with texts, and one whose cells are labels, such as 1 and 0.")
    new = found != own_file()
    st.session_state["sentiment_own"] = found
    if new and st.session_state.get("sentiment_on_own"):
        st.session_state["sentiment_on_own"] = found.enough_to_train
        st.rerun()  # the settings further up on the page were made with the file before
    return ""


def _what_was_read(found: own.OwnReviews) -> None:
    st.caption(
        _("Reviews: {count}. Texts from column {text}, labels from column {label}.").format(
            count=len(found.rows), text=in_markdown(found.text_name), label=in_markdown(found.label_name)
        )
    )
    counts = found.count_of
    if counts[NEUTRAL]:
        st.caption(
            _("Three classes: {negative} negative, {neutral} neutral, {positive} positive.").format(
                negative=counts[NEGATIVE], neutral=counts[NEUTRAL], positive=counts[POSITIVE]
            )
        )
    if found.by == "stars":
        st.caption(_("Stars were read so: 1 and 2 are negative, 3 is neutral, 4 and 5 are positive."))
    elif found.by == "ten":
        st.caption(_("Scores up to 10 were read so: 0 to 4 are negative, 5 and 6 are neutral, 7 to 10 are positive."))
    elif found.by != "words":
        low, middle, high = found.by.split()
        st.caption(
            _("Labels were read so: {low} is negative, {middle} is neutral, {high} is positive.").format(
                low=low, middle=middle, high=high
            )
        )


def _what_was_left_out(found: own.OwnReviews) -> None:
    faults = (
        (found.wrong_labels, _("No label that can be read in these rows, so they were left out: {rows}.")),
        (found.no_text, _("No text in these rows: {rows}.")),
        (
            found.undecided,
            _("Neutral reviews, too few for a class of their own ({least} are needed); left out: {rows}.").replace(
                "{least}", str(own.LEAST_OF_A_KIND)
            ),
        ),
    )
    warn_of_rows(faults)
    if found.left_out:
        st.warning(
            _(
                "{kept} of {all} reviews are used. They were drawn at random, so that all labels keep their share."
            ).format(kept=f"{len(found.rows):,}", all=f"{len(found.rows) + found.left_out:,}")
        )
