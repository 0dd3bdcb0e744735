"""Every network of the app that reads a sequence can be looked into, and the states are those of its own reader."""

import numpy as np
import pytest

from rnn_core.analysis.inside.changes import scores_with
from rnn_core.apps.look_inside import reading_part
from rnn_core.apps.passages import CATEGORY, own_passage, passage
from rnn_core.apps.recommend.items import CATEGORIES, by_name, items
from rnn_core.apps.recommend.reader import Reader as RecommendReader
from rnn_core.apps.registry import APPLICATIONS
from rnn_core.apps.speech.reader import Reader as SpeechReader
from rnn_core.apps.trained import load_trained
from rnn_core.apps.translate.reader import Reader as TranslateReader
from rnn_core.errors import CoreError
from rnn_core.lab.settings import RunSettings
from rnn_core.lab.tasks import TASKS
from rnn_core.learn.state import RunState
from rnn_core.passes.unroll import run
from ui.memory.inside import sequences_compute
from ui.memory.inside.sequence_networks import application_names, network_names
from ui.memory.inside.sequences_compute import LAB

NETWORKS = [(name, variant) for name in application_names() for variant in network_names(name)]


def state(name: str, variant: str) -> RunState:
    return load_trained(APPLICATIONS[name].settings, variant).state


def test_only_pictures_pairs_and_both_directions_are_left_out() -> None:
    refused = set()
    for name, each in APPLICATIONS.items():
        for variant in each.settings.shipped():
            if name in ("text", "forecast"):
                continue  # pages of their own
            try:
                made = state(name, variant)
                reading_part(made)
                passage(made.settings)
            except CoreError:
                refused.add((name, variant))
            else:
                assert (name, variant) in NETWORKS or name == "translate", (name, variant)
    assert {name for name, _variant in refused} <= {"vision", "caption", "multimodal", "watch", "speech", "sentiment"}
    assert {variant for name, variant in refused if name == "sentiment"} == {"lstm-attention"}
    assert {variant for name, variant in refused if name == "speech"} == {"lstm", "gru", "rnn", "strip-gru"}


def test_a_tied_readout_scores_as_its_reader_does() -> None:
    own = state("recommend", "gru-tied")
    network, answers = reading_part(own)
    clicks = [3, 17, 40, 3]
    assert answers
    scores = scores_with(network, clicks)
    shares = np.exp(scores[-1] - scores[-1].max())
    np.testing.assert_allclose(shares / shares.sum(), RecommendReader(own).read(clicks).chances[-1], rtol=0, atol=1e-12)


def test_an_encoder_and_a_listener_have_the_states_of_their_readers() -> None:
    own = state("translate", "dates-gru")
    network, answers = reading_part(own)
    assert not answers
    reader = TranslateReader(own)
    source = reader.source_language.encode("3 may 1999")
    np.testing.assert_allclose(
        scores_with(network, source), run(reader.encoder, reader.source_embedding[source]).hs[1:]
    )
    own = state("speech", "gru-forward")
    network, _answers = reading_part(own)
    inputs = passage(own.settings).inputs[:30]
    np.testing.assert_allclose(scores_with(network, inputs), run(SpeechReader(own).params.forward[0], inputs).hs[1:])


def test_each_sequence_is_read_from_the_zero_state() -> None:
    found = sequences_compute.units("recommend", "gru", "h")
    ends = found.passage.ends
    for number in (0, 1, len(ends) - 1):
        steps = slice(0 if number == 0 else ends[number - 1], ends[number])
        rows = run(found.network.layers[0], found.network.inputs(found.passage.inputs[steps])).hs[1:]
        np.testing.assert_allclose(found.units[:, steps], rows.T, atol=1e-6)


def test_labels_of_sessions_and_strings_are_what_they_say() -> None:
    read = passage(state("recommend", "gru").settings)
    shop, names = items(), by_name()
    for category, name in enumerate(CATEGORIES):
        expected = [shop[names[token]].category == category for token in read.tokens]
        assert read.labels[f"{CATEGORY}{name}"].tolist() == expected
    read = passage(sequences_compute.state_of(LAB, "counting-lstm").settings)
    text = "".join(read.tokens[: read.ends[4]])
    assert text == "|aabb|aaaabbbb|aaaaaabbbbbb|aaaaaaaabbbbbbbb|aaaaaaaaaabbbbbbbbbb"
    assert [text[at : at + 2] for at in np.flatnonzero(read.labels["the last b is next"][: len(text) - 1])] == [
        "bb"
    ] * 5


def test_a_unit_knows_a_category_and_a_held_unit_changes_the_outputs() -> None:
    found = sequences_compute.units("recommend", "gru", "h")
    clear = {each.label: each for each in found.findings}[f"{CATEGORY}{CATEGORIES[4]}"]
    assert clear.auc[clear.best] > 0.95
    assert sequences_compute.effect(found, clear.best) > 0.01


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
    read = passage(RunSettings(task=task()))
    assert read.labels
    assert len(read.tokens) == len(read.inputs) == read.ends[-1]
    assert 0 < read.first < len(read.tokens)
