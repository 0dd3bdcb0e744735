"""A visitor's word: cut off tightly, loud or faint, at any rate, in either language."""

import numpy as np
import pytest

from rnn_core.apps.speech.data import of_split
from rnn_core.apps.speech.language import in_language
from rnn_core.apps.speech.listen import AROUND, MARGIN, heard, in_silence
from rnn_core.apps.speech.playing import played
from rnn_core.apps.speech.reader import Reader
from rnn_core.apps.speech.settings import Settings
from rnn_core.apps.speech.sound import RATE, one_word
from rnn_core.apps.trained import load_trained
from tests.charts import opened

CLIPS = [clip for clip in of_split("test") if clip.voice.program == "eSpeak NG"][::4]


def answers(sounds: list[np.ndarray]) -> list[int]:
    reader = Reader(load_trained(Settings, "gru").state)
    return [reader.read(played(heard(sound, RATE).whole).features.inputs).answer for sound in sounds]


def test_a_word_that_is_cut_off_tightly_gets_silence_around_it() -> None:
    word = CLIPS[0].samples
    tight = word[one_word(word, margin=0.0)]
    found = in_silence(tight)
    assert len(found) == len(tight) + 2 * round(AROUND * RATE)
    assert np.abs(found[: round(AROUND * RATE)]).max() < 0.05 * np.abs(tight).max(), "quiet"
    around = one_word(heard(tight, RATE).whole)
    assert around.stop - around.start > len(tight) + MARGIN * RATE


def test_a_recording_with_background_is_left_as_it_is() -> None:
    sound = np.pad(CLIPS[0].samples, RATE // 2)
    sound += 0.01 * np.random.default_rng(0).standard_normal(len(sound))
    assert np.array_equal(in_silence(sound)[100:-100], sound[100:-100])


def test_tightly_cut_words_are_understood_about_as_well_as_others() -> None:
    words = [clip.word for clip in CLIPS]
    loose = np.mean(np.array(answers([np.pad(clip.samples, RATE // 2) for clip in CLIPS])) == words)
    tight = np.mean(np.array(answers([clip.samples[one_word(clip.samples, margin=0.0)] for clip in CLIPS])) == words)
    assert loose > 0.9
    assert tight > loose - 0.15


@pytest.mark.parametrize("loudness", [0.02, 1.4])
def test_loudness_hardly_matters(loudness: float) -> None:
    sounds = [np.pad(clip.samples, RATE // 2) for clip in CLIPS[:10]]
    assert answers([loudness * sound for sound in sounds]) == answers(sounds)


def test_the_language_is_guessed_or_chosen() -> None:
    belief = np.full((3, 20), 0.01)
    belief[:, 3], belief[:, 17] = 0.3, 0.52
    guessed = in_language(belief, range(20), "guess")
    assert (guessed.language, int(guessed.belief[-1].argmax())) == ("mandarin", 17)
    chosen = in_language(belief, range(20), "english")
    assert (chosen.language, int(chosen.belief[-1].argmax())) == ("english", 3)
    assert chosen.share + guessed.share == pytest.approx(1.0)
    np.testing.assert_allclose(chosen.belief.sum(axis=1), 1.0)
    assert chosen.belief[:, 10:].max() == 0.0
    alone = in_language(belief[:, 10:] / belief[:, 10:].sum(axis=1, keepdims=True), range(10, 20), "english")
    assert alone.language == "mandarin"


def test_the_page_says_which_language_was_guessed_and_keeps_to_a_chosen_one() -> None:
    app = opened("speech")
    assert any("English, guessed" in each.value for each in app.caption)
    app = opened("speech", speech_spoken="mandarin")
    assert any("Mandarin, chosen" in each.value for each in app.caption)
    assert app.metric[0].value[0] in "零一二三四五六七八九"
