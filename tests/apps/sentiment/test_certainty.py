"""Certainty about words that the network was never trained on."""

from rnn_core.apps.sentiment.breaks import HARD
from rnn_core.apps.sentiment.certainty import known_share, tempered
from rnn_core.apps.sentiment.settings import SHIPPED
from rnn_core.apps.sentiment.words import words
from rnn_core.apps.trained import load_trained
from ui.apps.sentiment import compute


def test_only_words_count_and_what_is_unknown_makes_less_sure() -> None:
    vocabulary = SHIPPED["lstm"].vocabulary
    assert known_share(words("not boring, but slow."), vocabulary) == 1.0
    assert known_share(words("zygomorphic, quuxly."), vocabulary) == 0.0
    assert tempered(0.98, 1.0) == 0.98
    assert tempered(0.98, 0.0) == 0.5
    assert 0.5 < tempered(0.98, 0.5) < 0.98
    assert 0.02 < tempered(0.02, 0.5) < 0.5


def test_foreign_words_are_not_answered_with_certainty() -> None:
    state = load_trained(type(SHIPPED["lstm"]), "lstm").state
    foreign = tuple(words("oh great another quuxly zygomorphic brontide of flummery"))
    assert compute.known(state, foreign) < 0.5
    assert abs(compute.tempered_belief(state, foreign) - 0.5) < 0.3
    for example in HARD["en"]:
        read = tuple(words(example.text))
        own, shown = compute.belief(state, read), compute.tempered_belief(state, read)
        assert (own > 0.5) == (shown > 0.5), "the answer stays, its certainty falls"
        assert abs(shown - 0.5) <= abs(own - 0.5)
