"""The widgets of the page on sentiment: the network, the review, changes to it, and a file of reviews."""

import streamlit as st

from rnn_core.apps.sentiment import edits, own
from rnn_core.apps.sentiment.settings import POOLINGS, SHIPPED, Settings
from rnn_core.apps.sentiment.words import MOST_WORDS, Token, read, write
from rnn_core.apps.table import LARGEST, TableRefused
from rnn_core.errors import CoreError
from ui.as_text import in_markdown
from ui.i18n import _, language
from ui.links.kept_settings import in_link
from ui.runs.settings_area import more_settings
from ui.widgets.choices import choice
from ui.widgets.uploads import problem_of, report_upload_problem, table_problem, upload

MOST_LETTERS = 1_000
MOST_ROWS_NAMED = 8
EXAMPLES = {
    "en": (
        "not at all boring, but slow",
        "I would not say that the plot is not clever",
        "My friend finds the soup bland, but I find it delicious",
        "The jokes are a bit stale, the acting is truly wonderful",
        "anything but boring",
        "Although the phone is light, the screen is blurry",
    ),
    "zh": (
        "一点也不无聊，但是有点慢",
        "不能说情节不好",
        "朋友说汤很咸，我觉得非常好喝",
        "笑点有点老套，演技特别出色",
        "不得不说这部电影不错",
        "这个手机虽然很轻，但是屏幕有点暗",
    ),
}


def network_labels() -> dict[str, str]:
    return {"lstm": "LSTM", "gru": "GRU", "rnn-tanh": "RNN", "lstm-attention": _("LSTM, both ways, attention")}


def pooling_labels() -> dict[str, str]:
    return {
        "last": _("the last state"),
        "mean": _("their mean"),
        "max": _("their maximum"),
        "attention": _("attention"),
    }


def chosen_settings() -> Settings:
    """The defaults depend on the network; the keys name it, so that each network has its own widgets."""
    name = choice(st.pills, _("Network"), network_labels(), "lstm", "reviewer")
    base = SHIPPED[name]
    with more_settings():
        labels = {pooling: pooling_labels()[pooling] for pooling in POOLINGS}
        pooling = choice(st.selectbox, _("The answer is read from"), labels, base.pooling, f"gather_{name}")
        both = st.toggle(_("Reads both ways"), base.bidirectional, **in_link(f"both_{name}"))
        hidden = st.slider(_("Hidden size H"), 4, 64, base.hidden, **in_link(f"H_{name}"))
        layers = st.slider(_("Layers"), 1, 2, base.layers, **in_link(f"layers_{name}"))
    settings = base.changed(pooling=pooling, bidirectional=both, hidden=hidden, layers=layers)
    found = own_file()
    if found is None or not found.enough_to_train or not st.session_state.get("sentiment_on_own"):
        return settings
    try:
        return settings.changed(rows=own.pack(found.rows))
    except CoreError:
        st.error(
            _("Only {letters} letters can be trained on, and too few of your reviews fit in.").format(
                letters=f"{own.MOST_CHARACTERS:,}"
            )
        )
        return settings


def own_file() -> own.OwnReviews | None:
    found: own.OwnReviews | None = st.session_state.get("sentiment_own")
    return found


def review() -> tuple[str, tuple[Token, ...]]:
    """The typed review and its words; an empty one does not replace the last valid one."""
    key = f"review_{language()}"
    text = st.text_input(
        _("A review, in English or Chinese"),
        EXAMPLES[language()][0],
        **in_link(key),
    )
    if len(text) > MOST_LETTERS:
        st.warning(_("Only the first {most} letters are read.").format(most=f"{MOST_LETTERS:,}"))
        text = text[:MOST_LETTERS]
    tokens = read(text or "")
    if all(token.word in (",", ".") for token in tokens):
        st.error(_("There is no word in it. Type a sentence, such as one of the examples."), icon=":material/edit:")
        text = st.session_state.get(f"last_{key}", EXAMPLES[language()][0])
        tokens = read(text)
    if len(tokens) > MOST_WORDS:
        st.warning(_("Only the first {most} words are read.").format(most=MOST_WORDS))
        tokens = tokens[:MOST_WORDS]
    st.session_state[f"last_{key}"] = text
    return text, tokens


def changes(tokens: tuple[Token, ...]) -> None:
    """One click changes the review."""
    exchanged = edits.parts_exchanged(tokens)
    negation = edits.first_negation(tokens)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            _("Swap the two parts"),
            on_click=_set,
            args=(exchanged,),
            disabled=exchanged is None,
            type="primary",
            icon=":material/swap_horiz:",
            key="review_swap",
        )
        words = write([tokens[at] for at in negation]) if negation else _("the negation")
        st.button(
            _("Leave out: {words}").format(words=in_markdown(words)),
            on_click=_set,
            args=(edits.without(tokens, negation),),
            disabled=not negation or len(negation) == len(tokens),
            icon=":material/backspace:",
            key="review_negation",
        )
        with st.popover(_("Other reviews"), icon=":material/list:"):
            for place, example in enumerate(EXAMPLES[language()]):
                st.button(example, on_click=_set, args=(example,), key=f"review_example_{place}", type="tertiary")


def word_changes(tokens: tuple[Token, ...]) -> None:
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
            on_click=_set,
            args=(edits.without(tokens, picked),),
            disabled=not 0 < len(picked) < len(tokens),
            key="review_without",
        )
        st.button(
            _("Let the two change places"),
            on_click=_set,
            args=(edits.exchanged(tokens, *picked) if len(picked) == 2 else "",),
            disabled=len(picked) != 2,
            key="review_exchange",
        )


def _set(text: str) -> None:
    st.session_state[f"review_{language()}"] = text


def own_reviews() -> None:
    """A file of reviews; a refused one does not replace the last valid one."""
    data, problem = upload(
        _("A CSV file with a column of texts and one of labels"), ["csv", "txt", "tsv"], "sentiment_file", LARGEST
    )
    st.caption(_("Labels may be 1 and 0, positive and negative, 好评 and 差评, or stars from 1 to 5."))
    if data is not None:
        problem = problem or problem_of("sentiment_file", data, _read)
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


def _what_was_left_out(found: own.OwnReviews) -> None:
    for rows, words in (
        (found.wrong_labels, _("No label that can be read in these rows, so they were left out: {rows}.")),
        (found.no_text, _("No text in these rows: {rows}.")),
        (found.undecided, _("Three stars are neither positive nor negative; left out: {rows}.")),
    ):
        if rows:
            named = ", ".join(map(str, rows[:MOST_ROWS_NAMED])) + "…" * (len(rows) > MOST_ROWS_NAMED)
            st.warning(words.format(rows=named))
    if found.left_out:
        st.warning(
            _(
                "{kept} of {all} reviews are used. They were drawn at random, so that both labels keep their share."
            ).format(kept=f"{len(found.rows):,}", all=f"{len(found.rows) + found.left_out:,}")
        )
