"""What the browser draws while a dial moves is what the page draws when the dial rests."""

import base64
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from tests.charts import opened
from tests.node import in_node
from tests.ui.browser.test_engine import BROWSER
from ui.browser import assets
from ui.cells.reach import dials_of, reach
from ui.cells.setup import RANDOM, SIGNALS, CellSetup, Edit, inputs_of, pack_edits

CASES = [  # page, what the link says, dial, value
    ("rnn", {}, "T", 7),
    ("rnn", {"preset": "exploding"}, "T", 4),
    ("rnn", {"preset": "rotation"}, "T", 200),
    ("gru", {}, "T", 200),
    ("gru", {"preset": "average"}, "T", 41),
    ("lstm", {}, "T", 1),
    ("lstm", {}, "bias", -2.5),
    ("lstm", {"preset": "random", "bias": "3"}, "bias", 1.5),
    ("gru", {"preset": "average", "T": "30"}, "bias", 4.0),
    ("rnn", {"preset": "rotation", "gain": "0.5"}, "T", 9),
    ("rnn", {"preset": "random", "H": "4"}, "gain", 1.75),
    ("lstm", {"preset": "counter"}, "T", 31),
    ("lstm", {"preset": "random"}, "H", 8),
    ("lstm", {"preset": "random", "H": "8"}, "H", 2),
    ("lstm", {"preset": "random", "form": "peephole", "input": "noise"}, "X", 5),
    ("gru", {"preset": "random", "form": "before-writes", "loss": "every"}, "T", 13),
    ("rnn", {"preset": "random", "H": "4", "loss": "next"}, "gain", 1.75),
    ("gru", {"preset": "ignore", "loss": "next"}, "T", 13),
    ("lstm", {"loss": "next"}, "T", 1),
    ("compare", {}, "T", 77),
    ("compare", {}, "H", 2),
    ("compare", {"input": "noise"}, "X", 3),
    ("compare", {"X": "4"}, "X", 1),
]
COMPUTE = f"""
import {{ readFileSync }} from "fs"
Object.assign(globalThis, {{ window: globalThis, addEventListener: () => {{}}, requestAnimationFrame: (run) => run(0) }})
const {{ parts, dial, value }} = JSON.parse(readFileSync(0, "utf8"))
const drawn = {{}}
const place = (data) => ({{ data, receive: (shown) => (drawn[data.key] = shown) }})
window.unrolledParts = new Map(parts.map((data) => [data.key, place(data)]))
window.unrolledDials = new Map([[dial, value]])
const {{ Explorer }} = await import({json.dumps((BROWSER / "stepper" / "explorer.js").as_uri())})
new Explorer(window.unrolledParts.get("stepper") && {{ data: {{ key: "stepper" }}, ...place({{ key: "stepper" }}) }}).compute()
for (const run of drawn.stepper?.runs ?? []) run.numbers = Array.from(run.numbers)
console.log(JSON.stringify(drawn))
"""

Message = Mapping[str, Any]


@pytest.fixture
def reported(monkeypatch: pytest.MonkeyPatch) -> dict[str, Message]:
    """The last message to each part that follows a dial, by its key."""
    messages: dict[str, Message] = {}
    parcel = assets.component_data

    def listen(data: Message) -> dict[str, tuple[Message]]:
        if data.get("live"):
            messages[data["key"]] = data
        return parcel(data)

    monkeypatch.setattr(assets, "component_data", listen)
    return messages


def computed(reported: Mapping[str, Message], dial: str, value: float) -> dict[str, Message]:
    """What the browser draws of these parts while the dial shows the value."""
    question = {"parts": list(reported.values()), "dial": dial, "value": value}
    drawn: dict[str, Message] = in_node(COMPUTE, question)
    return drawn


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(("slug", "link", "dial", "value"), CASES)
def test_it_is_what_the_page_draws(
    reported: dict[str, Message], slug: str, link: dict[str, str], dial: str, value: int, lang: str
) -> None:
    app = opened(slug, lang=lang, **link)
    from_browser = computed(reported, dial, value)
    assert set(from_browser) == set(reported)
    reported.clear()
    app.session_state[dial] = value
    app.run()
    assert set(from_browser) == set(reported)
    for key, data in reported.items():
        if key == "stepper":
            assert_same_cells(from_browser[key], data)
        else:
            assert from_browser[key]["height"] == data["height"]
            assert_same(json.loads(from_browser[key]["figure"]), json.loads(data["figure"]), key)


