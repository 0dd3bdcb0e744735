"""Every network that ships, trained from three seeds: parameters, seconds of training, scores on test data, and the trivial answers.

`python -m benchmarks apps` (about an hour of one core) or, for some of them, `UNROLLED_APPS=forecast,text python -m benchmarks apps`.
Each application's numbers go to benchmarks/results/apps/<name>.json, and all of them together into docs/applications.md.
"""

import json
import os
import statistics
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

from benchmarks import timing
from rnn_core.apps.make import TOLERANCE, is_similar
from rnn_core.apps.registry import APPLICATIONS
from rnn_core.apps.scores import Measure, Scores
from rnn_core.apps.settings import AppSettings
from rnn_core.apps.trained import load_trained

RESULTS = timing.RESULTS / "apps"
PAGE = timing.RESULTS.parent.parent / "docs" / "applications.md"
SEEDS = (0, 1, 2)
HEAD = """# How good the applications are

Made by `python -m benchmarks apps`: do not edit by hand. Every network was trained from three seeds with the settings that
ship with the app; scores are on data that nothing was learned from: the median, and the lowest and highest seed.
Networks that meet the same test stand in one table, above the trivial answers to it. In **bold**: no trivial answer is better.
Seconds are of one core.
"""


def one_training(settings: AppSettings) -> tuple[float, Scores]:
    """Seconds of the processor for the training, and scores."""
    from rnn_core.learn.train import advance, start

    began = time.process_time()
    state, _metrics = advance(start(settings), settings.budget, view=False)
    seconds = time.process_time() - began
    return seconds, dict(APPLICATIONS[settings.kind].scores(state))


def measured(app: str, pool: ProcessPoolExecutor) -> dict[str, Any]:
    jobs = {
        variant: [pool.submit(one_training, settings.changed(seed=seed)) for seed in SEEDS]
        for variant, settings in APPLICATIONS[app].settings.shipped().items()
    }
    networks = {}
    for variant, futures in jobs.items():
        runs = [future.result() for future in futures]
        networks[variant] = {
            "parameters": APPLICATIONS[app].settings.shipped()[variant].parameters,
            "seconds": [round(seconds, 1) for seconds, _scores in runs],
            "scores": {name: [scores[name] for _seconds, scores in runs] for name in runs[0][1]},
        }
    return {"networks": networks, "tests": tests(app)}


def tests(app: str) -> list[dict[str, Any]]:
    """The networks that meet the same test: those that have the same trivial answers."""
    found: list[dict[str, Any]] = []
    for variant, settings in APPLICATIONS[app].settings.shipped().items():
        trivial = {name: dict(scores) for name, scores in APPLICATIONS[app].baselines(settings).items()}
        same = next((test for test in found if test["trivial"] == trivial), None)
        if same:
            same["networks"].append(variant)
        else:
            found.append({"networks": [variant], "trivial": trivial})
    return found


def section(app: str, found: dict[str, Any]) -> str:
    """The tables of one application, in Markdown."""
    measures = APPLICATIONS[app].measures
    tables = [_table(measures, test, found["networks"]) for test in found["tests"]]
    other = [variant for variant, network in found["networks"].items() if not _as_shipped(app, variant, network)]
    again = (
        f"Trained again from the shipped seed, every score is within {TOLERANCE:.0%} of that of the network that ships"
    )
    machine = found["machine"]
    where = f"Measured on {machine['processor']}, torch {machine['torch']}."
    return "\n".join([f"## {app}\n", *tables, f"{again}{', but for ' + ', '.join(other) if other else ''}. {where}\n"])


def _as_shipped(app: str, variant: str, network: dict[str, Any]) -> bool:
    again = {name: scores[SEEDS.index(0)] for name, scores in network["scores"].items()}
    return is_similar(again, load_trained(APPLICATIONS[app].settings, variant).about.scores)


def _table(measures: tuple[Measure, ...], test: dict[str, Any], networks: dict[str, Any]) -> str:
    trivial: dict[str, Scores] = test["trivial"]
    best = {
        measure.name: _best(measure, [scores.get(measure.name) for scores in trivial.values()]) for measure in measures
    }
    lines = ["| | parameters | seconds | " + " | ".join(measure.name for measure in measures) + " |"]
    lines.append("|---" * (3 + len(measures)) + "|")
    for variant in test["networks"]:
        network = networks[variant]
        cells = [_spread(measure, network["scores"].get(measure.name), best[measure.name]) for measure in measures]
        seconds = statistics.median(network["seconds"])
        lines.append(f"| {variant} | {network['parameters']:,} | {seconds:.0f} | " + " | ".join(cells) + " |")
    for name, scores in trivial.items():
        cells = [measure.words(scores.get(measure.name)) for measure in measures]
        lines.append(f"| {name} | | | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _best(measure: Measure, values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return (max if measure.larger_is_better else min)(known) if known else None


def _spread(measure: Measure, values: list[float] | None, best: float | None) -> str:
    if values is None:
        return "–"
    middle = statistics.median(values)
    words = f"{measure.words(middle)} ({measure.words(min(values))} to {measure.words(max(values))})"
    beaten = best is not None and measure.is_better(best, middle)
    return words if beaten else f"**{words}**"


def write_page() -> None:
    found = {app: json.loads(path.read_text()) for app in APPLICATIONS if (path := RESULTS / f"{app}.json").exists()}
    sections = [section(app, results) for app, results in found.items()]
    PAGE.write_text("\n".join([HEAD, *sections]), encoding="utf-8")


def main() -> None:
    wanted = os.environ.get("UNROLLED_APPS")
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        for app in wanted.split(",") if wanted else APPLICATIONS:
            timing.save(f"apps/{app}", measured(app, pool))
            print(section(app, json.loads((RESULTS / f"{app}.json").read_text())), flush=True)
    write_page()
