"""Word pieces: the merges are those of byte-pair encoding, nothing is lost, and bits are counted per character."""

import json
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from rnn_core.apps.look_inside import network_of_run
from rnn_core.apps.text import data, own, pieces, units, writing
from rnn_core.apps.text.baselines import NGRAM, PIECES, baselines
from rnn_core.apps.text.reader import Reader, scores
from rnn_core.apps.text.settings import Settings, for_own, standard
from rnn_core.apps.trained import load_trained
from rnn_core.errors import CoreError
from rnn_core.learn import runfile
from rnn_core.learn.train import advance, start
from tests.apps.text.test_page import board, parts
from tests.charts import opened, tables
from tests.kinds import EVERY_KIND
from tests.node import in_node
from tests.repository import ROOT
from ui.memory.inside.compute import units_of_run

SONG = "Row, row, row your boat, gently down the stream; merrily, merrily, life is but a dream.\n" * 20
CUT = f"""
import {{ readFileSync }} from "fs"
import {{ cut, ranksOf }} from {json.dumps((ROOT / "ui" / "browser" / "word_pieces" / "merges.js").as_uri())}
const {{ words, pairs, counts }} = JSON.parse(readFileSync(0, "utf8"))
console.log(JSON.stringify(counts.map((count) => cut(words, ranksOf(pairs), count))))
"""


@pytest.fixture(scope="module")
def state():
    settings = for_own(own.pack(SONG), merges=20).changed(hidden=8, embedding=8, batch=2, budget=2)
    return advance(start(settings), 2, view=False)[0]


def slowly(text: str, most: int) -> list[tuple[str, str]]:
    """The definition: count every pair of the whole text again before each merge."""
    words, merges = [list(word) for word in pieces.words_of(text)], []
    while len(merges) < most:
        counts = Counter(pair for word in words for pair in pairwise(word))
        pair = min(counts, key=lambda pair: (-counts[pair], pair))
        if counts[pair] < pieces.LEAST_SEEN:
            break
        merges.append(pair)
        for word in words:
            at = 0
            while at + 1 < len(word):
                if (word[at], word[at + 1]) == pair:
                    word[at : at + 2] = ["".join(pair)]
                at += 1
    return merges


@pytest.mark.parametrize("name", ["english", "chinese", "python"])
def test_the_merges_are_those_of_the_definition_and_the_browser_cuts_alike(name: str) -> None:
    text = data.parts(name, "").training[:4_000]
    merges = pieces.learn(text, 60)
    assert list(merges.pairs) == slowly(text, 60)
    passage = data.parts(name, "").test[:400]
    here = [merges.first(count).cut(passage) for count in (0, 7, 60)]
    assert all("".join(cut) == passage for cut in here)
    assert len(here[0]) == 400 > len(here[2])
    message = {"words": pieces.words_of(passage), "pairs": merges.pairs, "counts": [0, 7, 60]}
    assert in_node(CUT, message) == here


def test_no_piece_reaches_into_another_word_or_holds_a_rare_character() -> None:
    found = pieces.learn("=" * 300 + "\n" + "of the king, of the king; " * 9 + "q" * 9, never="q")
    assert not any(" " in piece.lstrip(" ") or "q" in piece for piece in found.pieces if piece.strip())
    assert max(map(len, found.pieces)) == pieces.LONGEST
    assert " king" in found.pieces
    assert found.first(3).pieces == found.pieces[:3]


def test_characters_stay_symbols_and_bits_are_counted_per_character(state) -> None:
    reader = Reader(state)
    assert (
        reader.corpus.symbols[: data.corpus("own", state.settings.own).size]
        == data.corpus("own", state.settings.own).symbols
    )
    test = state.settings.parts.test
    look = reader.inspect(test)
    assert "".join(look.text) == test
    assert dict(scores(state)) == {
        "bits per character": pytest.approx(look.surprise.sum() / sum(map(len, look.text[1:])), abs=1e-9)
    }
    found = baselines(state.settings)
    assert found[NGRAM] == baselines(state.settings.changed(merges=0))[NGRAM], "the characters' baselines stay"
    assert 0 < found[PIECES]["bits per character"] < found[NGRAM]["bits per character"] + 1
    assert runfile.load(runfile.save(state), EVERY_KIND)[0] == state


def test_pieces_are_written_chosen_and_looked_into(state) -> None:
    reader = Reader(state)
    free = writing.write(reader, "Row", 12, writing.Manner(seed=1))
    chosen = writing.write(reader, "Row", 12, writing.Manner(seed=1), {3: " row"})
    assert " row" in reader.corpus.symbols
    assert chosen.symbols[:4] == (*free.symbols[:3], " row")
    assert chosen.text == "".join(chosen.symbols)
    assert reader.states("Row", chosen.symbols).shape == (12, 8)
    found = units.units(reader)
    assert len(found.values) == len(found.text)
    network_of_run(state)
    with pytest.raises(CoreError, match="word pieces"):
        units_of_run(state, "h")


def test_the_ready_network_beats_the_characters_and_the_page_shows_why() -> None:
    ready = load_trained(Settings, "english-pieces").about.scores["bits per character"]
    assert ready < load_trained(Settings, "english-lstm").about.scores["bits per character"] - 0.1
    assert ready < baselines(standard("english"))[NGRAM]["bits per character"] - 0.1
    app = opened("text", text_reads_english="pieces", tokens_english="the king\nand a queen")
    assert not app.exception
    assert board(app)["inPieces"]
    assert max(len(choice[0]) for choice in board(app)["choices"]) > 3
    app.session_state["text_tokens"] = True
    app.run()
    assert not app.exception
    (cut,) = parts(app, "passage")
    assert (cut["passage"], cut["at"]) == (["the", " king", "\n", "and", " a", " queen"], 500)
    assert ["word pieces", "563", f"{len(standard('english', 'lstm', 500).corpus.test):,}", "2.70", f"{ready:.3g}"] in [
        row for rows in tables(app) for row in rows
    ]
    assert np.diff([count for count in cut["counts"]]).max() <= 0, "the most frequent pair comes first"


def test_a_text_without_spaces_is_learned_and_cut_in_words_of_bounded_length() -> None:
    text = "ACGTTGCA" * 4_000 + "\n" * 100
    assert max(map(len, pieces.words_of(text))) <= 33
    assert "".join(pieces.learn(text).cut(text)) == text
