"""The page on sentiment: the review with coloured words, the answers, and the influence of each word."""

from collections.abc import Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from rnn_core.apps.sentiment import edits, own
from rnn_core.apps.sentiment.breaks import HARD
from rnn_core.apps.sentiment.classes import AS_SHOWN, NEUTRAL, POSITIVE, most_probable
from rnn_core.apps.sentiment.reader import Reading
from rnn_core.apps.sentiment.settings import Settings
from rnn_core.apps.sentiment.words import MOST_WORDS, Token, words, write
from rnn_core.arrays import Array
from rnn_core.learn.state import RunState
from ui.apps import frame
from ui.apps.inside import inside
from ui.apps.on_demand import on_demand
from ui.apps.sentiment import compute
from ui.apps.sentiment.controls import class_names, own_file
from ui.apps.sentiment.figures import WordRow, belief_chart, share_rows, signed_rows
from ui.apps.sentiment.reviews import language_read
from ui.apps.sentiment.take import take_review
from ui.as_text import in_markdown
from ui.browser.plot import plot
from ui.i18n import _, listed
from ui.widgets.lesson import prose
from ui.widgets.tables import table

CURSOR = "sentiment"
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


def answers(network: frame.Network[Settings], tokens: tuple[Token, ...]) -> None:
    """The network and the bags, on this review and on the same words in the other order."""
    if network.state is None:
        return
    state, settings = network.state, network.settings
    texts = [write(tokens)]
    swapped = edits.parts_exchanged(tokens)
    if swapped is not None:
        texts.append(swapped)
    found = [words(text)[:MOST_WORDS] for text in texts]
    table(
        {
            _("review"): [in_markdown(text) for text in texts],
            _("network"): [_sure(compute.tempered_chances(state, each)) for each in found],
            _("known words"): [f"{compute.known(state, each):.0%}" for each in found],
            _("bag of words"): [_sure(compute.bag_chances(settings, each, False)) for each in found],
            _("bag of words and neighbours"): [_sure(compute.bag_chances(settings, each, True)) for each in found],
        }
    )
    two = settings.classes == 2
    if two:
        st.markdown(_("How sure each answer is that the review is positive; below 50% it says negative."))
    else:
        st.markdown(
            _(
                "The probabilities of negative, neutral and positive in percent, in this order. Words are coloured by what they do to positive "
                "against negative, and the road lies between the two at P(positive) + ½ P(neutral)."
            )
        )
    share = compute.known(state, found[0])
    if share == 1.0:
        return
    untempered = compute.chances(state, found[0])
    own = f"{untempered[POSITIVE]:.1%}" if two else _percents(untempered)
    sentence = (
        _(
            "The network knows {share} of the words. Its own belief of {belief} is moved towards 50% in this proportion, "
            "because it cannot be sure of words that it was never trained on."
        )
        if two
        else _(
            "The network knows {share} of the words. Its own probabilities of {belief} are moved towards one third in this "
            "proportion, because it cannot be sure of words that it was never trained on."
        )
    )
    st.caption(sentence.format(share=f"{share:.0%}", belief=own))


def _sure(chances: Array) -> str:
    """P(positive) of two classes, all three probabilities of three, in the colour of the side like the words above."""
    if len(chances) == 2:
        return f":{'blue' if chances[POSITIVE] > 0.5 else 'orange'}[**{chances[POSITIVE]:.1%}**]"
    shown = _in_percent(chances)
    best = AS_SHOWN[3].index(most_probable(chances))
    shown[best] = f":{('orange', 'gray', 'blue')[best]}[**{shown[best]}**]"
    return "\u202f·\u202f".join(shown)


def _in_percent(chances: Array) -> list[str]:
    return [f"{100 * chances[each]:.0f}" for each in AS_SHOWN[3]]


def _percents(chances: Array) -> str:
    return listed(f"{each}%" for each in _in_percent(chances))


def confusion_table(counts: NDArray[np.int64]) -> None:
    """Which classes are taken for which: the diagonal is right."""
    names = class_names()
    shown = [names[each] for each in AS_SHOWN[len(counts)]]
    columns = {_("answered: {name}").format(name=name): list(map(str, counts[:, at])) for at, name in enumerate(shown)}
    table({_("label"): shown} | columns)


