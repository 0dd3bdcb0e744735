"""The Home page's network is the trained one, and its reading is what PyTorch computes with the same weights."""

import json

import numpy as np
import torch
from safetensors.numpy import load_file

from rnn_core.lab.tasks.waves import Waves
from rnn_core.studies import home_wave
from rnn_core.studies.home_wave import WEIGHTS

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


def test_it_forecasts_waves_it_never_saw_as_well_as_its_report_says() -> None:
    kept = WAVES.held_out()
    predicted = np.array([home_wave.read_and_continue(NETWORK, wave[:, 0], ahead=1).predicted for wave in kept.inputs])
    error = float(np.square(predicted - kept.targets[..., 0]).mean())
    report = json.loads(WEIGHTS.with_suffix(".json").read_text(encoding="utf-8"))["all_steps"]
    assert abs(error - report["network"]) < 1e-5
    assert error < report["linear_of_last_8"] < report["repeat_last_value"]


def test_it_answers_a_flat_line_with_a_wave_as_the_question_says() -> None:
    continued = home_wave.read_and_continue(NETWORK, np.full(40, 0.5), ahead=24).continued
    assert continued[0] < 0.4
    assert continued.min() < -0.5
    assert continued.max() > 0.5


def test_its_error_is_the_quarter_that_the_page_speaks_of() -> None:
    report = json.loads(WEIGHTS.with_suffix(".json").read_text(encoding="utf-8"))["all_steps"]
    assert 0.2 < report["network"] / report["repeat_last_value"] < 0.27
