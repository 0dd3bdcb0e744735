"""Connected digits: strips, a reader equal to torch, the language model in the beam search, and the page."""

import itertools

import numpy as np
import pytest
import torch
from safetensors.torch import load

from rnn_core.apps.speech import data
from rnn_core.apps.speech.language import strip_in_language
from rnn_core.apps.speech.settings import VOICES, Settings, standard
from rnn_core.apps.speech.strips import spoken
from rnn_core.apps.speech.strips.digit_model import YEARS, digit_model
from rnn_core.apps.speech.strips.reader import StripReader, strip_scores
from rnn_core.apps.trained import load_trained
from rnn_core.blocks.ctc import log_softmax, prefix_beam, read_path
from rnn_core.learn.train import advance, start
from tests.charts import charts, opened

QUICK = standard("gru", "strip").changed(hidden=6, batch=3, budget=2)


def test_a_strip_holds_the_words_of_one_voice_in_their_order() -> None:
    rng = np.random.default_rng(0)
    words = [clip.samples for clip in data.of_split("test", "english")[:3]]
    sound = spoken.joined(words, rng)
    longest = sum(map(len, words)) + 2 * spoken.PAUSE * 8000
    assert longest - 2 * (spoken.PAUSE + spoken.OVERLAP) * 8000 <= len(sound) <= longest
    batch = spoken.batch(QUICK, 1)
    again = spoken.batch(QUICK, 1)
    assert batch.labels == again.labels
    assert np.array_equal(batch.sounds.cepstra, again.sounds.cepstra)
    assert all(1 <= len(labels) <= spoken.MOST_DIGITS for labels in batch.labels)
    assert all(len({label < 10 for label in labels}) == 1 for labels in batch.labels), "one language in a strip"


@pytest.mark.parametrize(
    "settings", [QUICK, QUICK.changed(cell="lstm", bidirectional=False, language="mandarin", varied=False)]
)
def test_the_reader_of_strips_says_what_torch_says(settings: Settings) -> None:
    state = advance(start(settings), 1)[0]
    problem = settings.problem()
    problem.network.load_state_dict(
        {name.removeprefix("network."): each for name, each in load(state.tensors).items() if "network" in name}
    )
    sounds = spoken.batch(settings, 4).sounds
    with torch.no_grad():
        theirs = problem.network(torch.from_numpy(sounds.inputs.astype(np.float32)), torch.from_numpy(sounds.lengths))
    reader = StripReader(state)
    ours = reader.scores(sounds.inputs, sounds.lengths)
    for row, length in enumerate(sounds.lengths):
        assert ours[row, :length] == pytest.approx(theirs[row, :length].numpy(), abs=1e-5)
        assert reader.read(sounds.inputs[row, :length]).scores == pytest.approx(ours[row, :length], abs=1e-12)


def test_the_language_model_gives_what_its_list_counts() -> None:
    years = digit_model(YEARS)
    after_19 = [years((1, 9), digit) for digit in range(10)]
    assert after_19 == pytest.approx([after_19[0]] * 10)
    assert years((1,), 9) > 5.0 > 0.1 > years((1,), 8)
    assert years((1, 9, 8, 4), None) > 1.0 > years((1, 9, 8), None)
    one = digit_model([])
    assert (one((1, 2), 3), one((), None)) == (1.0, 1.0), "an empty list changes nothing"


def test_the_beam_multiplies_paths_and_language_model() -> None:
    """Against the sum over all paths of four frames and three labels."""
    scores = np.random.default_rng(1).standard_normal((4, 4))
    ys = np.exp(log_softmax(scores))

    def model(prefix: tuple[int, ...], label: int | None) -> float:
        return 0.5 if label is None else 0.2 + 0.3 * label + 0.1 * len(prefix)

    totals: dict[tuple[int, ...], float] = {}
    for path in itertools.product(range(4), repeat=4):
        labels = read_path(path, 3)
        factor = np.prod([model(labels[:k], label) for k, label in enumerate(labels)]) * model(labels, None)
        totals[labels] = totals.get(labels, 0.0) + float(np.prod(ys[range(4), path]) * factor)
    found = prefix_beam(scores, 3, 400, model)
    assert found[0].labels == max(totals, key=lambda labels: totals[labels])
    for each in found:
        assert each.probability == pytest.approx(totals.get(each.labels, 0.0), abs=1e-12)


def test_the_language_of_a_strip_is_guessed_or_chosen() -> None:
    scores = np.zeros((5, 21))
    scores[:, 13], scores[:, 20] = 4.0, 3.0
    guessed = strip_in_language(scores, range(20), "guess")
    assert guessed.language == "mandarin"
    assert guessed.share > 0.5
    assert guessed.scores.argmax(axis=1).tolist() == [3] * 5
    chosen = strip_in_language(scores, range(20), "english")
    assert chosen.scores.argmax(axis=1).tolist() == [10] * 5, "the blank"


@pytest.mark.long
def test_the_strip_that_ships_has_the_scores_of_its_file() -> None:
    kept = load_trained(Settings, "strip-gru")
    assert strip_scores(kept.state)[VOICES] == pytest.approx(kept.about.scores[VOICES], abs=0.02)


def test_the_page_reads_a_strip_and_a_language_model_reads_it_anew() -> None:
    app = opened("speech", speech_task="strip", speech_digits="1984")
    assert not app.exception
    assert {"speech_strip", "speech_alignment"} <= set(charts(app))
    assert app.metric[0].value.isdigit()
    app.session_state["speech_readings"] = True
    app.run()
    app.segmented_control(key="speech_model").set_value("years").run()
    assert not app.exception
    app = opened("speech", lang="zh", speech_task="strip", speech_digits="12a")
    assert [each.value for each in app.error] == ["只能说数字 0 到 9。"]
