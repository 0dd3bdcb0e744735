"""Tables as people really have them: every way to write a date and a number, and rows that are out of order or missing."""

from datetime import date, datetime, timedelta

import numpy as np
import pytest

from rnn_core.apps.forecast.own.dates import missing_steps, places
from rnn_core.apps.forecast.own.season import likely_season
from rnn_core.apps.forecast.own.series import NoNumbers, TooLarge, one_a_line, own_series, own_table
from rnn_core.apps.table import MOST_ROWS

DAYS = [date(2015, 1, 1) + timedelta(k) for k in range(90)]
MONTHS = [date(2010 + k // 12, k % 12 + 1, 1) for k in range(90)]
VALUES = [1500.0 + 1000.25 * (k % 7 - 3) for k in range(90)]


def _german(value: float) -> str:
    return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))


@pytest.mark.parametrize(
    "rows",
    [
        ["date,value", *(f"{day},{value}" for day, value in zip(DAYS, VALUES, strict=True))],
        [f"{day},{value}" for day, value in zip(DAYS, VALUES, strict=True)],
        ["Datum;Wert", *(f"{day:%d.%m.%Y};{_german(value)}" for day, value in zip(DAYS, VALUES, strict=True))],
        ["date,sales", *(f'{day:%m/%d/%Y},"${value:,.2f}"' for day, value in zip(DAYS, VALUES, strict=True))],
        ["Month\tSales", *(f"{day:%b %Y}\t{value}" for day, value in zip(MONTHS, VALUES, strict=True))],
        [
            "月份,数值",
            *(f"{day:%Y年%m月},{value}" for day, value in zip(MONTHS, VALUES, strict=True)),
        ],
        ["quarter,x", *(f"{1980 + k // 4} Q{k % 4 + 1},{value}" for k, value in enumerate(VALUES))],
        ["x,year", *(f"{value},{1900 + k}" for k, value in enumerate(VALUES))],
        ["t,x", *(f"{datetime(2020, 1, 1) + timedelta(hours=k)},{value}" for k, value in enumerate(VALUES))],
        [f"{value:.2f}".replace(".", ",") for value in VALUES],
        [f"{day:%Y%m%d} ; {value:.2f} €".replace(".", ",") for day, value in zip(DAYS, VALUES, strict=True)],
        [f"{day},{value}" for day, value in reversed(list(zip(DAYS, VALUES, strict=True)))],
    ],
)
def test_dates_and_numbers_are_read_in_every_usual_form(rows: list[str]) -> None:
    for encoding in ("utf-8-sig", "utf-16", "gb18030"):
        try:
            data = "\n".join(rows).encode(encoding)
        except UnicodeEncodeError:
            continue
        found = own_series(own_table(data))
        np.testing.assert_array_equal(found.values, VALUES)
        assert len(found.dates) == len(VALUES)
        assert (found.missing, found.wrong_rows, found.repeated) == (0, (), ())


def test_order_gaps_and_repetitions_are_seen_and_said() -> None:
    rows = [f"{day},{k}" for k, day in enumerate(DAYS) if k not in (10, 11, 50)]
    found = own_series(own_table("\n".join(["day,x", *rows, f"{DAYS[4]},999", "Total,4000"]).encode()))
    np.testing.assert_array_equal(found.values, np.arange(90.0))
    assert found.missing == 3
    assert found.dates[9:12] == (str(DAYS[9]), f"{DAYS[9]} + 1", f"{DAYS[9]} + 2")
    assert found.sorted
    assert found.repeated == (89,)
    assert found.no_date == (90,)
    assert not found.wrong_rows


def test_weekends_are_no_gaps_and_months_have_one_length() -> None:
    working = places([str(day) for day in DAYS if day.weekday() < 5])
    assert working is not None
    assert not missing_steps(working).any()
    months = places([f"{day:%Y-%m}" for day in MONTHS if day != MONTHS[20]])
    assert months is not None
    assert missing_steps(months).sum() == 1
    assert places(["3.5", "2.5", "9.5"]) is None
    assert places(["2001", "1850", "1999"]) is None, "numbers like any others"
    assert places(["2001", "1850", "1999"], "Year") is not None


def test_any_column_of_numbers_can_be_asked_for() -> None:
    table = own_table("\n".join(["day,open,volume", *(f"{day},{k},{k * k}" for k, day in enumerate(DAYS))]).encode())
    assert own_series(table).numeric == ("open", "volume")
    assert own_series(table).values[3] == 9.0
    assert own_series(table, "open").values[3] == 3.0


@pytest.mark.parametrize(
    "typed", ["1.5; 2.5; 3", "1.5 2.5 3", "1.5, 2.5, 3", "1,5 2,5 3", "1.5，2.5，3", "1.5\n2.5\n3"]
)
def test_numbers_in_one_line(typed: str) -> None:
    np.testing.assert_array_equal(own_series(own_table(one_a_line(typed))).values, [1.5, 2.5, 3.0])


def test_what_cannot_be_used_is_told_apart() -> None:
    with pytest.raises(TooLarge):
        own_series(own_table("\n".join(f"{day},{3e30}" for day in DAYS).encode()))
    with pytest.raises(NoNumbers):
        own_series(own_table(b"<table><tr><td>1</td></tr></table>\n<script>alert(1)</script>"))
    with pytest.raises(NoNumbers):
        own_series(own_table(b"d,v\n2020-01-01,nan\n2020-01-02,NA"))
    long = own_series(own_table(b"1\n2\n" * MOST_ROWS))
    assert long.unread == MOST_ROWS


def test_the_season_of_a_smooth_series_is_not_its_next_step() -> None:
    assert likely_season(np.sin(np.arange(200) / 6.0)) in (37, 38), "2 pi 6 is 37.7"
    assert likely_season(np.tile([0.0, 1.0], 50)) == 2
