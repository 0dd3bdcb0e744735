"""The review that is read, and the reviews to try.

The network of real sentences reads English only, on the Chinese page as well: its examples and its field are English.
"""

import streamlit as st

from rnn_core.apps.sentiment.settings import SENTENCES, Settings
from rnn_core.apps.sentiment.words import MOST_WORDS, Token, read
from ui.as_text import in_markdown
from ui.i18n import Language, _, language
from ui.links.kept_settings import in_link

MOST_LETTERS = 1_000
EXAMPLES: dict[Language, dict[str, str]] = {  # by the names of their thumbnails
    "en": {
        "same": "not at all boring, but slow",
        "double": "I would not say that the plot is not clever",
        "others": "My friend finds the soup bland, but I find it delicious",
        "mixed": "The jokes are a bit stale, the acting is truly wonderful",
        "anything": "anything but boring",
        "although": "Although the phone is light, the screen is blurry",
    },
    "zh": {
        "same": "一点也不无聊，但是有点慢",
        "double": "不能说情节不好",
        "others": "朋友说汤很咸，我觉得非常好喝",
        "mixed": "笑点有点老套，演技特别出色",
        "anything": "不得不说这部电影不错",
        "although": "这个手机虽然很轻，但是屏幕有点暗",
    },
}
REAL = {
    "plain": "I am on my way to the airport",
    "praise": "I love this song, it makes my day",
    "complaint": "I hate Mondays, I have to work all day",
    "but": "My head hurts, but I am happy to be home",
    "not": "I am not happy",
    "irony": "Great, my train is late again",
}


def example_labels() -> dict[str, str]:
    """`anything` is another turn of phrase in each language."""
    return {
        "same": _("Same words"),
        "double": _("Double negation"),
        "others": _("Someone else"),
        "mixed": _("Two parts"),
        "anything": _("Anything but"),
        "although": _("Although"),
        "plain": _("No opinion"),
        "praise": _("Praise"),
        "complaint": _("Complaint"),
        "but": _("With “but”"),
        "not": _("With “not”"),
        "irony": _("Irony"),
    }


def reads_real_sentences(settings: Settings) -> bool:
    return settings.source == SENTENCES and not settings.rows


def language_read(settings: Settings) -> Language:
    return "en" if reads_real_sentences(settings) else language()


def examples(settings: Settings) -> dict[str, str]:
    return REAL if reads_real_sentences(settings) else EXAMPLES[language()]


def typed_review(settings: Settings) -> str:
    label = _("A sentence in English") if reads_real_sentences(settings) else _("A review, in English or Chinese")
    return st.text_input(label, first_example(settings), **in_link(_field(language_read(settings)))) or ""


def first_example(settings: Settings) -> str:
    return next(iter(examples(settings).values()))


def valid_review(text: str, settings: Settings) -> tuple[Token, ...]:
    """The words of the typed review; an empty one does not replace the last valid one."""
    last = f"last_{_field(language_read(settings))}"
    if len(text) > MOST_LETTERS:
        st.warning(_("Only the first {most} letters are read.").format(most=f"{MOST_LETTERS:,}"))
        text = text[:MOST_LETTERS]
    tokens = read(text)
    if all(token.word in (",", ".") for token in tokens):
        st.error(_("There is no word in it. Type a sentence, such as one of the examples."), icon=":material/edit:")
        text = st.session_state.get(last, first_example(settings))
        st.caption(_("Below is the review before: {text}").format(text=in_markdown(text)))
        tokens = read(text)
    if len(tokens) > MOST_WORDS:
        st.warning(_("Only the first {most} words are read.").format(most=MOST_WORDS))
        tokens = tokens[:MOST_WORDS]
    st.session_state[last] = text
    return tokens


def set_review(text: str, read_in: Language) -> None:
    st.session_state[_field(read_in)] = text


def _field(read_in: Language) -> str:
    return f"review_{read_in}"
