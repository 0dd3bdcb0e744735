"""Every network of the app that reads a sequence can be looked into, and the states are those of its own reader."""

import numpy as np
import pytest

from rnn_core.analysis.inside.answers import states_with
from rnn_core.apps.caption import data as captions
from rnn_core.apps.caption.reader import Reader as CaptionReader
from rnn_core.apps.lab_inside import passage
from rnn_core.apps.multimodal.data import KINDS, evaluation_examples
from rnn_core.apps.multimodal.reader import Reader as MultimodalReader
from rnn_core.apps.opened import opened
from rnn_core.apps.passages import CATEGORY, Opened, matched, own_passage
from rnn_core.apps.recommend.items import CATEGORIES, by_name, items
from rnn_core.apps.recommend.reader import Reader as RecommendReader
from rnn_core.apps.registry import APPLICATIONS
from rnn_core.apps.sentiment.reader import Reader as SentimentReader
from rnn_core.apps.speech.reader import Reader as SpeechReader
from rnn_core.apps.trained import load_trained
from rnn_core.apps.translate.reader import Reader as TranslateReader
from rnn_core.apps.vision.data import digits_for_evaluation, strips_for_evaluation
from rnn_core.apps.vision.reader import DigitReader, StripReader
from rnn_core.apps.watch.data import held_out
from rnn_core.apps.watch.motion import SEEN
from rnn_core.apps.watch.reader import Reader as WatchReader
from rnn_core.arrays import Array
from rnn_core.cells.activations import sigma
from rnn_core.errors import CoreError
from rnn_core.lab.tasks import TASKS
from rnn_core.learn.state import RunState
from rnn_core.passes.unroll import run
from ui.memory.inside import sequences_compute
from ui.memory.inside.answers_compute import explain_answer
from ui.memory.inside.sequence_networks import application_names, network_names
from ui.memory.inside.sequences_compute import LAB

NETWORKS = [(name, variant) for name in application_names() for variant in network_names(name)]


def state(name: str, variant: str) -> RunState:
    return load_trained(APPLICATIONS[name].settings, variant).state


REFUSED = {
    ("speech", "strip-gru"),  # it hears digits in a row, and has no single word as its answer
    ("multimodal", "picture-gru"),  # it reads no words
}


def test_every_network_that_ships_is_opened_or_has_a_view_of_its_own() -> None:
    others = {
        (name, variant)
        for name, each in APPLICATIONS.items()
        if each.inside is not None
        for variant in each.settings.shipped()
        if (name, variant) not in NETWORKS
    }
    assert others == REFUSED
    for name, variant in REFUSED:
        with pytest.raises(CoreError, match="network"):
            opened(state(name, variant))
    assert {name for name, each in APPLICATIONS.items() if each.inside is None} == {"text", "forecast", "finding"}


def last_answer(found: Opened, sequence: int) -> Array:
    """The shares of the answers at the end of a sequence."""
    assert found.answers is not None
    read = found.passage
    inputs = read.inputs[read.starts[sequence] : read.ends[sequence]]
    states = states_with(found.network, inputs, h_0=found.h_0(sequence))
    return found.answers.shares(found.answers.head(sequence).scores(states))


def test_a_tied_readout_answers_as_its_reader_does() -> None:
    own = state("recommend", "gru-tied")
    found = opened(own)
    clicks = found.passage.inputs[: found.passage.ends[0]]
    expected = RecommendReader(own).read(clicks.tolist()).chances[-1]
    np.testing.assert_allclose(last_answer(found, 0), expected, rtol=0, atol=1e-12)


def test_reviews_and_spoken_words_are_answered_as_their_readers_do() -> None:
    own = state("sentiment", "gru")
    found = opened(own)
    words = found.passage.tokens[: found.passage.ends[0]]
    assert last_answer(found, 0)[1] == pytest.approx(sigma(np.array(SentimentReader(own).score(list(words)))))
    own = state("speech", "gru-forward")
    found = opened(own)
    sound = found.passage.inputs[: found.passage.ends[0]]
    np.testing.assert_allclose(last_answer(found, 0), SpeechReader(own).read(sound).belief[-1], atol=1e-12)


@pytest.mark.parametrize("variant", ["digit-gru", "columns-gru", "hidden-gru"])
def test_digits_are_answered_as_their_reader_does(variant: str) -> None:
    own = state("vision", variant)
    found, reader = opened(own), DigitReader(own)
    image = digits_for_evaluation("validation", reader.settings.hidden_rows).images[3]
    np.testing.assert_allclose(last_answer(found, 3), reader.read(image).beliefs[-1], rtol=0, atol=1e-12)


def test_the_forward_layer_of_a_strip_has_the_states_of_its_reader() -> None:
    own = state("vision", "strip-gru")
    found, reader = opened(own), StripReader(own)
    trace = reader.read(strips_for_evaluation("validation").images[1]).trace
    inputs = found.passage.inputs[found.passage.starts[1] : found.passage.ends[1]]
    np.testing.assert_allclose(states_with(found.network, inputs), trace.forward[0].hs[1:], rtol=0, atol=1e-12)
    assert found.answers is None


def test_strips_of_a_ball_are_answered_as_their_reader_does() -> None:
    own = state("watch", "gru")
    found, reader = opened(own), WatchReader(own)
    reading = reader.read(held_out("validation").frames[5, :SEEN], 0)
    np.testing.assert_allclose(last_answer(found, 5), reading.beliefs[-1], rtol=0, atol=1e-12)
    arrows = found.passage.tokens[found.passage.starts[0] : found.passage.ends[0]]
    right = found.passage.labels["ball moves right"]
    assert all(right[at] == (arrow in "→↘↗") for at, arrow in enumerate(arrows) if arrow in "→←↖↙↗↘")


