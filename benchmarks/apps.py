"""Every network that ships, trained from three seeds: parameters, seconds of training, scores on test data, and the trivial answers.

`python -m benchmarks apps` (about an hour of one core) or, for some of them, `UNROLLED_APPS=forecast,text python -m benchmarks apps`.
`UNROLLED_SHIPPED=1` trains nothing: where a network that ships has been trained anew since, its own scores replace the three seeds'.
Each application's numbers go to benchmarks/results/apps/<name>.json, and all of them together into docs/applications.md.
"""

import json
import os
import statistics
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
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

Made by `python -m benchmarks apps`, which replaces this file. Networks were trained from three seeds, or from one where it is said, with the settings that
ship with the app; scores are on data that nothing was learned from: the median, and the lowest and highest seed.
Networks that meet the same test stand in one table, above the trivial answers to it. In **bold**: no trivial answer is better.
Seconds are of one core. A score without a range is that of the network that ships, from its one seed.

Some columns are on data unlike the training data, as visitors bring them. Translation, *as people write*: 200 dates in 40 forms of
`rnn_core/apps/translate/files/dates_test.csv`, written before the generator of training data was widened, and 500 numbers drawn
evenly from 0 to 99,999, of which up to one in five was in the training data by chance. Pictures, *drawn by others*: the test pictures redrawn by other pens, and digits in ways of writing that were
not trained on (`rnn_core/apps/digits/drawn.py`); the calibration error is the expected one, over ten groups. Speech, *a recorded
person*: the ten digits of Allison Smith; below the table, other people and voices of Debian's packages, which do not ship.
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


def as_shipped(app: str) -> dict[str, Any]:
    """The earlier measurement, with the shipped network's own scores where it is no longer the one that was measured."""
    path = RESULTS / f"{app}.json"
    networks = json.loads(path.read_text())["networks"] if path.exists() else {}
    for variant, settings in APPLICATIONS[app].settings.shipped().items():
        before = networks.get(variant)
        same_size = before is not None and before["parameters"] == settings.parameters
        if before is None or not same_size or not _as_shipped(app, variant, before):
            about = load_trained(APPLICATIONS[app].settings, variant).about
            scores = {name: [value] for name, value in about.scores.items()}
            networks[variant] = {"parameters": settings.parameters, "seconds": [about.seconds], "scores": scores}
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
    ready = {variant: load_trained(APPLICATIONS[app].settings, variant).about.scores for variant in found["networks"]}
    labels: dict[str, str] = import_module(
        f"ui.apps.{app}.views"
    ).answer_names()  # the pages' names of measures and baselines
    tables = [_table(measures, test, found["networks"], ready, labels) for test in found["tests"]]
    machine = found["machine"]
    where = f"Measured on {machine['processor']}, torch {machine['torch']}."
    return "\n".join([f"## {app}\n", *tables, f"{_trained_again(app, found['networks'])} {where}\n"])


def _trained_again(app: str, networks: dict[str, Any]) -> str:
    """Which networks were trained from three seeds, and whether the shipped seed gave the shipped scores again."""
    again = [variant for variant, network in networks.items() if len(network["seconds"]) > 1]
    other = [variant for variant in again if not _as_shipped(app, variant, networks[variant])]
    once = [variant for variant in networks if variant not in again]
    words = []
    if again:
        exceptions = f", but for {', '.join(other)}" if other else ""
        words.append(
            f"Trained again from the shipped seed, every score is within {TOLERANCE:.0%} of that of the network that ships{exceptions}."
        )
    if once:
        words.append(f"Not trained again, from one seed: {', '.join(once)}.")
    return " ".join(words)


def _as_shipped(app: str, variant: str, network: dict[str, Any]) -> bool:
    again = {name: scores[SEEDS.index(0)] for name, scores in network["scores"].items()}
    shipped = load_trained(APPLICATIONS[app].settings, variant).about.scores
    return is_similar(again, {name: value for name, value in shipped.items() if name in again})


