"""Spoken digits: files that may be anything, features against their definition, no voice on both sides, and the reader."""

import io
import struct
import wave

import numpy as np
import pytest

from rnn_core.apps.speech import bag, baselines, data, features, trials
from rnn_core.apps.speech.augment import changed
from rnn_core.apps.speech.listen import heard, heard_file
from rnn_core.apps.speech.settings import CONDITIONS, SHIPPED, Settings
from rnn_core.apps.speech.sound import RATE, from_mulaw, resampled, spoken, to_mulaw, utterances
from rnn_core.apps.speech.warping import distances
from rnn_core.apps.speech.wav import SoundError, read_wav, write_wav

TONE = 0.5 * np.sin(2 * np.pi * 440.0 * np.arange(16_000) / 16_000)


def wav(samples, rate=16_000, code=1, bits=16, channels=1, extensible=False):
    """A WAV file written by hand, so that it does not come from what is tested."""
    scaled = samples * (2 ** (bits - 1) - 1)
    if code == 3:
        sound = samples.astype(f"<f{bits // 8}").tobytes()
    elif bits == 8:
        sound = (scaled + 128).astype(np.uint8).tobytes()
    elif bits == 24:
        sound = b"".join(int(value).to_bytes(3, "little", signed=True) for value in scaled)
    else:
        sound = scaled.astype(f"<i{bits // 8}").tobytes()
    size = bits // 8 * channels
    form = struct.pack("<HHIIHH", 0xFFFE if extensible else code, channels, rate, rate * size, size, bits)
    if extensible:
        form += struct.pack("<HHIH", 22, bits, 0, code) + bytes(14)
    body = b"WAVEfmt " + struct.pack("<I", len(form)) + form + b"LIST\x03\0\0\0abc\0"
    body += b"data" + struct.pack("<I", len(sound)) + sound
    return b"RIFF" + struct.pack("<I", len(body)) + body


@pytest.mark.parametrize(("code", "bits"), [(1, 8), (1, 16), (1, 24), (1, 32), (3, 32), (3, 64)])
@pytest.mark.parametrize("extensible", [False, True])
def test_every_usual_form_of_wav_gives_the_same_sound(code, bits, extensible):
    samples, rate = read_wav(wav(TONE[:500], code=code, bits=bits, extensible=extensible))
    assert rate == 16_000
    assert np.abs(samples - TONE[:500]).max() < 2.5 / 2 ** min(bits - 1, 23)


def test_channels_are_made_one_and_what_we_write_the_standard_library_reads():
    both = np.stack([TONE, -0.5 * TONE], axis=1).reshape(-1)
    assert np.abs(read_wav(wav(both, channels=2))[0] - 0.25 * TONE).max() < 1e-4
    with wave.open(io.BytesIO(write_wav(TONE, 16_000))) as file:
        assert (file.getframerate(), file.getnframes(), file.getsampwidth()) == (16_000, 16_000, 2)


def test_a_recorder_that_did_not_say_how_long_the_sound_is_is_understood():
    whole = wav(TONE)
    at = whole.index(b"data") + 4
    for size in (0, 0xFFFFFFFF):
        assert len(read_wav(whole[:at] + struct.pack("<I", size) + whole[at + 4 :])[0]) == len(TONE)


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        (b"", "empty"),
        (b"ID3\x03" + bytes(500), "compressed file"),
        (b"\xff\xfb\x90\x00" + bytes(500), "compressed file"),
        (b"\0\0\0\x20ftypM4A " + bytes(50), "compressed file"),
        (b"OggS" + bytes(100), "compressed file"),
        (b"<script>alert(1)</script>", "text"),
        ("你好，一二三".encode(), "text"),
        (bytes(range(256)) * 4, "not sound"),
        (b"RIFF\x10\0\0\0AVI LIST", "not sound"),
        (b"RIF", "cut off"),
        (wav(TONE)[:30], "cut off"),
        (wav(TONE)[:44], "cut off"),
        (wav(TONE[:0]), "empty"),
        (wav(TONE, rate=500), "rate"),
        (wav(TONE, rate=400_000), "rate"),
        (wav(TONE, code=17, bits=16), "format"),
        (wav(TONE[:12], bits=16, channels=12), "format"),
        (wav(np.array([0.1, np.nan]), code=3, bits=32), "numbers"),
        (bytes(21_000_000), "large"),
        (wav(np.tile(TONE, 11)), "long"),
        (wav(TONE[:600]), "short"),
        (wav(1e-4 * TONE), "silent"),
        (wav(np.zeros(16_000)), "silent"),
        (wav(np.tile(TONE, 4)), "several words"),
    ],
)
def test_what_is_no_spoken_word_is_told_apart(given, fault):
    with pytest.raises(SoundError) as found:
        heard_file(given)
    assert found.value.fault == fault


