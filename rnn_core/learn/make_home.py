"""Trains the small network that the Home page runs: `python -m rnn_core.learn.make_home` (about a minute on one core).

A GRU of 8 units reads a wave one value at a time and says the next one. The weights go to rnn_core/data as float64 under
torch's names, and its error on waves it was not trained on goes beside them, with the errors of two simple forecasts.
"""

import json
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save_file

from rnn_core.learn.tasks.waves import Waves, linear_predictions

DATA = Path(__file__).parent.parent / "data"
TASK = Waves(steps=60, waves=2, noise=0.05)
HIDDEN, STEPS, BATCH, RATE, SEED = 8, 8000, 64, 0.01, 0
SETTLED = 8  # from this step on the network has seen as many values as the linear forecast uses


def main() -> None:
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(SEED)
    gru = torch.nn.GRU(1, HIDDEN, batch_first=True)
    readout = torch.nn.Linear(HIDDEN, 1)
    weights = [*gru.parameters(), *readout.parameters()]
    optimiser = torch.optim.Adam(weights, lr=RATE)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, STEPS)
    for k in range(STEPS):
        batch = TASK.batch(SEED, k, BATCH)
        loss = torch.nn.functional.mse_loss(
            readout(gru(torch.from_numpy(batch.inputs))[0]), torch.from_numpy(batch.targets)
        )
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        optimiser.step()
        schedule.step()

    kept = TASK.held_out()
    with torch.no_grad():
        network = readout(gru(torch.from_numpy(kept.inputs))[0]).numpy()
    linear = linear_predictions(TASK.batch(SEED, 0, 1024), kept.inputs)
    forecasts = {"network": network, "repeat_last_value": kept.inputs, "linear_of_last_8": linear}
    squared = {name: np.square(forecast - kept.targets) for name, forecast in forecasts.items()}
    report = {
        "what": "mean squared error of the next value on 256 waves that were not trained on",
        "all_steps": {name: round(float(error.mean()), 5) for name, error in squared.items()},
        "after_8_steps": {name: round(float(error[:, SETTLED:].mean()), 5) for name, error in squared.items()},
        "noise_variance": round(TASK.noise**2, 5),
        "task": {"name": TASK.name, "steps": TASK.steps, "waves": TASK.waves, "noise": TASK.noise},
        "training": {"steps": STEPS, "batch": BATCH, "rate": RATE, "seed": SEED, "optimiser": "adam", "clip_norm": 1.0},
        "command": "python -m rnn_core.learn.make_home",
    }
    tensors = {**gru.state_dict(), **{f"readout.{name}": value for name, value in readout.state_dict().items()}}
    DATA.mkdir(exist_ok=True)
    save_file({name: value.double().numpy() for name, value in tensors.items()}, DATA / "home_wave.safetensors")
    (DATA / "home_wave.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
