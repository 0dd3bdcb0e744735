"""Dates as people write them: forms at random, the rules that judge them, and the networks on a list that nothing was tuned on."""

from datetime import date
from itertools import product

import numpy as np
import pytest

from rnn_core.apps.trained import load_trained
from rnn_core.apps.translate import data
from rnn_core.apps.translate.grammar import dates
from rnn_core.apps.translate.grammar.date_forms import other_reading, written
from rnn_core.apps.translate.grammar.date_text import NoSuchDay, day_of, normal, readings
from rnn_core.apps.translate.grammar.plain import plain
from rnn_core.apps.translate.reader import answers
from rnn_core.apps.translate.settings import Settings

NEEDED = 0.97


def test_every_form_of_the_list_comes_back_and_no_other_does():
    for form, day in product(dates.FORMS, (date(1998, 2, 23), date(2003, 12, 15), date(1900, 10, 31))):
        assert day_of(form(day)) == day
        assert set(normal(plain(form(day)))) <= set(dates.LETTERS)
    for wrong in (
        "30.2.2001",
        "2001/13/1",
        "march 2001",
        "2001年0月3日",
        "",
        "32 may 1999",
        "9 march",
        "banana 9 1999",
    ):
        assert day_of(wrong) is None, wrong


def test_a_random_form_is_normal_its_letters_are_known_and_the_rules_read_it():
    rng = np.random.default_rng(3)
    for ordinal in rng.integers(date(1900, 1, 1).toordinal(), date(2099, 12, 31).toordinal(), 1500).tolist():
        day = date.fromordinal(ordinal)
        text, iso, other = written(day, rng, year=bool(rng.integers(2)))
        assert iso in (day.isoformat(), f"--{day:%m-%d}")
        assert normal(plain(text)) == text
        assert set(text) <= set(dates.LETTERS), text
        found = readings(text)
        assert set(found) == {iso, other} - {""}, text


def test_a_year_that_must_be_written_is():
    rng = np.random.default_rng(0)
    assert not any(written(date(2031, 5, 25), rng, year=True).iso.startswith("--") for _ in range(300))


@pytest.mark.parametrize("file", ["dates_dev.csv", "dates_test.csv"])
def test_the_rules_read_the_lists_of_people_as_they_were_written(file):
    pairs = data.dates_of_people(file)
    assert len(pairs) >= 150
    for pair in pairs:
        assert set(readings(pair.source)) == set(pair.targets), pair


def test_nine_three_has_two_readings_and_twenty_five_three_one():
    assert readings("09/03/1987") == ("1987-03-09", "1987-09-03")
    assert readings("25/03/1987") == readings("03/25/1987") == ("1987-03-25",)
    assert readings("09.03.1987") == ("1987-03-09",)
    assert readings("9/9/87") == ("1987-09-09",)
    assert readings("9/3/31") == ("2031-03-09", "2031-09-03")
    assert other_reading("--03-09") == "--09-03"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31 february", NoSuchDay(2, 31, None)),
        ("february 29, 2023", NoSuchDay(2, 29, 2023)),
        ("2023年4月31日", NoSuchDay(4, 31, 2023)),
        ("31/4/2023", NoSuchDay(4, 31, 2023)),
        ("2001-13-01", NoSuchDay(13, 1, 2001)),
    ],
)
def test_a_day_that_does_not_exist_is_told_apart(text, day):
    assert readings(text) == day
    assert readings("29 february") == ("--02-29",)


def test_dates_as_people_write_them_are_translated():
    state = load_trained(Settings, "dates-gru").state
    pairs = data.held_out("dates", "people")
    right = ["".join(output) in pair.targets for output, pair in zip(answers(state, "people"), pairs, strict=True)]
    assert np.mean(right) >= NEEDED


@pytest.mark.parametrize("variant", ["zh-en-gru", "en-zh-gru"])
def test_random_numbers_are_translated(variant):
    assert load_trained(Settings, variant).about.scores["exactly right as people write"] >= 0.98
