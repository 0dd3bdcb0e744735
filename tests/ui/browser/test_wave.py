"""The wave of the Home page: what the browser computes is what the core computes, and a link opens its wave."""

import json

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from rnn_core.studies import home_wave
from tests.charts import parts
from tests.node import in_node
from tests.repository import ROOT
from tests.ui.browser.test_engine import BROWSER
from ui.browser import wave
from ui.course.home.waves import AHEAD, waves_to_try

NETWORK = home_wave.load()
COMPUTE = f"""
import {{ readFileSync }} from "fs"
const {{ weights, waves, ahead }} = JSON.parse(readFileSync(0, "utf8"))
const {{ Network }} = await import({json.dumps((BROWSER / "wave" / "network.js").as_uri())})
const runs = waves.map((values) => new Network(weights).readAndContinue(values, ahead))
console.log(JSON.stringify(runs.map((run) => ({{ ...run, states: run.states.map((state) => [...state]) }}))))
"""


def test_the_browser_reads_and_continues_as_the_core_does() -> None:
    random = np.random.default_rng(0)
    waves = [list(each.values) for each in waves_to_try().values()]
    waves += [random.uniform(*wave.RANGE, size).round(2).tolist() for size in (2, 17, 40, 48)]
    runs = in_node(COMPUTE, {"weights": wave._weights(NETWORK), "waves": waves, "ahead": AHEAD})
    for values, found in zip(waves, runs, strict=True):
        reading = home_wave.read_and_continue(NETWORK, np.array(values), AHEAD)
        np.testing.assert_allclose(found["values"][len(values) :], reading.continued, rtol=0, atol=1e-9)
        np.testing.assert_allclose(found["predicted"][1 : len(values) + 1], reading.predicted, rtol=0, atol=1e-12)
        np.testing.assert_allclose(found["states"][:-1], reading.hs, rtol=0, atol=1e-9)


def home(**link: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    app.query_params.update({"lang": "en", **link})
    app.run()
    assert not app.exception
    return app


def shown(app: AppTest) -> list[float]:
    [stage] = [part for part in parts(app) if "weights" in part]
    start: list[float] = stage["start"]
    return start


def test_a_link_opens_its_wave_of_any_length_that_can_be_drawn() -> None:
    assert shown(home()) == list(waves_to_try()["even"].values)
    assert shown(home(wave="0.5,-0.25,1")) == [0.5, -0.25, 1.0]
    assert shown(home(wave=",".join(["0.5"] * 40))) == [0.5] * 40


@pytest.mark.parametrize("asked", ["1e400", "5,5,5", "many", "0.5", ",".join(["0"] * 49), "nan,nan"])
def test_a_wave_that_cannot_be_drawn_is_told(asked: str) -> None:
    app = home(wave=asked)
    assert shown(app) == list(waves_to_try()["even"].values)
    assert "The wave in this link cannot be read" in app.warning[0].value
