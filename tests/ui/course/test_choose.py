"""The guide's tree asks what matters and nothing else, and leads where `advise` leads."""

from itertools import product

from rnn_core.studies.choosing import ANSWERS, advise, ways
from ui.course.choose.page import advice_names
from ui.course.choose.path import path_chart


def test_every_combination_of_answers_follows_exactly_one_way_to_its_advice() -> None:
    for reach, arrives, size in product(*ANSWERS.values()):
        answers = {"reach": reach, "arrives": arrives, "size": size}
        found = [advice for way, advice in ways() if all(answers[question] == answer for question, answer in way)]
        assert found == [advise(reach, arrives, size == "small")]  # type: ignore[arg-type]


def test_the_chart_names_the_chosen_way() -> None:
    words = {question: {each: each for each in options} for question, options in ANSWERS.items()}
    chart = path_chart({"reach": "long", "arrives": "whole", "size": "free"}, words, advice_names())
    assert "long → free → LSTM" in chart.alt
