"""Trains the small network that the Home page runs: `python -m rnn_core.studies.make_home_wave` (about a minute on one core).

A GRU of 8 units reads a wave one value at a time and predicts the next one. The weights go to rnn_core/studies/files as
float64 under torch's names, together with its error on held-out waves and the errors of two simple forecasts.
"""

import json
from pathlib import Path

import numpy as np
from safetensors.numpy import load, save

from rnn_core.lab.observe import Reader
from rnn_core.lab.settings import RunSettings
from rnn_core.lab.tasks.waves import Waves, linear_predictions
from rnn_core.learn.train import advance, start

DATA = Path(__file__).parent / "files"
TASK = Waves(steps=60, waves=2, noise=0.05)
SETTINGS = RunSettings(
    task=TASK, cell="gru", hidden=8, rate=0.01, schedule="cosine", clip_norm=1.0, batch=64, seed=0, budget=8000
)
SETTLED = 8  # from this step on, the network has read as many values as the linear forecast uses


def main() -> None:
    state, _ = advance(start(SETTINGS), SETTINGS.budget, view=False)
    kept = TASK.held_out()
    reader = Reader(state)
    network = np.array([reader.answer(reader.read(wave), TASK.steps).ys for wave in kept.inputs])
    linear = linear_predictions(TASK.batch(SETTINGS.seed, 0, 1024), kept.inputs)
    forecasts = {"network": network, "repeat_last_value": kept.inputs, "linear_of_last_8": linear}
    squared = {name: np.square(forecast - kept.targets) for name, forecast in forecasts.items()}
    report = {
        "what": "mean squared error of the next value on 256 waves that were not trained on",
        "all_steps": {name: round(float(error.mean()), 5) for name, error in squared.items()},
        "after_8_steps": {name: round(float(error[:, SETTLED:].mean()), 5) for name, error in squared.items()},
        "noise_variance": round(TASK.noise**2, 5),
        "settings": SETTINGS.to_link(),
        "command": "python -m rnn_core.studies.make_home_wave",
    }
    tensors = {
        name.removeprefix("network.").removeprefix("layers.0."): value.astype(np.float64)
        for name, value in load(state.tensors).items()
        if name.startswith("network.")
    }
    DATA.mkdir(exist_ok=True)
    (DATA / "home_wave.safetensors").write_bytes(save(tensors))
    (DATA / "home_wave.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
