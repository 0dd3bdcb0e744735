"""The pieces of `python -m benchmarks foreign`: reviews are balanced by rating, and a picture becomes ink on the drawing's pixels."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks import foreign


def test_ratings_are_read_and_both_kinds_are_equally_many(tmp_path: Path) -> None:
    file = tmp_path / "reviews.tsv"
    file.write_text(
        "".join(f"{rating}\tsentence {place}\twith a tab\n" for place, rating in enumerate([2.5, -1, 3, 0.4]))
    )
    rows = foreign._rated(file)
    assert rows[1] == ("sentence 1\twith a tab", False)
    drawn = foreign._balanced(rows)
    assert sorted(good for _sentence, good in drawn) == [False, True]
    assert set(drawn) <= set(rows)


def test_a_grey_picture_becomes_ink_where_it_is_darker_than_one_half() -> None:
    picture = np.zeros((foreign.SIDE, foreign.SIDE))
    picture[10:18, 4:6] = 1.0
    ink = foreign.as_ink(picture)
    rows, columns = np.nonzero(ink)
    fine = foreign.FINER
    assert ink.shape == (foreign.SIDE * fine,) * 2
    assert (rows.min(), rows.max() + 1) == (10 * fine, 18 * fine), "the edge is half-way between two pixels"
    assert (columns.min(), columns.max() + 1) == (4 * fine, 6 * fine)
    assert not foreign.as_ink(picture * 0.4).any()


@pytest.mark.long
def test_the_weights_of_a_short_text_are_scored_beside_its_counts(tmp_path: Path) -> None:
    file = tmp_path / "song.txt"
    file.write_text("Row, row, row your boat, gently down the stream.\n" * 60)
    found = foreign.of_text(file)
    assert found["characters"] == 60 * 49 - 1
    assert 0 < found["bits"] < 1, "a song of one line"
    assert 0 < found["5-gram bits"] < 1
