"""A visitor's pairs: read from a table, checked when they come back from a file, trained on, and asked on the page."""

import json

import pytest

from rnn_core.apps.table import TableRefused
from rnn_core.apps.translate import own_pairs
from rnn_core.apps.translate.application import APPLICATION
from rnn_core.apps.translate.own import OwnText, Refused, own_text, truths
from rnn_core.apps.translate.own_pairs import UNKNOWN, NoPairs
from rnn_core.apps.translate.settings import Settings, of_rows
from rnn_core.errors import CoreError
from rnn_core.learn import jobs
from tests.charts import opened, words

WORDS = [f"{first}{middle}{last}" for first in "bdfgk" for middle in "aeiou" for last in ("t", "n", "sh", "p", "x")]
PLURALS = [(word, word + ("es" if word.endswith(("sh", "x")) else "s")) for word in WORDS]
FILE = "word,plural\n" + "\n".join(f"{one},{many}" for one, many in PLURALS)
ROWS = own_pairs.pack(PLURALS)


def test_a_table_of_two_columns_is_read() -> None:
    found = own_pairs.own_pairs(own_pairs.pair_table(FILE.encode()))
    assert sorted(found.rows) == sorted(PLURALS)
    assert found.names == ("word", "plural")
    assert found.enough_to_train
    other = "1;;Haus;Häuser\n2;;Maus;Mäuse\n3;;;Tiere\n4;;" + "x" * 99 + ";y\n5;;Haus;Häuser"
    found = own_pairs.own_pairs(own_pairs.pair_table(other.encode("cp1252")))
    assert found.rows[0] in {("1", "Haus"), ("2", "Maus"), ("3", "x" * 99)}  # the first two columns with text
    named = own_pairs.own_pairs(own_pairs.pair_table(("a,b\n" * 3 + "c,\n" + f"{'x' * 99},d\n").encode()))
    assert (named.rows, named.incomplete, named.too_long) == ((("a", "b"),), (4,), (5,))
    assert not named.enough_to_train


@pytest.mark.parametrize("data", [b"one\ntwo\nthree", b"a,\nb,\nc,", b"", b"\x00\x01\x02" * 50])
def test_what_is_no_table_of_pairs_is_refused(data: bytes) -> None:
    with pytest.raises((NoPairs, TableRefused)):
        own_pairs.own_pairs(own_pairs.pair_table(data))


@pytest.mark.parametrize(
    "packed",
    ["", "[]", "nothing", "[[1, 2]]", '[["a"]]', json.dumps(PLURALS[:20]), '[["\\ud800", "b"]]', json.dumps([*PLURALS, ["", "b"]]),
     json.dumps([*PLURALS, ["a" * 61, "b"]]), json.dumps([[f"{n}", "b"] for n in range(own_pairs.MOST_PAIRS + 1)]), "[" * 5000],
)  # fmt: skip
def test_pairs_from_a_file_are_checked_again(packed: str) -> None:
    with pytest.raises(CoreError):
        own_pairs.unpack(packed)
    with pytest.raises(CoreError):
        Settings(task="own", rows=packed)


def test_parts_are_divided_by_the_source() -> None:
    learned, kept = own_pairs.pairs(ROWS, "training"), own_pairs.pairs(ROWS, "test")
    assert {pair.source for pair in learned}.isdisjoint(pair.source for pair in kept)
    twice = own_pairs.pack([*PLURALS, *((pair.source, "other") for pair in kept)])
    assert all(pair.other == "other" for pair in own_pairs.pairs(twice, "test"))
    assert own_pairs.letters(ROWS)[0][0] == UNKNOWN


def test_a_text_is_asked_with_known_letters() -> None:
    settings = of_rows(ROWS)
    known, strange = own_text(" bat ", settings), own_text("字", settings)
    assert isinstance(known, OwnText)
    assert known.text == "bat"
    assert truths("bash", settings) == ("bashes",)
    assert truths("zzz", settings) == ()
    assert isinstance(strange, Refused)
    assert strange.unknown == ("字",)


def test_it_learns_and_beats_the_most_similar_example() -> None:
    settings = of_rows(ROWS).changed(hidden=24, embedding=12, budget=250)
    state, _metrics = jobs.begin(settings, settings.budget)
    found = dict(APPLICATION.scores(state))
    others = [dict(each) for each in APPLICATION.baselines(settings).values()]
    assert found["exactly right"] > max(each["exactly right"] for each in others)
    assert len(others) == 2  # a dictionary knows numbers and dates only


def test_the_page_reads_a_file_and_asks_for_training() -> None:
    app = opened("translate", task="own")
    assert "A file with two columns" in words(app)
    app.file_uploader[0].upload("pairs.csv", FILE.encode(), "text/csv").run(timeout=60)
    assert not app.exception
    assert "from column word to column plural" in " ".join(each.value for each in app.caption)
    assert any(button.key == "stage_train" for button in app.button)
    app.file_uploader[0].upload("one.csv", b"one\ntwo\nthree", "text/csv").run(timeout=60)
    assert not app.exception
    assert app.error