def _table(
    measures: tuple[Measure, ...],
    test: dict[str, Any],
    networks: dict[str, Any],
    ready: dict[str, Scores],
    labels: dict[str, str],
) -> str:
    trivial: dict[str, Scores] = test["trivial"]
    best = {
        measure.name: _best(measure, [scores.get(measure.name) for scores in trivial.values()]) for measure in measures
    }
    lines = ["| | parameters | seconds | " + " | ".join(labels.get(each.name, each.name) for each in measures) + " |"]
    lines.append("|---" * (3 + len(measures)) + "|")
    for variant in test["networks"]:
        network = networks[variant]
        seen = {name: [value] for name, value in ready[variant].items()} | network["scores"]
        cells = [_spread(measure, seen.get(measure.name), best[measure.name]) for measure in measures]
        seconds = statistics.median(network["seconds"])
        lines.append(f"| {variant} | {network['parameters']:,} | {seconds:.0f} | " + " | ".join(cells) + " |")
    for name, scores in trivial.items():
        cells = [measure.words(scores.get(measure.name)) for measure in measures]
        lines.append(f"| {labels.get(name, name)} | | | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _best(measure: Measure, values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return (max if measure.larger_is_better else min)(known) if known else None


def _spread(measure: Measure, values: list[float] | None, best: float | None) -> str:
    if values is None:
        return "–"
    middle = statistics.median(values)
    words = measure.words(middle)
    if len(values) > 1:
        words += f" ({measure.words(min(values))} to {measure.words(max(values))})"
    beaten = best is not None and measure.is_better(best, middle)
    return words if beaten else f"**{words}**"


def unseen_speakers() -> str:
    """What `python -m benchmarks voices` found, in Markdown."""
    found = json.loads((RESULTS.parent / "voices.json").read_text())
    variants = [variant for variant in found if variant != "machine"]
    head = [
        "English digits of",
        *(f"{variant}, {how}" for variant in variants for how in ("guessed", "chosen", "in Mandarin")),
    ]
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    for group, people in found[variants[0]].items():
        rows = {name: [found[variant][group][name] for variant in variants] for name in people}
        rows |= {f"**{group}, all**": [_mean(found[variant][group].values()) for variant in variants]}
        for name, row in rows.items():
            shares = [f"{share:.0%}" for each in row for share in each.values()]
            lines.append("| " + " | ".join([name, *shares]) + " |")
    return (
        "English digits of speakers of whom nothing was learned, by `python -m benchmarks voices`: right where the language is guessed, "
        "right where English is chosen, and taken for Mandarin.\n\n" + "\n".join(lines) + "\n"
    )


def from_elsewhere(app: str) -> str:
    """What `python -m benchmarks foreign` found about this application, in Markdown."""
    file = RESULTS.parent / "foreign.json"
    found = json.loads(file.read_text()) if file.exists() else {}
    match app:
        case "text":
            head = "Own texts, with the settings that the page chooses for them"
            rows = {
                name: {
                    "characters": f"{each['characters']:,}",
                    "different symbols": f"{each['symbols']:,}",
                    "parameters": f"{each['parameters']:,}",
                    "characters read": f"{each['read']:,}",
                    "seconds": f"{each['seconds']:.0f}",
                    "bits, network": f"{each['bits']:.3f}",
                    "bits, 5-gram": f"{each['5-gram bits']:.3f}",
                    "seconds, word pieces": f"{each['pieces seconds']:.0f}" if "pieces seconds" in each else "–",
                    "bits, word pieces": f"{each['pieces bits']:.3f}" if "pieces bits" in each else "–",
                    "bits, 5-gram of word pieces": f"{each['5-gram of pieces bits']:.3f}"
                    if "pieces bits" in each
                    else "–",
                }
                for name, each in found.get("text", {}).items()
            }
        case "sentiment":
            head = "Own reviews, with the settings that the page chooses for them, and foreign sentences in three classes, as many of each, which the network of real sentences reads untrained; ± is the standard error of one share"
            rows = {
                name: {"reviews": f"{each['reviews']:,}", "seconds": f"{each['seconds']:.0f}"}
                | {how: _share(share, each["tested"]) for how, share in each["right"].items()}
                for name, each in found.get("reviews", {}).items()
            }
            rows |= {
                f"{name}, by the network of real sentences": {"reviews": f"{each['reviews']:,}", "seconds": "–"}
                | {"network": _share(each["right"]["network"], each["reviews"]), "Always the same answer": "33.3%"}
                | {
                    how: _share(each["right"][how], each["reviews"])
                    for how in ("Bag of words", "Bag of words and neighbours")
                }
                for name, each in found.get("sentences", {}).items()
            }
        case "vision":
            head = (
                "Digits of other people, as they come through the page's drawing: read right, and the calibration error"
            )
            rows = {
                name: {"pictures": f"{each['pictures']:,}"}
                | {how: f"{n['right']:.1%}, {n['calibration error']:.1%}" for how, n in each["networks"].items()}
                for name, each in found.get("digits", {}).items()
            }
        case _:
            rows = {}
    if not rows:
        return ""
    columns = list(next(iter(rows.values())))
    lines = ["| | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    lines += [f"| {name} | " + " | ".join(row[column] for column in columns) + " |" for name, row in rows.items()]
    return f"\n{head}. By `python -m benchmarks foreign`; the data do not ship.\n\n" + "\n".join(lines) + "\n"


def _share(share: float, tested: int) -> str:
    return f"{share:.1%} ± {(share * (1 - share) / tested) ** 0.5:.1%}"


def _mean(shares: Iterable[dict[str, float]]) -> dict[str, float]:
    rows = list(shares)
    return {name: statistics.mean(row[name] for row in rows) for name in rows[0]}


def write_page() -> None:
    found = {app: json.loads(path.read_text()) for app in APPLICATIONS if (path := RESULTS / f"{app}.json").exists()}
    sections = [
        section(app, results) + (f"\n{unseen_speakers()}" if app == "speech" else from_elsewhere(app))
        for app, results in found.items()
    ]
    PAGE.write_text("\n".join([HEAD, *sections]), encoding="utf-8")


def main() -> None:
    wanted = os.environ.get("UNROLLED_APPS")
    if os.environ.get("UNROLLED_SHIPPED"):
        for app in wanted.split(",") if wanted else APPLICATIONS:
            timing.save(f"apps/{app}", as_shipped(app))
        return write_page()
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        for app in wanted.split(",") if wanted else APPLICATIONS:
            timing.save(f"apps/{app}", measured(app, pool))
            print(section(app, json.loads((RESULTS / f"{app}.json").read_text())), flush=True)
    write_page()
