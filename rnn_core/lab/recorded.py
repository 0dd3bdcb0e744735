"""The recorded runs that ship with the app: the files of `record.py` as outcomes. No torch."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from rnn_core.lab.outcomes import COLUMNS, Outcome, Table
from rnn_core.lab.settings import KINDS, RunSettings
from rnn_core.learn import runfile
from rnn_core.learn.state import RunState

RECORDED = Path(__file__).parent / "files"
DIGITS = 4


@dataclass(frozen=True)
class Recording:
    command: str
    torch: str  # the version of torch that computed the runs
    seeds: int
    outcomes: tuple[Outcome, ...]
    counts_to: tuple[int, ...]  # of each run on a^n b^n; empty elsewhere


@cache
def recording(name: str) -> Recording:
    given = json.loads((RECORDED / f"{name}.json").read_text(encoding="utf-8"))
    return Recording(
        given["command"],
        given["torch"],
        given["seeds"],
        tuple(_outcome(run) for run in given["runs"]),
        tuple(given.get("counts_to", ())),
    )


@cache
def network(name: str) -> RunState:
    """The complete state of one recorded run."""
    state, _curves = runfile.load((RECORDED / f"{name}.safetensors").read_bytes(), KINDS)
    return state


def names() -> tuple[str, ...]:
    """The names of the recorded experiments; fast experiments need no recording."""
    return tuple(path.stem for path in sorted(RECORDED.glob("*.json")))


def to_json(command: str, torch: str, seeds: int, outcomes: Sequence[Outcome], counts: Sequence[int]) -> str:
    """One line per run, so that a diff shows which run has changed. The seconds are omitted: they depend on the machine."""
    head = {"command": command, "torch": torch, "seeds": seeds} | ({"counts_to": list(counts)} if counts else {})
    runs = ",\n".join(json.dumps(_plain(each), separators=(",", ":")) for each in outcomes)
    return json.dumps(head)[:-1] + ',\n"runs": [\n' + runs + "\n]}\n"


def _plain(outcome: Outcome) -> dict[str, Any]:
    return {
        "settings": outcome.settings.to_link(),
        "ending": outcome.ending,
        "steps": outcome.steps.astype(int).tolist(),
        **{column: [_short(value) for value in getattr(outcome, column)] for column in COLUMNS},
    }


def _short(value: float) -> float | None:
    return float(f"{value:.{DIGITS}g}") if np.isfinite(value) else None


def _outcome(plain: dict[str, Any]) -> Outcome:
    columns = {name: _numbers(plain[name]) for name in ("steps", *COLUMNS)}
    return Outcome(RunSettings.read(plain["settings"]), float("nan"), plain["ending"], **columns)


def _numbers(values: list[float | None]) -> Table:
    return np.array([np.nan if value is None else value for value in values])
