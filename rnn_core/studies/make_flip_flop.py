"""Trains the flip-flops of `flip_flop.py`: `python -m rnn_core.studies.make_flip_flop` (some minutes on one core).

The weights go to rnn_core/studies/files under torch's names, together with the share of right outputs on held-out sequences.
"""

import json

from safetensors.numpy import load, save

from rnn_core.lab.settings import RunSettings
from rnn_core.learn.train import advance, start
from rnn_core.studies.flip_flop import CELLS, FOLDER, FlipFlop

TASK = FlipFlop()
RATES = {"rnn-tanh": 0.003, "gru": 0.01, "lstm": 0.01}


def settings_of(cell: str) -> RunSettings:
    return RunSettings(
        task=TASK,
        cell=cell,
        hidden=24,
        rate=RATES[cell],
        schedule="cosine",
        clip_norm=1.0,
        batch=64,
        seed=0,
        budget=3000,
    )


def main() -> None:
    report = {}
    for cell in CELLS:
        settings = settings_of(cell)
        state, metrics = advance(start(settings), settings.budget, view=False)
        report[cell] = {
            "held-out error": round(float(metrics.checks.loss[-1]), 6),
            "share of outputs with the right sign": round(float(metrics.checks.measure[-1]), 5),
            "settings": settings.to_link(),
        }
        tensors = {
            name.removeprefix("network.").removeprefix("layers.0."): value
            for name, value in load(state.tensors).items()
            if name.startswith("network.")
        }
        (FOLDER / f"flip_flop_{cell}.safetensors").write_bytes(save(tensors))
        print(cell, report[cell], flush=True)
    about = {"command": "python -m rnn_core.studies.make_flip_flop", "networks": report}
    (FOLDER / "flip_flop.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
