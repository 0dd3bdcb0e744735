"""Pictures and questions: what is held out stays out, the reader is the torch network, and each input is needed."""

import numpy as np
import pytest
import torch

from rnn_core.apps.digits.pictures import FILE, pictures
from rnn_core.apps.multimodal import baselines, data
from rnn_core.apps.multimodal import programs as code
from rnn_core.apps.multimodal.data import KINDS
from rnn_core.apps.multimodal.questions import (
    ALL,
    Question,
    pair_held_out,
    read_words,
    split_words,
    unknown_words,
    vocabulary,
    wordings,
    written,
)
from rnn_core.apps.multimodal.reader import Reader, scores
from rnn_core.apps.multimodal.settings import FUSIONS, MEASURES, SHIPPED, Settings, standard
from rnn_core.apps.tensors import network_tensors
from rnn_core.apps.trained import load_trained
from rnn_core.learn.train import advance, start
from tests.programs import printed

KNOWN, WORDINGS, PAIRS = KINDS


def test_what_is_held_out_is_in_no_training_example():
    steps = [data.batch(standard(), step) for step in range(40)]
    asked = {question for made in steps for question in made.questions}
    paired = {pair for made in steps for pair in zip(made.asked, made.digits.tolist(), strict=True)}
    new_wordings, new_pairs = data.evaluation_examples("test", WORDINGS), data.evaluation_examples("test", PAIRS)
    assert not asked & set(new_wordings.questions)
    assert not paired & set(zip(new_pairs.asked, new_pairs.digits.tolist(), strict=True))
    shown = {image.tobytes() for image in pictures("training").images}
    for kind in KINDS:
        assert not any(image.tobytes() in shown for image in data.evaluation_examples("test", kind).images)


def test_every_word_of_a_new_wording_is_known_from_others():
    known = {
        word
        for asked in ALL
        for each in wordings(asked.relation)
        if not each.held_out(asked.relation)
        for word in split_words(written(asked, each))
    }
    assert known == set(vocabulary()[1:])


def test_every_question_keeps_a_yes_and_a_no_in_training():
    for asked in ALL:
        answers = {asked.is_true_for(digit) for digit in range(10) if not pair_held_out(asked, digit)}
        assert answers == {True, False}, asked


def test_the_answers_are_right_and_the_question_alone_says_nothing():
    made = data.make("training", KNOWN, 4000, np.random.default_rng(0))
    for asked in ALL:
        answers = made.yes[[each == asked for each in made.asked]]
        assert abs(answers.mean() - 0.5) < 4 * 0.5 / np.sqrt(len(answers)), asked
    truth = {"equal": lambda d, n: d == n, "greater": lambda d, n: d > n, "less": lambda d, n: d < n}
    for asked, digit, yes in list(zip(made.asked, made.digits, made.yes, strict=True))[:200]:
        if asked.relation in truth:
            assert yes == truth[asked.relation](digit, asked.number)
        else:
            assert yes == (digit % 2 == ("even", "odd").index(asked.relation))


def test_questions_are_split_into_words_and_characters():
    assert split_words("Is it GREATER than 5?") == ["is", "it", "greater", "than", "5"]
    assert split_words("它比5大吗？") == ["它", "比", "5", "大", "吗"]
    assert split_words(" <b>?! \n") == ["b"]
    assert split_words("它大於５嗎") == ["它", "大", "于", "5", "吗"]
    assert split_words("is it -5 or 3.5, or 7.") == ["is", "it", "-5", "or", "3.5", "or", "7"]
    assert unknown_words(["is", "banana"]) == ["banana"]
    assert read_words(["banana"]) == [0]
    assert Question("greater", 5).is_true_for(6)


SMALL = {
    "gated": Settings(fusion="gated", cell="lstm", hidden=6, sight=5, budget=2, batch=4),
    "late": Settings(fusion="late", cell="gru", hidden=5, sight=4, budget=2, batch=4, inputs="question"),
    "early": Settings(fusion="early", cell="rnn-tanh", hidden=5, sight=4, budget=2, batch=4, named=False),
    "picture": Settings(fusion="gated", cell="gru", hidden=5, sight=4, budget=2, batch=4, inputs="picture"),
}


@pytest.mark.parametrize("name", SMALL)
def test_the_reader_is_the_torch_network_and_its_gradients_are_torchs(name):
    settings = SMALL[name]
    state, _metrics = advance(start(settings), settings.budget, view=False)
    network = settings.problem().network.double()
    assert dict(settings.network_shapes()) == {key: tuple(value.shape) for key, value in network.named_parameters()}
    network.load_state_dict({key: torch.from_numpy(value) for key, value in network_tensors(state).items()})
    test = data.seen(data.evaluation_examples("test", KNOWN), settings.inputs)
    reader, row = Reader(state), test.words[3, : test.lengths[3]]
    image = torch.tensor(test.images[3])[None].requires_grad_()
    answer, _seen = network(image, torch.tensor(row)[None])
    answer[0, -1].backward()
    reading = reader.read(reader.encode_picture(test.images[3]), row.tolist())
    np.testing.assert_allclose(reading.scores, answer[0].detach().numpy(), rtol=0, atol=1e-10)
    back = reader.gradients(reading)
    np.testing.assert_allclose(back.picture, image.grad[0].numpy(), rtol=0, atol=1e-10)
    embedded = network.embedding.weight.grad[row[-1]].numpy()
    if (row == row[-1]).sum() == 1:
        np.testing.assert_allclose(back.words.dxs[-1, : len(embedded)], embedded, rtol=0, atol=1e-10)


@pytest.mark.parametrize("variant", SHIPPED)
def test_a_shipped_network_is_as_good_as_its_file_says(variant):
    trained = load_trained(Settings, variant)
    assert trained.state.settings == SHIPPED[variant]
    assert set(trained.about.scores) == {measure.name for measure in MEASURES}
    if trained.state.settings.fusion != "gated" or variant == "gated-gru":
        assert scores(trained.state) == pytest.approx(trained.about.scores, abs=1e-9)
    if trained.state.settings.inputs == "both":
        for name, simple in baselines.baselines(SHIPPED[variant]).items():
            if "rules told" not in name:
                assert trained.about.scores["right answers"] > simple["right answers"], name


@pytest.mark.parametrize("write", [code.as_torch, code.as_keras])
def test_the_shown_programs_run(write, monkeypatch):
    programs = [write(Settings(fusion=fusion, hidden=6, sight=4, batch=8), steps=1) for fusion in FUSIONS]
    monkeypatch.chdir(FILE.parent)  # the programs read a file beside them
    said = [line for line in printed("\n".join(programs)) if "right" in line]
    assert [line.split(":")[0] for line in said] == ["right answers"] * 3
