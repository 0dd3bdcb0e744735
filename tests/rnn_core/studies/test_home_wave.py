"""The Home page's network is the trained one, and its reading is what PyTorch computes with the same weights."""

import json

import numpy as np
import torch
from safetensors.numpy import load_file

from rnn_core.lab.tasks.waves import Waves
from rnn_core.studies import home_wave
from rnn_core.studies.home_wave import WEIGHTS
from rnn_core.studies.make_home_wave import report
from tests.repository import ROOT

NETWORK = home_wave.load()
WAVES = Waves(steps=60, waves=2, noise=0.05)


def test_it_reads_and_goes_on_as_torch_does() -> None:
    stored = {name: torch.from_numpy(value) for name, value in load_file(WEIGHTS).items()}
    gru = torch.nn.GRU(1, 8, batch_first=True, dtype=torch.float64)
    gru.load_state_dict({name: value for name, value in stored.items() if not name.startswith("readout")})
    xs = WAVES.held_out().inputs[0][:, 0]
    reading = home_wave.read_and_continue(NETWORK, xs, ahead=20)
    values = list(xs)
    with torch.no_grad():
        for _ in range(20):
            states, _last = gru(torch.tensor(values, dtype=torch.float64)[None, :, None])
            values.append(float(stored["readout.weight"][0] @ states[0, -1] + stored["readout.bias"][0]))
    np.testing.assert_allclose(reading.continued, values[len(xs) :], rtol=0, atol=1e-12)
    np.testing.assert_allclose(reading.hs[: len(xs) + 19], states[0].numpy(), rtol=0, atol=1e-12)


def test_its_report_is_what_it_does_on_waves_that_it_never_saw() -> None:
    found = json.loads(WEIGHTS.with_suffix(".json").read_text(encoding="utf-8"))
    assert report(NETWORK) == found
    errors = found["closed_loop"]
    assert errors["network"] < errors["linear_of_last_12"] / 5 < errors["repeat_last_value"] / 5


def test_it_answers_a_flat_line_with_a_wave_as_the_question_says() -> None:
    continued = home_wave.read_and_continue(NETWORK, np.full(48, 0.5), ahead=40).continued
    assert continued[0] < 0.4
    assert continued.min() < -0.5
    assert continued.max() > 0.5


def test_the_page_names_its_errors() -> None:
    errors = json.loads(WEIGHTS.with_suffix(".json").read_text(encoding="utf-8"))["closed_loop"]
    for lang in ("en", "zh"):
        text = (ROOT / "lessons" / "home" / f"inside.{lang}.md").read_text(encoding="utf-8")
        assert f"{errors['network']:.2f}" in text
        assert f"{errors['repeat_last_value']:.2f}" in text
