"""What the browser's engine costs: T = 200, H = 8, X = 8, forward and backward, each cell in its usual form, in Chromium."""

import statistics

import numpy as np
from playwright.sync_api import Page

import rnn_core as rc
from benchmarks.browser import ROOT, chromium
from benchmarks.timing import save, table
from rnn_core.arrays import Cell, weight_names
from rnn_core.equations.notation import recipes_json
from ui.browser.bundle import bundle

STEPS, UNITS, INPUTS = 200, 8, 8
RUNS = 200
CELLS: tuple[Cell, ...] = ("rnn", "lstm", "gru")
TIME = """([source, table, sizes, numbers, runs]) => {
    const Engine = new Function(`${source}; return Engine`)()
    const given = Object.fromEntries(Object.entries(numbers).map(([name, values]) => [name, Float64Array.from(values)]))
    const engine = new Engine(JSON.parse(table))
    return Array.from({ length: runs }, () => {
        const begin = performance.now()
        engine.run(sizes, given)
        return performance.now() - begin
    })
}"""


def milliseconds(page: Page, cell: Cell) -> list[float]:
    params = rc.init_params(cell, INPUTS, UNITS, seed=0)
    given = {name: getattr(params, name) for name in weight_names(params)}
    given |= {"xs": np.random.default_rng(0).normal(size=(STEPS, INPUTS)), "dhs_direct": np.ones((STEPS, UNITS))}
    source = bundle(ROOT / "ui" / "browser" / "engine", "engine.js").replace("export class", "class")
    numbers = {name: array.ravel().tolist() for name, array in given.items()}
    sizes = {"T": STEPS, "X": INPUTS, "H": UNITS}
    times: list[float] = page.evaluate(TIME, [source, recipes_json(params), sizes, numbers, RUNS])
    return times


def main() -> None:
    rows, measured = [], {}
    with chromium() as browser:
        page = browser.new_page()
        for cell in CELLS:
            times = milliseconds(page, cell)
            measured[cell] = {"median_ms": round(statistics.median(times), 2), "first_ms": round(times[0], 2)}
            rows.append([cell, *(f"{value:.1f} ms" for value in measured[cell].values())])
    print(table(["forward and backward", "median", "first"], rows))
    print("written to", save("engine", {"steps": STEPS, "units": UNITS, "inputs": INPUTS, "engine": measured}))
