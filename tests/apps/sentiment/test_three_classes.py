"""Reviews with a neutral class: read from a file, trained on, and shown with three probabilities."""

import re
from collections.abc import Callable

import numpy as np
import pytest
import torch
from safetensors.torch import load

from rnn_core.apps.sentiment import bags, classes, own, programs, reader, sentences
from rnn_core.apps.sentiment.baselines import BAG, baselines
from rnn_core.apps.sentiment.batch import padded
from rnn_core.apps.sentiment.data import CORRECT
from rnn_core.apps.sentiment.labels import label_of
from rnn_core.apps.sentiment.make_sentences import rated
from rnn_core.apps.sentiment.settings import SHIPPED, Settings, for_own
from rnn_core.apps.sentiment.words import words
from rnn_core.apps.table import read_table
from rnn_core.apps.trained import load_trained
from rnn_core.learn import runfile
from rnn_core.learn.history import History
from rnn_core.learn.train import advance, start
from tests.charts import charts, opened, parts, tables
from tests.programs import printed
from ui.apps.sentiment import compute
from ui.apps.sentiment.reviews import REAL

WORDS = {classes.NEGATIVE: "awful", classes.NEUTRAL: "plain", classes.POSITIVE: "lovely"}


def rows(count: int = 300) -> list[own.Row]:
    return [(f"a {WORDS[k % 3]} film {chr(97 + k % 26)}{k}", k % 3) for k in range(count)]


def table_of(labels: dict[int, str], count: int = 300) -> own.OwnReviews:
    lines = ["text,label", *(f"{text},{labels[kind]}" for text, kind in rows(count))]
    return own.own_reviews(read_table("\n".join(lines).encode(), has_header=True))


@pytest.mark.parametrize(
    ("labels", "by"),
    [
        ({0: "1", 2: "3", 1: "5"}, "stars"),
        ({0: "two stars", 2: "3/5", 1: "★★★★★"}, "stars"),  # none of one star
        ({0: "negative", 2: "neutral", 1: "positive"}, "words"),
        ({0: "差评", 2: "中评", 1: "好评"}, "words"),
        ({0: "-1", 2: "0", 1: "1"}, "-1 0 1"),
        ({0: "0", 2: "1", 1: "2"}, "0 1 2"),
    ],
)
def test_a_neutral_label_is_understood(labels: dict[int, str], by: str) -> None:
    found = table_of(labels)
    assert [kind for _text, kind in found.rows] == [kind for _text, kind in rows()]
    assert found.by == by
    assert own.classes(own.pack(found.rows)) == 3
    assert {kind for _text, kind in found.without_neutral().rows} == {classes.NEGATIVE, classes.POSITIVE}


@pytest.mark.parametrize(
    ("cell", "label"),
    [
        ("Five stars", "5"),
        ("two", "2"),
        ("4/5", "4"),
        ("3-star", "3"),
        ("★★★★☆", "4"),
        ("⭐️⭐️", "2"),
        ("三星", "3"),
        ("5分", "5"),
        ("1.5", "1"),
        ("3.5", "4"),
        ("Extremely Negative", "negative"),
        ("非常好", "好"),
        ("☆☆☆", "0"),
        ("a two", "a two"),
    ],
)
def test_stars_are_understood_in_the_ways_people_write_them(cell: str, label: str) -> None:
    assert label_of(cell) == label


def test_scores_up_to_ten_are_not_taken_for_stars() -> None:
    lines = ["review,score", *(f"film {chr(97 + k % 26)} {k},{k % 11}" for k in range(110))]
    found = own.own_reviews(own.review_table("\n".join(lines).encode()))
    assert (found.by, found.wrong_labels) == ("ten", ())
    assert {label for text, label in found.rows if int(text.split()[-1]) % 11 == 4} == {classes.NEGATIVE}
    few = own.own_reviews(
        own.review_table("\n".join(lines[:1] + [f"film {k},{k % 5 + 1}" for k in range(99)] + ["odd,7"]).encode())
    )
    assert (few.by, few.wrong_labels) == ("stars", (101,)), "one 7 among stars is a mistake"


def test_too_few_neutral_reviews_are_left_out_and_two_classes_stay_two() -> None:
    found = table_of({0: "1", 2: "3", 1: "5"}, 90)
    assert len(found.undecided) == 30
    assert {kind for _text, kind in found.rows} == {classes.NEGATIVE, classes.POSITIVE}
    zeros = own.own_reviews(read_table(b"text,label\nfine film,1\ndull film,0\nbad film,-1", has_header=False))
    assert zeros.by == "-1 0 1"