def how_it_answers(network: frame.Network[Settings]) -> None:
    prose("sentiment", "intro" if network.settings.classes == 2 else "intro_three")


def what_scores_mean(network: frame.Network[Settings]) -> None:
    prose("sentiment", "honest_rated" if network.settings.reviews else "honest")


def what_it_was_trained_on(network: frame.Network[Settings]) -> None:
    prose("sentiment", "breaks_rated" if network.settings.reviews else "breaks")


def three_classes(network: frame.Network[Settings]) -> None:
    """The confusion on the test data."""
    if network.state is not None and network.settings.classes > 2:
        st.markdown(_("How many test sentences of each class got which answer:"))
        confusion_table(compute.test_confusion(network.state, network.settings))


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
    bag = compute.bag_belief(network.settings, tuple(token.word for token in tokens), False)
    take_review(network, tokens, reading, bag)
    axis = _("P(positive)") if network.settings.classes == 2 else _("P(positive) + ½ P(neutral)")
    left, right = st.columns(2)
    with left:
        plot(belief_chart(shown, reading.beliefs, bag, _("The prediction after each word"), axis), key="belief")
    with right:
        plot(signed_rows(shown, decided, _("Which words decided it")), key="decided")
        plot(share_rows(shown, doing, _("Where the state changed, and where the answer is read")), key="doing")
    on_demand(_("Look inside: this review"), lambda: _inside(reading, shown))


def _inside(reading: Reading, shown: Sequence[str]) -> None:
    st.markdown(_("The last layer while it reads, one word per step. The gradients are of the answer’s score."))
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
        "no opinion": _("no opinion"),
    }
    settings, names = network.settings, class_names()
    examples = [each for each in HARD[language_read(settings)] if settings.classes > 2 or each.label != NEUTRAL]
    read = [words(each.text) for each in examples]
    found = [compute.tempered_chances(state, each) for each in read]
    right = [most_probable(chances) == each.label for chances, each in zip(found, examples, strict=True)]
    table(
        {
            _("difficulty"): [kinds[each.kind] for each in examples],
            _("review"): [in_markdown(each.text) for each in examples],
            _("a person’s answer"): [names[each.label] for each in examples],
            _("network"): list(map(_sure, found)),
            _("known words"): [f"{compute.known(state, each):.0%}" for each in read],
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
        st.caption(_("The scores above are counted on the test set, a fifth of your reviews."))
        used, brought = len(settings.own_rows), len(found.rows) + found.left_out
        if used < brought:
            st.warning(
                _(
                    "A run holds {letters} letters: {used} of your {all} reviews are trained and tested on. They were drawn at"
                    " random, so that all labels keep their share."
                ).format(letters=f"{own.MOST_CHARACTERS:,}", used=f"{used:,}", all=f"{brought:,}")
            )
        return
    if network.state is not None:
        _scores_on(network.state, settings, found)


def _scores_on(state: RunState, settings: Settings, found: own.OwnReviews) -> None:
    if settings.classes == 2 and found.count_of[NEUTRAL]:
        found = found.without_neutral()
        st.caption(
            _("This network knows no neutral class, so it is scored on the {count} other reviews.").format(
                count=len(found.rows)
            )
        )
    if not found.rows:
        return
    score = compute.scored(state, settings, found)
    st.markdown(
        _("Right answers: network {network}, bag of words {bag}, always the commoner answer {always}.").format(
            network=f"{score.network:.1%}", bag=f"{score.bag:.1%}", always=f"{score.always:.1%}"
        )
    )
    st.caption(_("{share} of their words are unknown to this network.").format(share=f"{score.unknown:.0%}"))
    if len(score.confusion) > 2:
        confusion_table(score.confusion)
    if score.wrong:
        st.dataframe(
            {
                _("row"): [found.numbers[at] for at in score.wrong[:MISTAKES_NAMED]],
                _("review"): [found.rows[at][0] for at in score.wrong[:MISTAKES_NAMED]],
                _("label in the file"): [class_names()[found.rows[at][1]] for at in score.wrong[:MISTAKES_NAMED]],
            },
            hide_index=True,
            key="review_mistakes",
        )
