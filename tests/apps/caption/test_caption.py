"""Captions: what is held out stays out, sentences belong to their scenes, and the reader is the torch network."""

import math

import numpy as np
import pytest
import torch

from rnn_core.apps.caption import data
from rnn_core.apps.caption.baselines import BAG, baselines
from rnn_core.apps.caption.bleu import bleu
from rnn_core.apps.caption.grammar import LANGUAGES, joined, sentence, vocabulary
from rnn_core.apps.caption.reader import Reader
from rnn_core.apps.caption.scenes import (
    CELLS,
    COLOURS,
    FORMS,
    SIDE,
    SIZES,
    Shape,
    picture,
    read_scene,
    scene_count,
    written,
)
from rnn_core.apps.caption.settings import MEASURES, SHIPPED, Settings
from rnn_core.apps.tensors import network_tensors
from rnn_core.apps.trained import load_trained
from rnn_core.errors import CoreError
from rnn_core.learn.train import advance, start
from tests.selection import quick
from tests.test_lesson_facts import both_say

SMALL = [
    Settings(cell="lstm", hidden=6, budget=1, batch=2),
    Settings(cell="gru", hidden=5, budget=1, batch=2, language="zh"),
    Settings(cell="rnn-tanh", hidden=5, budget=1, batch=2, attention=False),
]


def test_the_parts_never_meet() -> None:
    shown = data.draw("training", np.random.default_rng(0), 600).scenes
    assert not any(data.is_new_pair(shape) for scene in shown for shape in scene)
    assert max(map(len, shown)) == data.MOST_SHAPES
    tests = {part: data.held_out(part).scenes for part in data.TESTS}
    assert not set(shown) & {scene for scenes in tests.values() for scene in scenes}
    assert all(any(map(data.is_new_pair, scene)) for scene in tests["new pairs"])
    assert {len(scene) for scene in tests["four shapes"]} == {4}
    new = [(c, k) for c in range(CELLS) for k in COLOURS if data.is_new_pair(Shape(c, "star", k, "small"))]
    assert len(new) == CELLS
    assert {colour for _cell, colour in new} == set(COLOURS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_different_scenes_have_different_sentences_of_known_words(language: str) -> None:
    scenes = set(data.draw("training", np.random.default_rng(1), 300).scenes)
    sentences = {sentence(scene, language) for scene in scenes}  # type: ignore[arg-type]
    assert len(sentences) == len(scenes)
    assert {word for words in sentences for word in words} <= set(vocabulary(language))  # type: ignore[arg-type]


def test_a_scene_is_described_in_each_language() -> None:
    scene = read_scene("0xrl4cbs")
    first = "at the top left a large red star and in the middle a small blue circle"
    assert joined(sentence(scene, "en"), "en") == first
    last = "a large red star at the top left and a small blue circle in the middle"
    assert joined(sentence(scene, "en-last"), "en-last") == last
    assert joined(sentence(scene, "zh"), "zh") == "左上角有一个大的红色五角星，正中有一个小的蓝色圆形"


def test_a_scene_is_read_back_from_its_text_and_other_texts_are_refused() -> None:
    for scene in data.held_out("four shapes").scenes[:50]:
        assert read_scene(written(scene)) == scene
    for text in ("0", "9crl", "0crlx", "0crl0sbs", "0zrl", "0crl" * 10, "０crl"):
        with pytest.raises(CoreError):
            read_scene(text)


def test_a_picture_shows_every_shape_in_its_cell_and_colour() -> None:
    for form in FORMS:
        small, large = (picture((Shape(8, form, "blue", size),)) for size in reversed(SIZES))
        assert large.sum() > 1.5 * small.sum() > 0
        assert not large[:, : SIDE - 12].any()
        assert large[:, SIDE - 6, SIDE - 6] == pytest.approx([0.82, 0.6, 0.15])


def test_bleu_is_one_for_the_right_sentence_and_counts_short_ones_less() -> None:
    words = tuple("abcdefgh")
    assert bleu([words], [words]) == 1.0
    assert bleu([words[::-1]], [words]) == 0.0
    assert bleu([words[:4]], [words]) == pytest.approx(np.exp(1 - 2))
    shares = [7 / 8, 6 / 7, 5 / 6, 4 / 5]
    assert bleu([(*words[:7], "x")], [words]) == pytest.approx(np.prod(shares) ** 0.25)


@pytest.mark.parametrize("settings", SMALL, ids=lambda each: each.cell)
def test_the_reader_is_the_torch_network_and_its_gradients_are_torchs(settings: Settings) -> None:
    state, _metrics = advance(start(settings), settings.budget, view=False)
    network = settings.problem().network.double()
    network.load_state_dict({key: torch.from_numpy(value) for key, value in network_tensors(state).items()})
    reader, test = Reader(state), data.held_out("test")
    words = data.sentences(test.scenes[:1], settings.language)[0]
    caption = reader.next_words(test.images[0], words)
    image = torch.tensor(test.images[:1]).requires_grad_()
    inputs, targets = data.table([words], settings.language)
    logs = network(image, torch.from_numpy(inputs)).log_softmax(dim=2)[0]
    np.testing.assert_allclose(caption.probabilities, logs.exp().detach().numpy(), rtol=0, atol=1e-12)
    at = len(words) - 2
    logs[at, targets[0, at]].backward()
    back = reader.gradients(caption, at)
    np.testing.assert_allclose(back.picture, image.grad[0].numpy(), rtol=0, atol=1e-12)
    of_word = np.zeros_like(reader.words)
    np.add.at(of_word, inputs[0, : at + 1], back.decoder.dxs[: at + 1])
    np.testing.assert_allclose(of_word, network.word.weight.grad.numpy(), rtol=0, atol=1e-12)


@pytest.mark.parametrize("variant", quick(["zh-gru"], list(SHIPPED)[:1]))
def test_many_pictures_are_described_as_each_alone(variant: str) -> None:
    reader, images = Reader(load_trained(Settings, variant).state), data.held_out("test").images[:6]
    alone = [reader.caption(image).output[:-1] for image in images]
    assert reader.captions(images) == [data.words_of(output, reader.language) for output in alone]


def test_the_question_counts_the_scenes() -> None:
    count = math.comb(CELLS, 3) * (len(FORMS) * len(COLOURS) * len(SIZES)) ** 3
    assert scene_count(3) == count == 5_376_000
    both_say("caption/question", f"{count:,}")
    settings = SHIPPED["zh-gru"]
    assert data.SHARES[2] * settings.batch * settings.budget < count / 50


def test_the_lesson_gives_the_scores_of_the_networks() -> None:
    exact, overlap, new, four = (measure.name for measure in MEASURES)
    found = {name: load_trained(Settings, name).about.scores for name in SHIPPED}
    english, chinese, last, plain = (found[name] for name in ("en-gru", "zh-gru", "en-last-gru", "zh-gru-plain"))
    assert chinese[exact] == 1.0
    assert plain[exact] == 0.0
    shares = (english[exact], english[new], english[four], chinese[new], chinese[four], last[exact])
    both_say("caption/honest", *(f"{share:.0%}" for share in shares), f"{plain[overlap]:.2f}")
    assert baselines(SHIPPED["en-gru"])[BAG][overlap] == 0.0
