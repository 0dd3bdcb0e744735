"""The page on spoken digits as a visitor uses it: other words and orders, noise, a file of one's own, and nonsense."""

import json

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from rnn_core.apps.speech import data, trials
from rnn_core.apps.speech.wav import write_wav
from tests.charts import charts, opened, traces, values

WORD = trials.around(data.of_split("test")[5].samples)


def heard(app: AppTest) -> list[str]:
    return [metric.value for metric in app.metric]


def test_a_word_is_heard_at_once_and_shuffling_moves_the_network_alone() -> None:
    app = opened("speech")
    network, bag = heard(app)
    assert network.startswith("seven")
    assert set(charts(app)) >= {"speech_wave", "speech_belief", "speech_mel", "speech_inputs", "scores", "learning"}
    ticks = [
        json.loads(charts(app)[key]["figure"])["layout"]["xaxis"]["range"] for key in ("speech_wave", "speech_mel")
    ]
    assert ticks[0] == ticks[1], "one axis of time"
    before = values(traces(app, "speech_belief")[0]["y"])
    app.segmented_control(key="speech_order").set_value("shuffled").run()
    assert not app.exception
    assert heard(app)[1] == bag
    assert not np.array_equal(values(traces(app, "speech_belief")[0]["y"]), before)


def test_noise_changes_the_picture_and_a_link_opens_it_in_chinese() -> None:
    app = opened("speech", lang="zh", speech_word="三", speech_noise="30", speech_cell="lstm")
    assert not app.exception
    assert app.slider(key="speech_noise").value == 30
    assert "梅尔" in charts(app)["speech_mel"]["alt"]
    noisy = values(traces(app, "speech_wave")[0]["y"])
    app.slider(key="speech_noise").set_value(0).run()
    assert not np.array_equal(values(traces(app, "speech_wave")[0]["y"]), noisy)


def test_an_own_file_is_read_and_nonsense_is_met_with_words_while_the_last_sound_stays() -> None:
    app = opened("speech", speech_source="own")
    app.file_uploader(key="speech_file").set_value(("five.wav", write_wav(WORD), "audio/wav")).run()
    assert not app.exception
    assert not app.error
    known = charts(app)["speech_wave"]["figure"]
    assert known != charts(opened("speech"))["speech_wave"]["figure"]
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
        assert charts(app)["speech_wave"]["figure"] == known


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_closed_opens(lang: str) -> None:
    app = opened("speech", lang=lang, speech_voice="Flite-slt")
    for key in ("speech_steps", "inside_open", "speech_fares", "app_code_open"):
        app.session_state[key] = True
    app.run()
    assert not app.exception
    assert {"speech_frame_wave", "speech_frame_cepstrum", "inside_h", "speech_confusion"} <= set(charts(app))