def test_clipping_quietness_and_noise_are_remarked():
    word = trials.around(0.9 * data.of_split("test")[3].samples)
    assert heard(word, RATE).remarks == ()
    assert heard(np.clip(6.0 * word, -0.9, 0.9), RATE).remarks == ("clipped",)
    assert heard(0.01 * word, RATE).remarks == ("quiet",)
    noise = np.random.default_rng(0).normal(0.0, 0.1, len(word))
    assert "noisy" in heard(0.1 * word + noise, RATE).remarks


PAUSE = np.zeros(RATE // 2)


def said(index: int) -> np.ndarray:
    return data.of_split("test")[index].samples


def test_a_breath_before_the_word_and_a_rumble_under_it_change_nothing():
    word = np.concatenate([PAUSE, PAUSE, said(7), PAUSE])
    plain = heard(word, RATE)
    breath = word.copy()
    breath[1000:3800] += 0.008 * np.random.default_rng(0).standard_normal(2800) * np.hanning(2800)
    assert heard(breath, RATE).word == plain.word
    rumble = 0.3 * np.sin(2 * np.pi * 40.0 * np.arange(len(word)) / RATE)
    np.testing.assert_allclose(heard(word + rumble, RATE).samples, plain.samples, atol=0.01)
    assert heard(word + rumble, RATE).remarks == ()


def test_two_words_are_told_from_one_by_the_pause_between_them():
    with pytest.raises(SoundError, match="several words"):
        heard(np.concatenate([PAUSE, said(1), PAUSE, said(2), PAUSE]), RATE)
    for index in range(10):
        assert len(utterances(trials.around(said(index)))) == 1


def test_a_faint_voice_is_heard_and_faint_noise_is_silence():
    assert heard(0.003 * np.concatenate([PAUSE, said(3), PAUSE]), RATE).remarks == ("quiet",)
    with pytest.raises(SoundError, match="silent"):
        heard(1e-3 * np.random.default_rng(0).standard_normal(2 * RATE), RATE)
    with pytest.raises(SoundError, match="silent"):  # two steps of eight bits
        heard(np.round(127.0 * 0.006 * np.concatenate([PAUSE, said(3), PAUSE])) / 127.0, RATE)


@pytest.mark.parametrize("rate", [4_000, 8_000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000, 192_000])
def test_resampling_keeps_a_tone_at_every_rate(rate):
    tone = np.sin(2 * np.pi * 600.0 * np.arange(rate // 2) / rate)
    expected = np.sin(2 * np.pi * 600.0 * np.arange(RATE // 2) / RATE)
    found = resampled(tone, rate)
    assert len(found) == RATE // 2
    assert np.abs(found - expected)[200:-200].max() < 0.01


def test_what_lies_above_four_kilohertz_does_not_come_back_below():
    high = np.sin(2 * np.pi * 6_000.0 * np.arange(48_000) / 48_000)
    assert np.abs(resampled(high, 48_000)[400:-400]).max() < 0.01


def test_mulaw_keeps_quiet_and_loud_sounds_alike():
    loud = np.array([-0.8, -0.02, 0.004, 0.3, 0.8])
    assert np.abs(from_mulaw(to_mulaw(loud)) / loud - 1.0).max() < 0.05
    assert np.abs(from_mulaw(to_mulaw(np.zeros(3)))).max() < 1e-4


def test_the_word_is_found_between_silence_and_a_click():
    word = data.of_split("test")[7].samples
    recording = np.concatenate([np.zeros(8000), word, np.zeros(8000)])
    recording[1000:1040] = 0.9
    found = spoken(recording, margin=0.0)
    assert abs(found.start - 8000) < 400
    assert abs(found.stop - 8000 - len(word)) < 800


def test_features_are_what_their_definition_says():
    rng = np.random.default_rng(0)
    samples = rng.standard_normal(1000)
    found = features.features(samples)
    y = np.array([samples[n] - (0.97 * samples[n - 1] if n else 0.0) for n in range(1000)])
    assert found.cepstra.shape == ((1000 - 256) // 100 + 1, 13)
    n, k = np.arange(256), np.arange(129)
    frame = y[300:556] * np.sin(np.pi * (n + 0.5) / 256) ** 2
    power = np.abs((frame * np.exp(-2j * np.pi * np.outer(k, n) / 256)).sum(axis=1)) ** 2
    assert np.allclose(found.power[3], power, rtol=1e-9, atol=1e-9)

    centres = features.mel_edges()
    assert np.allclose(np.diff(features.to_mel(centres)), np.diff(features.to_mel(centres))[0])
    triangle = np.interp(k * 31.25, centres[4:7], [0.0, 1.0, 0.0])
    assert np.isclose(found.mel[3, 4], (power * triangle).sum(), rtol=1e-9)

    decibels = 10 * np.log10(found.mel / found.mel.max() + 1e-4)
    assert np.allclose(found.log_mel, decibels)
    for order in (0, 1, 12):
        cosine = np.cos(np.pi * order * (np.arange(24) + 0.5) / 24) * np.sqrt((1 if order == 0 else 2) / 24)
        assert np.allclose(found.cepstra[:, order], decibels @ cosine)
    assert np.allclose(found.inputs, (found.cepstra - found.cepstra.mean(0)) / (found.cepstra.std(0) + 1.0))


def test_how_loud_a_word_is_said_changes_nothing_and_silence_stays_finite():
    word = trials.around(data.of_split("test")[0].samples)
    assert np.allclose(features.features(word).inputs, features.features(0.01 * word).inputs, atol=1e-6)
    assert np.isfinite(features.features(np.zeros(2000)).inputs).all()
    assert features.features(np.zeros(10)).inputs.shape == (1, 13)


def test_no_voice_is_heard_in_two_splits_and_every_voice_says_every_word():
    heard_in = {split: {clip.voice.name.split(",")[0] for clip in data.of_split(split)} for split in data.SPLITS}
    assert not heard_in["training"] & heard_in["test"]
    assert not heard_in["training"] & heard_in["validation"]
    assert not heard_in["validation"] & heard_in["test"]
    for voice in {clip.voice for clip in data.clips()}:
        said = sorted(clip.word for clip in data.clips() if clip.voice == voice)
        assert said in (list(range(10)), list(range(20)))
        assert len(said) == 20 or voice.program in ("Flite", "recorded") or voice.split == "training"
    sounds = {clip.samples.tobytes() for clip in data.of_split("training")}
    assert not sounds & {clip.samples.tobytes() for clip in data.of_split("test")}


def test_batches_are_counted_from_seed_and_step_and_come_from_training_voices():
    settings = Settings(batch=6)
    (first, words), (again, _), (other, _) = (data.batch(settings, step) for step in (3, 3, 4))
    assert np.array_equal(first.cepstra, again.cepstra)
    assert first.cepstra.shape != other.cepstra.shape or not np.array_equal(first.cepstra, other.cepstra)
    assert all(0 <= word < 20 for word in words)
    assert set(data.batch(Settings(language="mandarin", batch=20), 0)[1]) <= set(range(10, 20))


def test_changed_words_are_different_every_time_and_finite():
    word = [data.of_split("training")[0].samples] * 8
    sounds = changed(word, np.random.default_rng(0))
    assert np.isfinite(sounds.inputs).all()
    assert len(set(sounds.lengths)) > 3
    assert np.ptp(sounds.cepstra[:, 5, 1]) > 1.0


def test_a_bag_of_frames_does_not_notice_the_order():
    cepstra = features.features(trials.around(data.of_split("test")[5].samples)).cepstra
    shuffled = np.random.default_rng(0).permutation(cepstra)
    assert np.array_equal(bag.of_frames(cepstra), bag.of_frames(shuffled))


def test_time_warping_equals_the_recursion_written_as_loops():
    rng = np.random.default_rng(0)
    sound, known = rng.standard_normal((5, 13)), [rng.standard_normal((length, 13)) for length in (7, 3)]
    sounds = data.padded(known)
    sounds.__dict__["inputs"] = sounds.cepstra  # as they are: this is about the path
    for other, found in zip(known, distances(sound, sounds), strict=True):
        total = np.full((6, len(other) + 1), np.inf)
        total[0, 0] = 0.0
        for t in range(5):
            for s in range(len(other)):
                best = min(total[t, s], total[t, s + 1], total[t + 1, s])
                total[t + 1, s + 1] = best + np.linalg.norm(sound[t] - other[s])
        assert np.isclose(found, total[5, len(other)] / (5 + len(other)))


@pytest.mark.parametrize("answer", baselines.ANSWERS[:3])
def test_the_kept_scores_of_the_trivial_answers_come_out_again(answer):
    kept = baselines.baselines(Settings(language="mandarin"))[answer]
    assert baselines.measured(answer, "mandarin") == pytest.approx(kept, abs=0.013)  # one word of 80: other processors


def test_shipped_settings_have_every_cell():
    assert {settings.cell for settings in SHIPPED.values()} == {"rnn-tanh", "gru", "lstm"}
    assert len(CONDITIONS) == 5
