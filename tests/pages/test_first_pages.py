"""The pages before the cell and from state to answer: every part opens in both languages, and its numbers follow the dials."""

import numpy as np
import pytest

from tests.charts import charts, opened, set_dial, title, traces, values, words
from ui.cells.first_pages import answer, before


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(("slug", "part"), [("before", part) for part in before.INSTRUMENTS] + [("answer", "back")])
def test_a_part_opens_by_link_with_its_instrument(slug: str, part: str, lang: str) -> None:
    app = opened(slug, lang, part=part)
    assert app.session_state["part"] == part
    assert charts(app)


@pytest.mark.parametrize("part", ["shapes", "losses", "training"])
def test_the_other_parts_of_the_answer_are_words(part: str) -> None:
    assert part in answer.labels()
    assert "**" in words(opened("answer", part=part))


def test_the_chain_rule_shows_its_numbers_and_follows_the_dials() -> None:
    app = opened("before", part="chain")
    assert "= 4 + 6 = **10**" in words(app)
    set_dial(app, w=1.0)
    assert "L = ½·h₂² = **15.1**" in words(app)  # h₁ = 5, h₂ = 5.5
    assert "= 22 + 27.5 = **49.5**" in words(app)


def test_the_prediction_is_the_one_of_the_lesson() -> None:
    app = opened("answer", part="entropy")
    assert "<b>1.41</b>, more than the 1.1" in title(app, "probabilities")
    app.button_group(key="right_answer").set_value("A").run()
    assert "<b>0.408</b>; a random guess" in title(app, "probabilities")


def test_the_pink_bars_lead_from_the_prediction_to_the_target() -> None:
    bars = next(
        trace for trace in traces(opened("answer", tau="2"), "probabilities") if trace.get("name") == "p − target"
    )
    plain = values(bars["base"])
    np.testing.assert_allclose(plain, np.exp([2, 1, 0]) / np.exp([2, 1, 0]).sum())  # at temperature 1
    np.testing.assert_allclose(plain + values(bars["y"]), [0, 1, 0], atol=1e-12)


def test_both_orders_have_one_sum_and_two_states() -> None:
    app = opened("before")
    assert "<b>3</b> in both orders" in title(app, "states")
    assert "<b>2.5</b> or <b>2</b>" in title(app, "states")
    set_dial(app, second=1.0)
    assert "Two equal numbers" in title(app, "states")


def test_the_squared_error_s_slope_is_output_minus_target() -> None:
    app = opened("answer", part="numbers", output="1", target_number="-1")
    assert "L = ½·(1 − (−1))² = **2**, and ∂L/∂y = y − t = **2**." in words(app)
    assert charts(app)["squared"]["alt"].endswith("L = 2, slope 2.")


def test_the_rows_of_products_add_up_to_the_weighted_sums() -> None:
    alt = charts(opened("before", part="layer"))["squashed"]["alt"]
    assert "tanh(−1) = −0.762, tanh(1) = 0.762" in alt
