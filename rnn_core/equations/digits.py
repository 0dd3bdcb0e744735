"""Numbers as text, with as many digits as an equation needs to be true as written.

Rounded operands need not give the rounded result: 1·0 + (1 − 1)·0.998 = 4.5·10⁻⁵ looks wrong, because 0.99995 was written
as 1. `true_digits` finds the fewest digits with which the equation is true. The browser does the same (numbers.js).
"""

import math
from collections.abc import Callable, Sequence
from functools import partial

MOST = 17  # digits of a double
LEAST = 3
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def power_of_ten_text(exponent: int) -> str:
    """10⁻⁵"""
    return "10" + str(exponent).translate(SUPERSCRIPTS)


def written(value: float, digits: int = 4) -> str:
    """0.6225, −1.3·10⁻⁵"""
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "∞" if value > 0 else "−∞"
    mantissa, exponential, power = f"{value + 0.0:.{digits}g}".replace("-", "−", int(value < 0)).partition("e")
    return f"{mantissa}·{power_of_ten_text(int(power))}" if exponential else mantissa


def rounded(value: float, digits: int) -> float:
    """The value that `written` shows."""
    return float(f"{value:.{digits}g}")


def last_digit(value: float, digits: int) -> float:
    """The size of one unit of the last digit of `written`."""
    return 10.0 ** (math.floor(math.log10(abs(value))) - digits + 1) if value else 0.0


def true_digits(
    operands: Sequence[float],
    result: float,
    compute: Callable[[Sequence[float]], float],
    least: int = LEAST,
    of_result: Sequence[int] = (4, 3),
) -> tuple[list[int], int]:
    """The digits of each operand and of the result with which `compute` of the written operands equals the written result,
    up to one unit of its last digit. `of_result` lists the digits that the result may have, the preferred number first; if
    there is a choice, the result may have two digits where that saves digits of the operands."""

    def is_true(digits: Sequence[int], shown: int) -> bool:
        found = compute([rounded(value, count) for value, count in zip(operands, digits, strict=True)])
        written_result = rounded(result, shown)
        return abs(found - written_result) <= last_digit(written_result, shown) * (1.0 + 1e-9)

    shorter = (*of_result[1:], 2) if len(of_result) > 1 else of_result
    if not all(map(math.isfinite, (*operands, result))):
        return [least] * len(operands), of_result[0]
    for count in range(least, MOST + 1):
        for shown in of_result if count < least + 3 else shorter:
            digits = [count] * len(operands)
            if is_true(digits, shown):
                return _shortened(digits, least, partial(is_true, shown=shown)), shown
    return [MOST] * len(operands), of_result[0]


def digits_for_all(
    operands: Sequence[float],
    results: Sequence[float],
    compute: Callable[[Sequence[float]], Sequence[float]],
    of_results: Sequence[int],
    least: int = LEAST,
) -> list[int]:
    """The digits of each operand where several results, each with its own digits, depend on the same operands."""

    def is_true(digits: Sequence[int]) -> bool:
        found = compute([rounded(value, count) for value, count in zip(operands, digits, strict=True)])
        rounded_results = [rounded(result, count) for result, count in zip(results, of_results, strict=True)]
        units = [
            last_digit(value, count) * (1.0 + 1e-9) for value, count in zip(rounded_results, of_results, strict=True)
        ]
        return all(abs(one - other) <= unit for one, other, unit in zip(found, rounded_results, units, strict=True))

    if not all(map(math.isfinite, (*operands, *results))):
        return [least] * len(operands)
    for count in range(least, MOST + 1):
        digits = [count] * len(operands)
        if is_true(digits):
            return _shortened(digits, least, is_true)
    return [MOST] * len(operands)


def digits_of_running_sum(terms: Sequence[float], sums: Sequence[float]) -> tuple[list[int], list[int]]:
    """The digits of each term and of the sum after it, so that each written sum equals the previous one plus its term."""
    of_terms, of_sums = [LEAST] * len(terms), [LEAST] * len(sums)
    for row in reversed(range(1, len(terms))):
        pair = [sums[row - 1], terms[row]]
        (of_sums[row - 1], of_terms[row]), _same = true_digits(pair, sums[row], sum, of_result=(of_sums[row],))
    if terms:
        of_terms[0] = of_sums[0]
    return of_terms, of_sums


def _shortened(digits: list[int], least: int, is_true: Callable[[Sequence[int]], bool]) -> list[int]:
    """The digits without those that the result does not need, operand by operand."""
    for place in range(len(digits)):
        while digits[place] > least and is_true([*digits[:place], digits[place] - 1, *digits[place + 1 :]]):
            digits[place] -= 1
    return digits
