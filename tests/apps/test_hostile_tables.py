"""Tables that are too wide, ambiguous or no tables at all: read or refused. Long tables are among tests/outside/bombs.py."""

import time
import tracemalloc
from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core.apps.forecast.own.dates import places
from rnn_core.apps.forecast.own.season import likely_season
from rnn_core.apps.forecast.own.series import NoNumbers, TooLarge, one_a_line, own_series, own_table
from rnn_core.apps.recommend.own import NoItems, own_sessions
from rnn_core.apps.sentiment.own import NoReviews, own_reviews, review_table
from rnn_core.apps.table import MOST_COLUMNS, TableRefused, read_table

REFUSALS = (TableRefused, NoNumbers, TooLarge, NoReviews, NoItems)
SLOW = 20.0  # seconds: twenty times what it takes on a machine that does nothing else
MOST_MEMORY = 100e6  # bytes


def forecast(data: bytes) -> object:
    found = own_series(own_table(data))
    likely_season(found.values)
    assert np.isfinite(found.values).all()
    assert len(found.values) == len(found.dates)
    return found


def sentiment(data: bytes) -> object:
    return own_reviews(review_table(data))


def recommend(data: bytes) -> object:
    return own_sessions(read_table(data, has_header=False))


READERS: tuple[Callable[[bytes], object], ...] = (forecast, sentiment, recommend)
WIDE = {
    "a quarter of a million columns": b"," * 250_000 + b"1\n" + b"1\n" * 49_000,
    "commas alone": b"," * 1_900_000 + b"\n1,2\n",
    "commas at the end": b"a,b\n" * 40_000 + b"1" + b"," * 1_000_000,
}


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("data", WIDE.values(), ids=WIDE)
def test_a_table_that_is_too_wide_is_refused_before_anything_is_made_of_it(
    read: Callable[[bytes], object], data: bytes
) -> None:
    begun = time.monotonic()
    tracemalloc.start()
    try:
        with pytest.raises(TableRefused) as refusal:
            read(data)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert refusal.value.reason == "too wide"
    assert most < MOST_MEMORY
    assert time.monotonic() - begun < SLOW


def test_columns_are_found_in_a_sample_and_read_in_full() -> None:
    days = [date(1950, 1, 1) + timedelta(k) for k in range(20_000)]
    rows = [f"note {k},{day:%d/%m/%Y},{k % 7},{'x' if k == 12_345 else k}" for k, day in enumerate(days)]
    found = own_series(own_table("\n".join(["a,when,week,value", *rows]).encode()))
    assert found.numeric == ("week", "value")
    assert found.wrong_rows == (12_347,)
    assert found.dates[-1] == f"{days[-1]:%d/%m/%Y}"
    assert found.values[-1] == 19_999


def test_as_many_columns_as_are_allowed_are_read() -> None:
    row = b",".join([b"2"] * MOST_COLUMNS)
    assert len(own_series(own_table((row + b"\n") * 70)).numeric) == MOST_COLUMNS
    with pytest.raises(TableRefused, match="too wide"):
        own_table((row + b",2\n") * 70)


def test_dates_at_the_ends_of_the_calendar_are_dates() -> None:
    ends = ["9999-10-31", "9999-11-30", "9999-12-31"]
    axis = places(ends)
    assert axis is not None
    np.testing.assert_array_equal(np.diff(axis), [1.0, 1.0])
    assert places(["0001-01-31", "0001-02-28", "9999-12-31"]) is not None
    assert places(["0000-01-01", "10000-01-01"]) is None


@pytest.mark.parametrize("row", [b"+-1,5\n", b"--1,5\n", b"5,+-1\n", b"9" * 400 + b",5\n"])
def test_two_columns_that_are_no_decimal_comma_stay_two(row: bytes) -> None:
    table = own_table(row * 3)
    assert {len(cells) for cells in table.rows} == {2}
    assert own_series(table).values.tolist() == [5.0] * 3


def test_a_header_may_end_with_a_comma() -> None:
    found = own_reviews(read_table(b"text,label,\na lovely film,1\na dull film,0\n", has_header=True))
    assert found.rows == (("a lovely film", True), ("a dull film", False))
    own_sessions(read_table("session,item,\n1,帐篷\n1,地钉\n".encode(), has_header=False))
    assert own_series(own_table(b"day,value,,\n2020-01-01,1\n2020-01-02,2\n")).numeric == ("value",)


MARKS = (*',;\t\n\r" 10-+.。−٣é🙂', "\r\n", '""', "...", "\0", "\u2028", "9" * 400)
WORDS = [
    "1.5",
    "1,5",
    "1e400",
    "nan",
    "2020-01-31",
    "9999-12-31",
    "0000-00-00",
    "31/12/99",
    "2020年2月",
    "Q12020",
    "2001",
    "24:00",
]
NAMES = ["date", "label", "good", "positive", "3", "帐篷", "session", "time"]
PIECES = st.sampled_from([*MARKS, *WORDS, *NAMES])
TEXTS = st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=100)
FILES = st.binary(max_size=200) | st.builds(
    lambda text, encoding: text.encode(encoding, "replace"),
    TEXTS,
    st.sampled_from(["utf-8", "utf-16", "utf-8-sig", "gb18030", "cp1252"]),
)


@given(FILES)
def test_any_file_is_read_or_refused_by_every_reader(data: bytes) -> None:
    for read in READERS:
        try:
            read(data)
        except REFUSALS:
            continue


@given(st.text(max_size=200))
def test_any_typed_text_is_a_series_or_refused(typed: str) -> None:
    try:
        forecast(one_a_line(typed))
    except REFUSALS:
        return


def test_a_table_that_ends_within_a_character_is_read_up_to_it() -> None:
    whole = "会话,商品\ns1,咖啡\ns2,绿茶"
    assert read_table(whole.encode()[:-1]).rows == (("s1", "咖啡"), ("s2", "绿"))