def test_three_classes_are_trained_saved_and_read_as_torch_reads_them() -> None:
    settings = for_own(own.pack(rows())).changed(
        hidden=4, embedding=6, budget=60, dropout=0.0, forgotten=0.0, rate=0.03
    )
    state, _ = advance(start(settings), 60)
    assert reader.scores(state)[CORRECT] > 0.9
    assert baselines(settings)[BAG][CORRECT] > 0.9
    again, _curves = runfile.load(runfile.save(state, History(views=False).save()), {"sentiment": Settings.read})
    assert again.settings == settings
    ours, network = reader.Reader(again), settings.problem().network
    weights = {name: value for name, value in load(state.tensors).items() if name.startswith("network.")}
    network.load_state_dict({name.removeprefix("network."): value for name, value in weights.items()})
    network.eval()
    sentences = [ours.ids(words(text)) for text in ("a lovely film", "plain")]
    with torch.no_grad():
        theirs = network(*map(torch.from_numpy, padded(sentences))).numpy()
    assert ours.outputs(sentences) == pytest.approx(theirs, abs=1e-5)
    reading = ours.read(words("a lovely film"))
    assert reading.score == pytest.approx(theirs[0, classes.POSITIVE] - theirs[0, classes.NEGATIVE], abs=1e-5)
    assert reading.prefixes[-1] == pytest.approx(reading.score)
    assert reading.chances.sum(axis=1) == pytest.approx(np.ones(4))
    assert reading.left_out[1] > 0, "the word speaks for positive"
    assert classes.answers(bags.outputs(bags.bags(settings.rows, 1), words("a plain film"))) == classes.NEUTRAL


@pytest.mark.parametrize("write", [programs.as_torch, pytest.param(programs.as_keras, marks=pytest.mark.long)])
def test_the_programs_of_three_classes_run(write: Callable[..., str]) -> None:
    settings = for_own(own.pack(rows())).changed(hidden=4, embedding=6)
    assert printed(write(settings, 2))[0].startswith("loss")


def test_the_network_of_real_sentences_is_not_below_the_counts() -> None:
    settings = SHIPPED["sentences"]
    trained = load_trained(Settings, "sentences")
    counted = max(each[CORRECT] for each in baselines(settings).values())
    assert trained.about.scores[CORRECT] > counted
    assert rated("1\t2.0\t@anonymous so  happy\n2\t0.1\ta bus &amp; a car\n3\t0.7\tmeh\n4\t-3\tshit day") == [
        "0\ta bus & a car",
        "+\tso happy",
    ]


def test_the_page_shows_three_probabilities() -> None:
    app = opened("sentiment", reviewer="sentences", review_en="The bus leaves at nine")
    assert not app.exception
    (_head, row) = tables(app)[0]
    assert sum(map(int, re.findall(r"\d+", row[1]))) in (99, 100, 101), "in percent"
    assert any("towards one third" in caption.value for caption in app.caption)
    assert any("o_{\\text{positive}}" in text.value for text in app.markdown), "the formula of three classes"
    lane = next(data["lanes"] for data in parts(app) if "lanes" in data)[0]
    for name, count in (("after", 6), ("without", 5)):
        assert np.sum(lane["three"][name], axis=1) == pytest.approx(np.ones(count), abs=1e-4)
    judged = next(each for each in tables(app) if each[0][0] == "difficulty")
    assert [line[2] for line in judged[1:]].count("neutral") == 3
    confusion = next(each for each in tables(app) if each[0][0] == "label")
    assert sum(int(cell) for line in confusion[1:] for cell in line[1:]) == 525
    assert {"belief", "decided", "scores"} <= set(charts(app))


def test_on_the_chinese_page_the_network_of_real_sentences_reads_english_examples_and_none_unknown_is_neutral() -> None:
    app = opened("sentiment", reviewer="sentences", lang="zh")
    assert app.text_input[0].value == REAL["plain"]
    assert any("**中性**" in data["sentence"] for data in parts(app) if "lanes" in data)
    assert classes.most_probable(np.full(3, 1 / 3)) == classes.NEUTRAL
    state = load_trained(Settings, "sentences").state
    found = {name: classes.most_probable(compute.chances(state, words(text))) for name, text in REAL.items()}
    assert found["not"] == classes.POSITIVE, "the lesson says so"
    assert (found["plain"], found["praise"], found["complaint"]) == (
        classes.NEUTRAL,
        classes.POSITIVE,
        classes.NEGATIVE,
    )
    negated = re.compile(r"\bnot\b|n['’]t\b", re.IGNORECASE)
    rows = SHIPPED["sentences"].own_rows
    assert round(100 * sum(bool(negated.search(text)) for text, _class in rows) / len(rows)) == 12, "the lesson says so"


@pytest.mark.long
def test_what_is_kept_of_the_counts_of_real_sentences_is_what_counting_gives() -> None:
    for order in (1, 2):
        for again, kept in zip(
            bags.trained(sentences.packed(), order), bags.bags(sentences.packed(), order), strict=True
        ):
            assert kept.weights == pytest.approx(again.weights, abs=1e-3)
