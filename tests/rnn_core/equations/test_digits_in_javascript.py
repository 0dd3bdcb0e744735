"""The diagram's arithmetic is true as it is written, and the browser counts digits as Python does."""

import json
import math
import random

import pytest

from rnn_core.equations.digits import true_digits, written
from rnn_core.equations.notation import recipes_json
from rnn_core.equations.recipes import MAPS
from tests.cases import FORM_IDS, FORMS, make_case
from tests.node import in_node
from tests.repository import ROOT
from tests.rnn_core.equations.test_digits import BACK, FUNCTIONS
from tests.rnn_core.equations.test_explain import places
from tests.rnn_core.equations.test_recipes_in_javascript import flat
from ui.browser.stepper import _payload

STEPPER = ROOT / "ui" / "browser" / "stepper"

WRITE_ALL = f"""
import {{ readFileSync }} from "fs"
import {{ Cell, decodeNumbers }} from {json.dumps((STEPPER / "cell.js").as_uri())}
import {{ rounded }} from {json.dumps((STEPPER / "numbers" / "numbers.js").as_uri())}
import {{ digitsOfLine, digitsOfRows }} from {json.dumps((STEPPER / "numbers" / "true_digits.js").as_uri())}
const {{ description, table, numbers, places }} = JSON.parse(readFileSync(0, "utf8"))
const cell = new Cell(description, table, decodeNumbers(numbers))
console.log(JSON.stringify(places.map(([name, t, ...units]) => {{
  const explained = cell.explain({{ name, t, units }})
  if (explained.kind !== "computed" || !explained.terms.length) return null
  const {{ digits, ofResult }} = digitsOfLine(explained)
  const {{ ofFactors, ofProducts, ofTotal, ofValue }} = digitsOfRows(explained)
  let at = 0
  return {{
    function: explained.function,
    line: explained.terms.map(({{ sign, factors }}) => [sign, factors.map(({{ raw, map }}) => [map, rounded(raw, digits[at++])])]),
    result: rounded(explained.value, ofResult),
    rows: explained.terms.map(({{ sign, factors, value }}, row) =>
      [sign, factors.map((factor, i) => rounded(factor.value, ofFactors[row][i])), rounded(value, ofProducts[row])]),
    total: rounded(explained.total, ofTotal),
    value: rounded(explained.value, ofValue),
  }}
}})))
"""

COUNT_DIGITS = f"""
import {{ readFileSync }} from "fs"
import {{ rounded, trueDigits }} from {json.dumps((STEPPER / "numbers" / "numbers.js").as_uri())}
const product = (values) => values.reduce((made, value) => made * value, 1)
console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map((values) => {{
  const {{ digits, ofResult }} = trueDigits(values, product(values), product)
  return [digits, ofResult, values.map((value, i) => rounded(value, digits[i]))]
}})))
"""


def value_of(text: str) -> float:
    mantissa, _times, power = text.replace("−", "-").partition("·10")
    return float(f"{mantissa}e{power.translate(BACK) or 0}")


def is_said(found: float, text: str) -> bool:
    """To one unit of the last digit that is written."""
    mantissa, _times, power = text.partition("·10")
    decimals = len(mantissa.partition(".")[2])
    unit = 10.0 ** (int(power.translate(BACK) or 0) - decimals)
    return abs(found - value_of(text)) <= unit * (1 + 1e-6)


@pytest.mark.parametrize(("cell", "options"), FORMS, ids=FORM_IDS)
@pytest.mark.parametrize("scale", [1.0, 6.0], ids=["open gates", "saturated gates"])
def test_the_diagrams_lines_and_rows_are_true_as_they_are_written(cell, options, scale):
    case = make_case(cell, options, scale=scale)
    trace, grads = case.run(), case.bptt()
    (description,), numbers = _payload([trace], [grads])
    asked = list(map(flat, places(trace, grads)))
    message = {"description": description, "table": recipes_json(trace.params), "numbers": numbers, "places": asked}
    lines = [line for line in in_node(WRITE_ALL, message) if line]
    assert len(lines) > 50
    for line in lines:
        function = FUNCTIONS.get(line["function"], lambda v: v)
        made = [
            sign * math.prod(MAPS[name](value_of(text)) for name, text in factors) for sign, factors in line["line"]
        ]
        assert is_said(function(sum(made)), line["result"]), line
        for sign, factors, product in line["rows"]:
            assert is_said(sign * math.prod(map(value_of, factors)), product), line
        assert is_said(sum(value_of(product) for _sign, _factors, product in line["rows"]), line["total"]), line
        assert is_said(function(value_of(line["total"])), line["value"]), line


def test_the_browser_counts_digits_as_python_does():
    draw = random.Random(0)
    asked = [
        [draw.choice([0.5, 0.125, 1e-7, draw.gauss(0, 1), draw.gauss(0, 1e-6), 1 - 1e-6]) for _ in range(3)]
        for _ in range(400)
    ]
    for values, (digits, of_result, texts) in zip(asked, in_node(COUNT_DIGITS, asked), strict=True):
        assert (digits, of_result) == true_digits(values, math.prod(values), math.prod), values
        assert texts == [written(value, count) for value, count in zip(values, digits, strict=True)]
