"""The page on spoken digits as a visitor uses it: other words and orders, noise, a file of one's own, and nonsense."""

import json

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from rnn_core.apps.speech import data, trials
from rnn_core.apps.speech.wav import write_wav
from tests.charts import charts, opened, selected, set_dial, traces, values

WORD = trials.around(data.of_split("test")[5].samples)


def heard(app: AppTest) -> list[tuple[str, str]]:
    return [(metric.value, metric.delta) for metric in app.metric]


def beliefs(app: AppTest) -> np.ndarray:
    """Of the word that is believed most, below the spectrogram."""
    return values(traces(app, "speech_mel")[1]["y"])


def loudness(app: AppTest) -> np.ndarray:
    return values(traces(app, "speech_mel")[0]["z"])


def test_a_word_is_heard_at_once_and_shuffling_moves_the_network_alone() -> None:
    app = opened("speech")
    network, bag = heard(app)
    assert network[0] == "seven"
    assert selected(app) == "seven"
    assert set(charts(app)) >= {"speech_mel", "scores", "learning"}
    figure = json.loads(charts(app)["speech_mel"]["figure"])
    assert figure["layout"]["yaxis2"]["anchor"] == "x", "one axis of time"
    assert "<b>seven</b>" in figure["layout"]["title"]["text"]
    assert len(beliefs(app)) == loudness(app).shape[1]
    before = beliefs(app)
    app.segmented_control(key="speech_order").set_value("shuffled").run()
    assert not app.exception
    assert heard(app)[1] == bag
    assert not np.array_equal(beliefs(app), before)


def test_noise_changes_the_picture_and_a_link_opens_it_in_chinese() -> None:
    app = opened("speech", lang="zh", speech_word="三", speech_noise="30", speech_cell="lstm")
    assert not app.exception
    assert app.session_state["speech_noise"] == 30
    assert selected(app) == "三"
    assert "梅尔" in charts(app)["speech_mel"]["alt"]
    noisy = loudness(app)
    set_dial(app, speech_noise=0)
    assert not np.array_equal(loudness(app), noisy)


def test_an_own_file_is_read_and_nonsense_is_met_with_words_while_the_last_sound_stays() -> None:
    app = opened("speech", speech_source="own")
    app.file_uploader(key="speech_file").set_value(("five.wav", write_wav(WORD), "audio/wav")).run()
    assert not app.exception
    assert not app.error
    known = charts(app)["speech_mel"]["figure"]
    assert known != charts(opened("speech"))["speech_mel"]["figure"]
    for data_, says in (
        (b"", "nothing in this file"),
        (b"<script>alert(1)</script>", "text, not sound"),
        (b"ID3" + bytes(99), "MP3"),
        (write_wav(np.zeros(8000)), "silence"),
        (write_wav(np.tile(WORD, 4)), "single digit"),
    ):
        app.file_uploader(key="speech_file").set_value(("x.wav", data_, "audio/wav")).run()
        assert not app.exception
        assert any(says in problem.value for problem in app.error), (says, [each.value for each in app.error])
        assert charts(app)["speech_mel"]["figure"] == known


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_closed_opens(lang: str) -> None:
    app = opened("speech", lang=lang, speech_voice="Flite-kal16")
    for key in ("speech_steps", "inside_open", "speech_fares", "app_code_open"):
        app.session_state[key] = True
    app.run()
    assert not app.exception
    assert {
        "speech_wave",
        "speech_inputs",
        "speech_frame_wave",
        "speech_frame_cepstrum",
        "inside_h",
        "speech_confusion",
    } <= set(charts(app))