def assert_same_cells(browser: Message, page: Message) -> None:
    numbers = np.frombuffer(base64.b64decode(page["numbers"]), dtype="<f8")
    for cell, ran, expected in zip(browser["cells"], browser["runs"], page["cells"], strict=True):
        assert {**expected, "arrays": 0} == {
            name: value for name, value in {**cell, "arrays": 0}.items() if name in expected
        }
        assert cell["arrays"].keys() == expected["arrays"].keys()
        for name, place in expected["arrays"].items():
            ours = cell["arrays"][name]
            assert ours["shape"] == list(place["shape"])
            size = int(np.prod(ours["shape"]))
            mine = np.array(ran["numbers"][ours["start"] : ours["start"] + size], dtype=float)
            theirs = numbers[place["start"] : place["start"] + size]
            np.testing.assert_allclose(mine, theirs, rtol=0, atol=1e-12 * max(1.0, np.abs(theirs).max()), err_msg=name)


def assert_same(browser: Any, page: Any, where: str) -> None:
    """Numbers to 1e-12, of the largest in their list; everything else as it is."""
    if isinstance(page, dict) and "bdata" in page:
        array = np.frombuffer(base64.b64decode(page["bdata"]), dtype=page["dtype"])
        if "shape" in page:
            array = array.reshape([int(length) for length in page["shape"].split(",")])
        ours = np.array(browser, dtype=float)
        assert ours.shape == array.shape, where
        np.testing.assert_allclose(ours, array, rtol=1e-12, atol=1e-12 * max(1.0, np.abs(array).max()), err_msg=where)
    elif isinstance(page, dict):
        assert browser.keys() == {name for name, value in page.items() if value is not None} | (
            browser.keys() & page.keys()
        ), where
        for name, value in page.items():
            assert_same(browser.get(name), value, f"{where}.{name}")
    elif isinstance(page, list):
        assert len(browser) == len(page), where
        for place, (ours, theirs) in enumerate(zip(browser, page, strict=True)):
            assert_same(ours, theirs, f"{where}[{place}]")
    elif isinstance(page, float):
        assert browser == pytest.approx(page, rel=1e-9, abs=1e-12), where
    else:
        assert browser == page, where


def test_typed_inputs_keep_their_length(reported: dict[str, Message]) -> None:
    opened("lstm", input="typed")
    assert {tuple(message["live"]["values"]) for message in reported.values()} == {("bias",)}
    assert set(computed(reported, "bias", 4.0)) == set(reported)


def test_edited_weights_keep_their_sizes(reported: dict[str, Message]) -> None:
    setup = CellSetup("lstm", edits=(Edit("W_hf", 2, 1.25),))
    opened("lstm", preset="random", w=pack_edits(setup))
    assert reported["stepper"]["live"]["values"] == {"T": 40, "bias": 0.0}
    assert set(computed(reported, "T", 30)) == set(reported)


def test_values_that_the_browser_lacks_are_computed_by_the_page(reported: dict[str, Message]) -> None:
    """Two dials have moved since: the weights for both of their values are not there yet."""
    opened("lstm", preset="random")
    live = reported["stepper"]["live"]
    weights = [{sizes: packed for sizes, packed in live["weights"][0].items() if sizes != "5,1"}]
    reported["stepper"] = {**reported["stepper"], "live": {**live, "weights": weights}}
    assert computed(reported, "H", 5) == {}


@pytest.mark.parametrize("signal", [signal for signal in SIGNALS if signal not in ("typed", "drawn")])
@pytest.mark.parametrize("preset", [RANDOM, "latch"])
def test_every_sequence_in_reach_can_be_made_again(signal: str, preset: str) -> None:
    setup = CellSetup("lstm", preset, signal=signal, seed=3)
    live = reach((setup,), "last")
    assert live
    assert live["values"] == dials_of(setup)
    for width, packed in live["inputs"]["longest"].items():
        whole = np.frombuffer(base64.b64decode(packed)).reshape(-1, int(width))
        for steps in (1, 2, 5, 6, 39, 40, 199, 200):
            xs = whole[:steps].copy()
            for start, count, *row in live["inputs"]["others"].get(steps, []):
                xs[start : start + count] = row
            wanted = inputs_of(CellSetup("lstm", preset, 3, int(width), steps, signal=signal, seed=3))
            np.testing.assert_array_equal(xs, wanted)