@pytest.mark.parametrize("variant", ["gated-lstm", "early-gru", "late-gru", "question-gru"])
def test_questions_are_answered_and_explained_as_their_reader_does(variant: str) -> None:
    own = state("multimodal", variant)
    found, reader = opened(own), MultimodalReader(own)
    examples = evaluation_examples("validation", KINDS[0])
    words = examples.words[2, : examples.lengths[2]].tolist()
    reading = reader.read(reader.encode_picture(examples.images[2]), words)
    np.testing.assert_allclose(last_answer(found, 2)[1], reading.yes[-1], rtol=0, atol=1e-12)
    assert found.answers is not None
    back = explain_answer(found, found.answers, int(found.passage.ends[2]) - 1, 1)
    np.testing.assert_allclose(back.gradient, reader.gradients(reading).words.dxs, rtol=0, atol=1e-12)
    assert back.value == pytest.approx(reading.scores[-1], abs=1e-12)


@pytest.mark.parametrize("variant", ["en-gru", "zh-gru-plain"])
def test_captions_are_predicted_and_explained_as_their_reader_does(variant: str) -> None:
    own = state("caption", variant)
    found, reader = opened(own), CaptionReader(own)
    examples = captions.held_out("validation")
    caption = reader.next_words(examples.images[4], captions.sentences(examples.scenes, reader.language)[4])
    np.testing.assert_allclose(last_answer(found, 4), caption.probabilities[-1], rtol=0, atol=1e-12)
    assert found.answers is not None
    step, word = 3, caption.output[3]
    back = explain_answer(found, found.answers, int(found.passage.starts[4]) + step, word)
    expected = reader.gradients(caption, step).decoder.dxs[: step + 1]
    np.testing.assert_allclose(back.gradient, expected, rtol=0, atol=1e-12)
    assert back.integrated.sum() == pytest.approx(back.value - back.value_at_zero, abs=0.02)


def test_an_encoder_has_the_states_of_its_reader() -> None:
    own = state("translate", "dates-gru")
    found, reader = opened(own), TranslateReader(own)
    assert found.answers is None
    source = reader.source_language.encode("3 may 1999")
    expected = run(reader.encoder, reader.source_embedding[source]).hs[1:]
    np.testing.assert_allclose(states_with(found.network, source), expected)


def test_each_sequence_is_read_from_the_zero_state() -> None:
    found = sequences_compute.units("recommend", "gru", "h")
    ends = found.passage.ends
    for number in (0, 1, len(ends) - 1):
        steps = slice(0 if number == 0 else ends[number - 1], ends[number])
        rows = run(found.network.layers[0], found.network.inputs(found.passage.inputs[steps])).hs[1:]
        np.testing.assert_allclose(found.units[:, steps], rows.T, atol=1e-6)


def test_labels_of_sessions_and_strings_are_what_they_say() -> None:
    read = opened(state("recommend", "gru")).passage
    shop, names = items(), by_name()
    for category, name in enumerate(CATEGORIES):
        expected = [shop[names[token]].category == category for token in read.tokens]
        assert read.labels[f"{CATEGORY}{name}"].tolist() == expected
    read = opened(sequences_compute.state_of(LAB, "counting-lstm")).passage
    text = "".join(read.tokens[: read.ends[4]])
    assert text == "|aabb|aaaabbbb|aaaaaabbbbbb|aaaaaaaabbbbbbbb|aaaaaaaaaabbbbbbbbbb"
    assert [text[at : at + 2] for at in np.flatnonzero(read.labels["the last b is next"][: len(text) - 1])] == [
        "bb"
    ] * 5


def test_a_unit_knows_a_category_and_a_held_unit_changes_the_outputs() -> None:
    found = sequences_compute.units("recommend", "gru", "h")
    clear = {each.label: each for each in found.findings}[f"{CATEGORY}{CATEGORIES[4]}"]
    assert clear.auc[clear.best] > 0.95
    assert sequences_compute.moved_by(found)[clear.best] > 0.01


def test_a_text_of_somebody_else_is_cut_into_its_lines() -> None:
    read = own_passage("the cat  sat\n\non the dog\n" * 40, ("<unk>", "the", "cat", "sat", "on"))
    assert read.tokens[:6] == ("the", "cat", "sat", "on", "the", "dog")
    assert read.inputs[:6].tolist() == [1, 2, 3, 4, 1, 0]
    assert read.labels["not in the vocabulary"][:6].tolist() == [False] * 5 + [True]
    assert own_passage("ab\nba\nab", ("a", "b")).between == ""
    for text in ("", "one line", " \n"):
        with pytest.raises(CoreError, match="lines"):
            own_passage(text, ("a", "b"))


@pytest.mark.parametrize("task", TASKS.values())
def test_every_task_of_the_lab_has_sequences_with_labels(task: type) -> None:
    read = passage(task())
    assert read.labels
    assert len(read.tokens) == len(read.inputs) == read.ends[-1]
    assert 0 < read.first < len(read.tokens)


def test_an_own_pattern_marks_the_steps_of_its_matches() -> None:
    read = own_passage("the cat sat\non the dog\n" * 30, ("<unk>", "the", "cat", "sat", "on"))
    assert [read.tokens[at] for at in np.flatnonzero(matched(read, "he c"))[:2]] == ["the", "cat"]
    assert matched(read, "^on").tolist() == [token == "on" for token in read.tokens]
    assert not matched(read, "sat on").any(), "a match ends with its line"
    shop = opened(state("recommend", "gru")).passage
    chinese = shop.chinese["instant camera"]
    assert matched(shop, chinese).tolist() == [chinese in shop.chinese[token] for token in shop.tokens]
    assert matched(shop, "camera").tolist() == ["camera" in token for token in shop.tokens]
