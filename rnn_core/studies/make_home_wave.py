"""Trains the small network that the Home page runs: `python -m rnn_core.studies.make_home_wave` (about 15 minutes on one core).

A GRU of 8 units reads 48 values of a wave, predicts each next one, and then goes on for 40 steps with its own predictions as
inputs. It is trained on exactly that, in closed loop: a network that is trained on the true values alone drifts or fades when it
reads its own. The weights go to rnn_core/studies/files as float64 under torch's names, together with its error on held-out waves
and the errors of two simple forecasts.
"""

import json
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save

from rnn_core.arrays import Array
from rnn_core.studies import home_wave

READ, AHEAD, HIDDEN = 48, 40, 8
BATCH, UPDATES, RATE, CLIP_NORM = 128, 9000, 0.01, 1.0
WARM_UP = 1500  # updates on the true values alone; then the closed loop grows to its whole length
GROWN = 5000
SETTLED = 12  # from this time step on, predictions count fully: earlier ones have seen too little of the wave
INPUT_NOISE = 0.02
LAGS = 12  # values that the linear forecast uses


def draw_waves(random: np.random.Generator, count: int) -> Array:
    """(count, READ + AHEAD): one or two sines of any period from 7 to 34 steps, of which some fade."""
    steps = np.arange(READ + AHEAD)
    period = np.exp(random.uniform(np.log(7.0), np.log(34.0), (count, 1)))
    phase, second_phase = random.uniform(0, 2 * np.pi, (2, count, 1))
    loudness = random.uniform(0.35, 0.95, (count, 1))
    second = np.where(random.random((count, 1)) < 0.4, random.uniform(0.1, 0.35, (count, 1)), 0.0)
    fades = np.where(random.random((count, 1)) < 0.2, 1.0 / random.uniform(30.0, 90.0, (count, 1)), 0.0)
    first = np.sin(2 * np.pi * steps / period + phase)
    harmonic = np.sin(4 * np.pi * steps / period + second_phase)
    wave = loudness * ((1 - second) * first + second * harmonic) * np.exp(-fades * steps)
    return np.asarray(wave, dtype=np.float64)


class WaveModel(torch.nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.gru = torch.nn.GRU(1, HIDDEN, batch_first=True)
        self.readout = torch.nn.Linear(HIDDEN, 1)

    def forward(self, xs: torch.Tensor, ahead: int) -> torch.Tensor:
        """xs (B, T, 1) -> the predictions of the T values after each of them, and of `ahead` - 1 more in closed loop."""
        states, last = self.gru(xs)
        predicted = self.readout(states)
        found, value = [predicted], predicted[:, -1:]
        for _step in range(ahead - 1):
            state, last = self.gru(value, last)
            value = self.readout(state)
            found.append(value)
        return torch.cat(found, dim=1)


def train(seed: int) -> WaveModel:
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    random = np.random.default_rng(seed)
    model = WaveModel()
    optimiser = torch.optim.Adam(model.parameters(), lr=RATE)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, UPDATES)
    for update in range(UPDATES):
        grown = min(1.0, max(0.0, (update - WARM_UP) / (GROWN - WARM_UP)))
        ahead = 1 + round(grown * (AHEAD - 1))
        waves = draw_waves(random, BATCH)
        noisy = waves[:, :READ] + INPUT_NOISE * random.standard_normal((BATCH, READ))
        xs = torch.tensor(noisy, dtype=torch.float32)[..., None]
        targets = torch.tensor(waves[:, 1 : READ + ahead], dtype=torch.float32)[..., None]
        errors = (model(xs, ahead) - targets).square().mean(dim=(0, 2))
        read, continued = errors[SETTLED:READ].mean(), errors[READ - 1 :].mean()
        loss = 0.3 * read + continued + 0.02 * errors[:SETTLED].mean()
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP_NORM)
        optimiser.step()
        schedule.step()
        if update % 500 == 499:
            print(
                f"{update + 1}: read {read.item() ** 0.5:.4f}, {ahead} steps on {continued.item() ** 0.5:.4f}",
                flush=True,
            )
    return model


def linear_continuations(waves: Array, learned_from: Array) -> Array:
    """The best fixed weighted sum of the last values, fed with its own answers: (count, AHEAD)."""
    inputs = np.concatenate([learned_from[:, at : at + LAGS] for at in range(learned_from.shape[1] - LAGS)])
    weights, *_rest = np.linalg.lstsq(inputs, learned_from[:, LAGS:].T.ravel(), rcond=None)
    values = waves[:, READ - LAGS : READ]
    for _step in range(AHEAD):
        values = np.concatenate([values, (values[:, -LAGS:] @ weights)[:, None]], axis=1)
    return values[:, LAGS:]


def report(network: home_wave.WaveNetwork) -> dict[str, object]:
    waves = draw_waves(np.random.default_rng(987_654), 256)
    truth = waves[:, READ:]
    forecasts = {
        "network": np.array([home_wave.read_and_continue(network, wave[:READ], AHEAD).continued for wave in waves]),
        "repeat_last_value": np.repeat(waves[:, READ - 1 : READ], AHEAD, axis=1),
        f"linear_of_last_{LAGS}": linear_continuations(waves, draw_waves(np.random.default_rng(123), 2048)),
    }
    errors = {name: float(np.sqrt(np.square(found - truth).mean())) for name, found in forecasts.items()}
    return {
        "what": f"root mean squared error over {AHEAD} steps of its own, on 256 waves that were not trained on",
        "closed_loop": {name: round(error, 5) for name, error in errors.items()},
        "command": "python -m rnn_core.studies.make_home_wave",
    }


def main() -> None:
    named = train(seed=0).state_dict()
    tensors = {name.removeprefix("gru."): value.numpy().astype(np.float64) for name, value in named.items()}
    home_wave.WEIGHTS.write_bytes(save(tensors))
    found = report(home_wave.load())
    Path(home_wave.WEIGHTS).with_suffix(".json").write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
