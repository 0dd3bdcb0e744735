"""The page on sentiment: the review with coloured words, the answers, and the influence of each word."""

from collections.abc import Sequence

import streamlit as st

from rnn_core.apps.sentiment import edits, own
from rnn_core.apps.sentiment.breaks import HARD
from rnn_core.apps.sentiment.reader import Reading
from rnn_core.apps.sentiment.settings import Settings
from rnn_core.apps.sentiment.words import MOST_WORDS, Token, words, write
from rnn_core.learn.state import RunState
from ui.apps import frame
from ui.apps.inside import inside
from ui.apps.on_demand import on_demand
from ui.apps.sentiment import compute
from ui.apps.sentiment.controls import own_file
from ui.apps.sentiment.figures import WordRow, belief_chart, share_rows, signed_rows
from ui.as_text import in_markdown
from ui.browser.plot import plot
from ui.i18n import _, language
from ui.widgets.tables import table

CURSOR = "sentiment"
STRONG, WEAK = 0.15, 0.03  # how far a word must move the belief for its background, and for its letters, to be coloured
MISTAKES_NAMED = 10


def answer_names() -> dict[str, str]:
    """The labels of measures and baselines."""
    return {
        "Correct": _("right answers"),
        "Same words, other order": _("same words, other order"),
        "New combinations": _("new combinations"),
        "Longer sentences": _("longer sentences"),
        "Always the same answer": _("always the same answer"),
        "Bag of words": _("bag of words"),
        "Bag of words and neighbours": _("bag of words and neighbours"),
    }


def play(network: frame.Network[Settings], tokens: tuple[Token, ...]) -> None:
    """The coloured review, both answers for both orders, and the belief word by word."""
    state, settings = network.state, network.settings
    if state is None:
        st.info(_("Press “Train from the start”: the words are coloured as soon as the first steps are done."))
        return
    found = tuple(token.word for token in tokens)
    reading = compute.reading(state, found)
    st.markdown(coloured(tokens, reading), help=_("Blue moved the belief to positive, orange to negative."))
    _unknown(tokens, reading)
    _answers(state, settings, tokens)
    shown = [token.shown for token in tokens]
    bag = compute.bag_belief(settings, found, False)
    plot(belief_chart(shown, reading.beliefs, bag, _("What it believes after each word")), key="belief")


def coloured(tokens: Sequence[Token], reading: Reading) -> str:
    """The words in the colour of the way that they moved the belief. A visitor's words are shown as text."""
    text = "#### "
    for token, move, known in zip(tokens, reading.moves, reading.known, strict=True):
        word = in_markdown(token.shown)
        if not known:
            word = f":gray[{word}&#40;?&#41;]"
        if abs(move) >= STRONG:
            word = f":{'blue' if move > 0 else 'orange'}-background[{word}{'▲' if move > 0 else '▼'}]"
        elif abs(move) >= WEAK:
            word = f":{'blue' if move > 0 else 'orange'}[{word}]"
        text += word if token.glued else f" {word}"
    return text


def _unknown(tokens: Sequence[Token], reading: Reading) -> None:
    unknown = [token for token, known in zip(tokens, reading.known, strict=True) if not known]
    if unknown:
        st.caption(
            _(
                "{count} of {all} words, marked (?), were never trained on: the network reads all of them as one word, `<unknown>`."
            ).format(count=len(unknown), all=len(tokens))
        )


def _answers(state: RunState, settings: Settings, tokens: Sequence[Token]) -> None:
    """The network and the bags, on this review and on the same words in the other order."""
    texts = [write(tokens)]
    swapped = edits.parts_exchanged(tokens)
    if swapped is not None:
        texts.append(swapped)
    found = [words(text)[:MOST_WORDS] for text in texts]
    table(
        {
            _("review"): [in_markdown(text) for text in texts],
            _("network"): [_sure(compute.belief(state, each)) for each in found],
            _("bag of words"): [_sure(compute.bag_belief(settings, each, False)) for each in found],
            _("bag of words and neighbours"): [_sure(compute.bag_belief(settings, each, True)) for each in found],
        }
    )
    st.markdown(_("How sure each answer is that the review is positive; below 50% it says negative."))


def _sure(belief: float) -> str:
    """In the colour of its side, as the words above."""
    return f":{'blue' if belief > 0.5 else 'orange'}[**{belief:.1%}**]"


