"""Teaching: a round of words is cut into words, and a network learns them from a few rounds."""

import numpy as np
import pytest

from rnn_core.apps.speech import data, trials
from rnn_core.apps.speech.data import ENGLISH, Clip
from rnn_core.apps.speech.reader import Reader
from rnn_core.apps.speech.settings import Settings
from rnn_core.apps.speech.sound import RATE
from rnn_core.apps.speech.teaching import fine_tuning, lesson
from rnn_core.apps.speech.teaching.lesson import Lesson, teach
from rnn_core.apps.speech.teaching.rounds import cut, round_of_words
from rnn_core.apps.speech.wav import SoundError, write_wav
from rnn_core.apps.trained import load_trained
from rnn_core.errors import CoreError
from tests.charts import opened


def words_of(name: str, program: str = "eSpeak NG") -> list[Clip]:
    return [
        clip for clip in data.of_split("test", "english") if (clip.voice.name, clip.voice.program) == (name, program)
    ]


def spoken_round(pause: float = 0.4, faster: float = 1.0, name: str = "m3") -> np.ndarray:
    silence = np.zeros(round(pause * RATE))
    parts = [silence]
    for clip in words_of(name):
        sound = clip.samples
        parts += [np.interp(np.arange(0, len(sound) - 1, faster), np.arange(len(sound)), sound), silence]
    return np.concatenate(parts) + 0.0005 * np.random.default_rng(0).standard_normal(sum(map(len, parts)))


def as_round(sounds: list[np.ndarray]) -> tuple[bytes, ...]:
    return tuple(sound.astype(np.float32).tobytes() for sound in sounds)


def test_a_round_is_cut_at_its_longest_pauses() -> None:
    found = round_of_words(write_wav(spoken_round()), 10)
    assert len(found) == 10
    for sound, clip in zip(found, words_of("m3"), strict=True):
        assert len(clip.codes) * 0.7 < len(sound) < len(clip.codes) + RATE


@pytest.mark.parametrize(("sound", "fault"), [(np.zeros(RATE), "silent"), (words_of("m3")[1].samples, "pauses")])
def test_a_round_without_its_words_is_refused(sound: np.ndarray, fault: str) -> None:
    with pytest.raises(SoundError) as refused:
        cut(sound, 10)
    assert refused.value.fault == fault


def test_a_lesson_has_a_recording_of_each_word_in_each_round() -> None:
    with pytest.raises(CoreError):
        Lesson(("a", "a"), None, ((b"", b""), (b"", b"")))
    with pytest.raises(CoreError):
        Lesson(("a", "b"), None, ((b"", b""), (b"",)))


def test_words_of_ones_own_are_learned_and_digits_keep_their_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fine_tuning, "STEPS", 12)
    monkeypatch.setattr(fine_tuning, "BATCH", 8)
    state = load_trained(Settings, "gru").state
    rounds = tuple(as_round(cut(spoken_round(faster=faster), 10)[:3]) for faster in (1.0, 1.1))
    own = teach(state, Lesson(("up", "down", "left"), None, rounds))
    assert own.before is None
    sounds, _labels = lesson.sounds_of(rounds[:1])
    test = data.as_they_are(sounds)
    assert Reader(own.state).scores(test.inputs, test.lengths).argmax(axis=1).tolist() == [0, 1, 2]
    full = tuple(as_round(cut(spoken_round(faster=faster), 10)) for faster in (1.0, 1.1))
    digits = teach(state, Lesson(ENGLISH, range(10), full))
    assert digits.before is not None
    assert digits.after >= digits.before - 0.2
    assert Reader(digits.state).readout.W_hy.shape[0] == 10


@pytest.mark.long
@pytest.mark.parametrize(("name", "program"), [("boris", "eSpeak NG"), ("Allison Smith", "recorded")])
def test_a_person_is_understood_after_three_rounds(name: str, program: str) -> None:
    """The rounds differ in tempo and noise; the last one is not learned from when it is judged."""
    clips = words_of(name, program)
    rounds = []
    for seed, faster in enumerate((0.9, 1.1, 1.0)):
        sounds = [np.interp(np.arange(0, len(c.codes) - 1, faster), np.arange(len(c.codes)), c.samples) for c in clips]
        rounds.append(as_round([trials.in_noise(sound, 25.0, seed) for sound in sounds]))
    taught = teach(load_trained(Settings, "gru").state, Lesson(ENGLISH, range(10), tuple(rounds)))
    assert taught.after >= 0.85
    assert taught.seconds < 60.0


def test_the_link_of_a_lesson_takes_rounds_and_says_what_is_missing() -> None:
    app = opened("speech", speech_task="teach")
    assert app.query_params["speech_task"] == "teach"
    assert app.button(key="speech_teach_go").disabled
    for number, sound in enumerate((spoken_round(), words_of("m3")[0].samples, spoken_round(faster=1.1))):
        uploader = next(each for each in app.file_uploader if each.key.startswith("speech_round_files"))
        uploader.set_value((f"{number}.wav", write_wav(sound), "audio/wav")).run()
        assert not app.exception
        assert bool(app.error) == (number == 1), [each.value for each in app.error]
    assert not app.button(key="speech_teach_go").disabled
