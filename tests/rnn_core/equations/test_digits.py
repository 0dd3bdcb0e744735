"""Arithmetic is true as the app writes it: computed from the written digits, the result differs by at most one in its last digit."""

import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rnn_core as rc
from rnn_core.equations.digits import digits_of_running_sum, last_digit, rounded, true_digits, written
from rnn_core.equations.explain import Explainer, explain
from rnn_core.equations.explanation import Explanation, explanation_text
from tests.cases import FORM_IDS, FORMS
from tests.charts import opened, tables, words
from tests.rnn_core.equations.test_explain import drawn, places

BACK = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
FUNCTIONS = {
    "sigmoid": lambda v: 0.5 * (1.0 + math.tanh(0.5 * v)),
    "tanh": math.tanh,
    "relu": lambda v: max(0.0, v),
    "inf": math.inf,
}
numbers = st.floats(-1e6, 1e6, allow_subnormal=False).filter(lambda v: v == 0 or abs(v) > 1e-12)


def read(text: str) -> str:
    """A formula of the app as Python reads it."""
    text = re.sub(r"·10([⁻⁰¹²³⁴-⁹]+)", lambda m: f"e{m[1].translate(BACK)}", text)
    text = re.sub(r"\[(.+?) > 0\]", r"float(\1 > 0)", text)
    for ours, pythons in (("−", "-"), ("·", "*"), ("²", "**2"), ("σ(", "sigmoid("), ("∞", "inf")):
        text = text.replace(ours, pythons)
    return text


def gives(formula: str, value: str) -> bool:
    """The formula, computed from what is written, is the value to one unit of its last digit."""
    found, said = eval(read(formula), {}, FUNCTIONS), float(read(value))
    mantissa, _e, power = read(value).partition("e")
    decimals = len(mantissa.partition(".")[2])
    return abs(found - said) <= 10.0 ** (int(power or 0) - decimals) * (1 + 1e-6)


def is_true(text: str) -> bool:
    _name, formula, value = text.split(" = ")
    return gives(formula, value)


def lines(explained: Explanation) -> list[str]:
    return [explanation_text(explained, digits) for digits in (3, 4)]


@pytest.mark.parametrize(("cell", "options"), FORMS, ids=FORM_IDS)
@settings(max_examples=5, deadline=None)
@given(data=st.data())
def test_every_line_of_arithmetic_is_true_as_it_is_written(cell, options, data):
    trace, grads = drawn(cell, options, data)
    explainer = Explainer(trace, grads)
    every = list(places(trace, grads))
    for place in data.draw(st.lists(st.sampled_from(every), min_size=30, max_size=60), label="places"):
        explained = explainer.explain(place)
        if explained.kind == "computed" and explained.terms and math.isfinite(explained.value):
            for line in lines(explained):
                assert is_true(line), line


def test_a_gate_that_is_almost_one_is_not_written_as_one():
    params = rc.init_params("gru", 1, 1, seed=0)
    weights = {name: getattr(params, name) * 0 for name in ("W_xz", "W_hz", "W_xr", "W_hr", "W_xn", "W_hn")}
    params = rc.GRUParams(
        **weights,
        b_z=params.b_z * 0 + 10.0,
        b_r=params.b_r * 0,
        b_n=params.b_n * 0 + 3.5,
        b_hn=None if params.b_hn is None else params.b_hn * 0,
        reset=params.reset,
        z_keeps=True,
    )
    line = explanation_text(explain(rc.run(params, [[0.0]]), "hs", 1, 0), digits=3)
    assert is_true(line), line
    assert "(1 − 1)" not in line
    assert "e-" not in line
    assert "·10⁻⁵" in line


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (4.53e-05, 4, "4.53·10⁻⁵"),
        (-4.5e-10, 2, "−4.5·10⁻¹⁰"),
        (0.62246, 4, "0.6225"),
        (-0.5, 4, "−0.5"),
        (0.0, 4, "0"),
        (-0.0, 4, "0"),
        (123456.0, 3, "1.23·10⁵"),
        (math.inf, 4, "∞"),
        (-math.inf, 4, "−∞"),
        (math.nan, 4, "NaN"),
    ],
)
def test_numbers_are_written_as_people_write_them(value, digits, text):
    assert written(value, digits) == text


