"""Pairs that the visitor places: the browser's memories are the core's, and a link brings them back."""

import json

import numpy as np
import pytest

from rnn_core.studies.modern.pairs import RULES, PairsSetup, errors, memories, reads
from tests.charts import opened, parts, tables
from tests.node import in_node
from tests.repository import ROOT
from ui.browser.own_pairs import OwnPair, Placed, pairs_of, written
from ui.memory.after.own_keys import FIRST, as_pairs

MEMORIES = (ROOT / "ui" / "browser" / "own_pairs" / "memories.js").as_uri()
COMPUTE = f"""
import {{ readFileSync }} from "fs"
import {{ errorsOfPairs, memoryOf, readsOfPairs }} from {json.dumps(MEMORIES)}
const {{ pairs, rules, query, settings }} = JSON.parse(readFileSync(0, "utf8"))
console.log(JSON.stringify(rules.map((rule) => ({{
  errors: errorsOfPairs(pairs, rule, settings), read: readsOfPairs(pairs, rule, [query], settings)[0],
  matrix: rule === "softmax" ? null : memoryOf(pairs, rule, settings.decay),
}}))))
"""


def test_the_browser_answers_as_the_core_does() -> None:
    random = np.random.default_rng(0)
    drawn = tuple(OwnPair(*map(int, random.integers((0, -100, -100), (360, 101, 101)))) for _ in range(8))
    for placed in (FIRST, Placed(drawn, 277)):
        setup, pairs = PairsSetup(d=2, pairs=len(placed.pairs)), as_pairs(placed)
        query = np.array([[np.cos(np.radians(placed.query)), np.sin(np.radians(placed.query))]])
        found = in_node(
            COMPUTE,
            {
                "pairs": [vars(pair) for pair in placed.pairs],
                "rules": RULES,
                "query": placed.query,
                "settings": {"decay": setup.decay, "sharpness": setup.sharpness},
            },
        )
        for rule, here in zip(RULES, found, strict=True):
            np.testing.assert_allclose(here["errors"], errors(pairs, rule, setup), rtol=0, atol=1e-12)
            np.testing.assert_allclose(here["read"], reads(pairs, rule, setup, query)[0], rtol=0, atol=1e-12)
            if rule != "softmax":
                np.testing.assert_allclose(here["matrix"], memories(pairs, rule, setup.decay)[-1], rtol=0, atol=1e-12)


def test_a_link_brings_the_pairs_back() -> None:
    app = opened("after", part="pairs", pairs_view="own", pairs_own="0,100,0_90,0,-100", pairs_query="45")
    assert not app.exception
    assert not app.warning
    (part,) = [each for each in parts(app) if "starts" in each]
    assert part["pairs"] == [{"angle": 0, "x": 100, "y": 0}, {"angle": 90, "x": 0, "y": -100}]
    assert part["query"] == 45
    (rows,) = tables(app)
    assert [row[2] for row in rows[1:]] == ["100%"] * 4


def test_what_the_visitor_places_is_in_the_link() -> None:
    app = opened("after", "zh", part="pairs", pairs_view="own")
    app.session_state["own_pairs"] = {
        "placed": {"pairs": [{"angle": 10, "x": 5, "y": -6}], "query": FIRST.query, "at": 12}
    }
    app.run()
    assert app.query_params["pairs_own"] in ("10,5,-6", ["10,5,-6"])
    assert "pairs_query" not in app.query_params


@pytest.mark.parametrize("text", ["", "360,0,0", "1,2", "1,101,0", "１,2,3", "_".join(["1,2,3"] * 9), "1,2,3_", "x"])
def test_nonsense_places_nothing(text: str) -> None:
    assert pairs_of(text) == ()


def test_written_pairs_read_back() -> None:
    assert pairs_of(written(FIRST.pairs)) == FIRST.pairs
