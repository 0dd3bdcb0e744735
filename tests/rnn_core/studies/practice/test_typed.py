"""Numbers as people write them."""

import pytest

from rnn_core.studies.practice.typed import read_number

READ = {
    "0.45": 0.45,
    "0,45": 0.45,
    " .5 ": 0.5,
    "-,5": -0.5,
    "−0.3": -0.3,
    "+3": 3.0,
    "3.": 3.0,
    "4.5e-3": 0.0045,
    "4,5E-3": 0.0045,
    "4.5·10⁻³": 0.0045,
    "−4.5·10⁻³": -0.0045,
    "4.5*10^-3": 0.0045,
    "4.5 x 10^(-3)": 0.0045,
    "10⁻³": 0.001,
    "1/4": 0.25,
    "−1/4": -0.25,
    "12%": 0.12,
    "０．４５": 0.45,
    "0。45": 0.45,
    "０，４５": 0.45,
    "－０．３": -0.3,
    "负0.3": -0.3,
    "—0.3": -0.3,
    "0.45。": 0.45,
    "0,45.": 0.45,
    "≈ 0.45": 0.45,
    "= −0.45": -0.45,
    "３／４": 0.75,
    "½": 0.5,
    "−½": -0.5,
    "1 / 4": 0.25,
    "４．５×10⁻³": 0.0045,
    "4.5 E −3": 0.0045,
}
REFUSED = (
    "",
    "abc",
    "1,234.5",
    "1,2,3",
    "1 1/2",
    "0 45",
    "1 000",
    "1.2.3",
    "0..5",
    "1/0",
    "1/2/3",
    "1e999",
    "--3",
    "4·10",
    "nan",
    "inf",
    "0x10",
    "1_000",
    "9" * 100,
    "<b>1</b>",
)


@pytest.mark.parametrize("text", READ)
def test_a_number_is_read(text: str) -> None:
    assert read_number(text) == pytest.approx(READ[text], rel=1e-12)


@pytest.mark.parametrize("text", REFUSED)
def test_everything_else_is_not_a_number(text: str) -> None:
    assert read_number(text) is None