@settings(deadline=None)
@given(operands=st.lists(numbers, min_size=1, max_size=6))
def test_a_sum_of_rounded_numbers_is_its_rounded_result(operands):
    digits, of_result = true_digits(operands, sum(operands), sum)
    said = rounded(sum(operands), of_result)
    shown = [rounded(value, count) for value, count in zip(operands, digits, strict=True)]
    assert abs(sum(shown) - said) <= max(1.001 * last_digit(said, of_result), 1e-9)


def test_simple_numbers_stay_short():
    assert true_digits([0.5, 0.25], 0.125, math.prod) == ([3, 3], 4)
    assert true_digits([1 / 3, 2 / 3], 2 / 9, math.prod)[0] == [3, 3]


@settings(deadline=None)
@given(terms=st.lists(numbers, min_size=1, max_size=12))
def test_a_column_of_sums_so_far_adds_up_as_it_is_written(terms):
    sums = [math.fsum(terms[: place + 1]) for place in range(len(terms))]
    of_terms, of_sums = digits_of_running_sum(terms, sums)
    shown = [rounded(value, count) for value, count in zip(sums, of_sums, strict=True)]
    for row in range(1, len(terms)):
        added = shown[row - 1] + rounded(terms[row], of_terms[row])
        assert abs(added - shown[row]) <= max(1.001 * last_digit(shown[row], of_sums[row]), 1e-9)


@pytest.mark.parametrize("cell", ["rnn", "gru"])
def test_the_table_of_contributions_is_true_as_it_is_written(cell):
    app = opened("bptt", cell=cell, wall12="7")
    app.session_state["arithmetic_open"] = True
    app.run()
    ((_heads, *rows),) = tables(app)
    before = "0"
    for _step, _product, factors, adds, total in rows:
        assert gives(factors.replace(" ", ""), adds)
        assert gives(f"{before}+({adds})", total)
        before = total


def test_the_loss_and_its_slopes_are_true_as_they_are_written():
    app = opened("bptt", view="numbers", at="every")
    ((heads, *rows),) = tables(app)
    count = heads[-1].rpartition("/")[2]
    for _step, answer, target, error, slope in rows:
        assert gives(f"({answer}−({target}))²", error)
        assert gives(f"2·({answer}−({target}))/{count}", slope)
    said = re.search(r"L = (.*?)\*\*", words(app))
    assert said
    assert gives("(" + "+".join(row[3] for row in rows) + f")/{len(rows)}", said[1])


@pytest.mark.parametrize("rate", ["0.1", "0.77", "1.0"])
def test_one_step_down_is_true_as_it_is_written(rate):
    app = opened("bptt", view="down", rate=rate, wall12="6")
    reported = re.search(r"`.+? = (.+?) = (.+?)`", words(app))
    assert reported
    assert gives(*reported.groups())
    before, *after = app.metric[-4:]
    assert before.label == "Loss before"
    for each in after:
        assert gives(f"{each.value}−{before.value}", each.delta.replace("-", "−"))


@pytest.mark.parametrize("bias", ["0", "1", "5.3", "8"])
def test_the_remaining_share_follows_from_the_gate_as_written(bias):
    reported = words(opened("gates", bf=bias))
    found = re.search(
        r"σ|\\sigma\((.+?)\) = (.+?)}\$.*= (.+?)}\$ steps.*\n.*20 steps: (.+?); after 100 steps: (.+?)\.(\s|$)",
        reported,
    )
    assert found
    sigma, gate, _scale, left_20, left_100 = found.groups()[:5]
    assert gives(f"σ({sigma})", gate)
    assert gives(f"({gate})**20", left_20)
    assert gives(f"({gate})**100", left_100)


def test_the_table_of_gates_at_rest_is_true_as_it_is_written():
    ((_heads, *rows),) = tables(opened("gradients", look="lstm"))
    for bias, gate, left_20, left_100 in rows:
        assert gives(f"σ({bias})", gate)
        assert gives(f"({gate})**20", left_20)
        assert gives(f"({gate})**100", left_100)