def what_words_did(network: frame.Network[Settings], tokens: tuple[Token, ...]) -> None:
    """The influence of each word by three measures, and the changes of the state."""
    state = network.state
    if state is None:
        return
    reading = compute.reading(state, tuple(token.word for token in tokens))
    shown = [token.shown for token in tokens]
    decided = [
        WordRow(_("moved the belief"), reading.moves),
        WordRow(_("lost when left out"), reading.left_out),
        WordRow(_("gradient × input"), reading.saliency),
    ]
    doing = [WordRow(_("state changed by"), reading.state_changes), WordRow(_("share in the answer"), reading.weights)]
    left, right = st.columns(2)
    with left:
        plot(signed_rows(shown, decided, _("Which words decided it")), key="decided")
    with right:
        plot(share_rows(shown, doing, _("Where it changed, and what is read")), key="doing")
    on_demand(_("Look inside: this review"), lambda: _inside(reading, shown))


def _inside(reading: Reading, shown: Sequence[str]) -> None:
    st.markdown(_("The last layer while it reads, one word a step. Gradients are of the answer’s score."))
    inside(reading.trace.forward[-1], reading.gradients.forward[-1], CURSOR, shown)


def hard(network: frame.Network[Settings]) -> None:
    """Reviews outside the grammar of the training data, read by this network."""
    state = network.state
    if state is None:
        return
    kinds = {
        "irony": _("irony"),
        "unknown": _("unknown words"),
        "pattern": _("another way to put it"),
        "question": _("a question"),
        "comparison": _("a comparison"),
        "long": _("longer than trained"),
    }
    examples = HARD[language()]
    beliefs = [compute.belief(state, words(each.text)) for each in examples]
    right = [(belief > 0.5) == each.positive for belief, each in zip(beliefs, examples, strict=True)]
    table(
        {
            _("what is hard"): [kinds[each.kind] for each in examples],
            _("review"): [in_markdown(each.text) for each in examples],
            _("a person says"): [_("positive") if each.positive else _("negative") for each in examples],
            _("network"): [_sure(belief) for belief in beliefs],
            _("right?"): ["✓" if good else "✗" for good in right],
        },
        words=3,
    )
    st.markdown(_("It is right about {right} of these {all}.").format(right=sum(right), all=len(right)))


def own_scores(network: frame.Network[Settings]) -> None:
    """How the network and the bags do on the visitor's file, which rows it gets wrong, and whether it can be trained on."""
    found = own_file()
    if found is None:
        return
    settings = network.settings
    st.toggle(
        _("Train on these reviews"),
        key="sentiment_on_own",
        disabled=not found.enough_to_train,
        help=_("It takes {least} reviews, and {kind} of each kind.").format(
            least=own.LEAST_TO_TRAIN, kind=own.LEAST_OF_A_KIND
        ),
    )
    if settings.rows:
        st.caption(_("The scores above are counted on the fifth of your reviews that is kept for the test."))
        used, brought = len(settings.own_rows), len(found.rows) + found.left_out
        if used < brought:
            st.warning(
                _(
                    "A run holds {letters} letters: {used} of your {all} reviews are trained and tested on. They were drawn at"
                    " random, so that both labels keep their share."
                ).format(letters=f"{own.MOST_CHARACTERS:,}", used=f"{used:,}", all=f"{brought:,}")
            )
        return
    if network.state is not None:
        _scores_on(network.state, settings, found)


def _scores_on(state: RunState, settings: Settings, found: own.OwnReviews) -> None:
    score = compute.scored(state, settings, found)
    st.markdown(
        _("Right answers: network {network}, bag of words {bag}, always the commoner answer {always}.").format(
            network=f"{score.network:.1%}", bag=f"{score.bag:.1%}", always=f"{score.always:.1%}"
        )
    )
    st.caption(_("{share} of their words are unknown to this network.").format(share=f"{score.unknown:.0%}"))
    if score.wrong:
        st.dataframe(
            {
                _("row"): [found.numbers[at] for at in score.wrong[:MISTAKES_NAMED]],
                _("review"): [found.rows[at][0] for at in score.wrong[:MISTAKES_NAMED]],
                _("the file says"): [
                    _("positive") if found.rows[at][1] else _("negative") for at in score.wrong[:MISTAKES_NAMED]
                ],
            },
            hide_index=True,
            key="review_mistakes",
        )
