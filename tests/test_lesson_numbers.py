"""Numbers in lessons that a pocket calculator can check: what is written gives what is said to come out."""

import re

import pytest

from rnn_core.lab.tasks.adding import Adding
from tests.charts import opened, words
from ui.figures.words import number
from ui.lab.controls import EXAMPLES
from ui.widgets.lesson import LESSONS

POWER = re.compile(r"\$(\d\.\d+)\^\{(\d+)\} = (\d[\d.]*)(?:\\cdot 10\^\{(-?\d+)\})?\$")
WRITTEN = [(path, found) for path in sorted(LESSONS.rglob("*.md")) for found in POWER.finditer(path.read_text("utf-8"))]


@pytest.mark.parametrize(("path", "found"), WRITTEN, ids=lambda each: getattr(each, "name", ""))
def test_a_power_in_a_lesson_is_what_its_base_gives(path, found):
    base, exponent, digits, tens = found.groups()
    said = float(digits) * 10.0 ** int(tens or 0)
    assert float(base) ** int(exponent) == pytest.approx(said, rel=0.04), path


def test_powers_were_found():
    assert len(WRITTEN) >= 4


def test_the_question_on_gates_gives_the_gate_with_enough_digits():
    for lang in ("en", "zh"):
        text = (LESSONS / "gates" / f"question.{lang}.md").read_text(encoding="utf-8")
        assert "0.731^{20} = 0.0019" in text
    assert round(0.731**20, 4) == 0.0019


def test_the_lab_gives_the_loss_of_the_baseline():
    assert any(number(Adding(steps=50).baselines()[0].loss) in text.value for text in opened("lab").caption)


def test_the_lesson_explains_numbers_beyond_float64():
    app = opened("gradients", preset="overflow")
    assert "computed as logarithms" in app.warning[0].value


def test_the_question_on_the_dashed_line_names_the_view_that_shows_it():
    app = opened("gradients", size="0.9")
    app.button(key="guess_first").click().run()
    app.button_group(key="guess_gradients").set_value(1).run()
    assert "*Rising bound*" in app.success[0].value


def test_the_sentence_on_the_latch_preset_gives_no_number_of_steps():
    for steps in ("40", "80"):
        assert "30 steps" not in words(opened("lstm", T=steps))


def test_the_answer_on_halving_names_a_view_of_the_page_on_gates_that_begins_with_a_memory():
    question = (LESSONS / "lstm" / "question.en.md").read_text("utf-8")
    assert "*Gates over time*" in question
    assert "*Half open*" in question
    app = opened("gates", init="zeros")
    assert app.session_state["m0"] == 1.0
    assert "left after" in words(app).lower()


def test_the_lab_counts_the_settings_that_differ():
    sentence = (LESSONS / "lab" / "presets.en.md").read_text("utf-8")
    assert "Two settings have changed: the cell and, for safety, a clip threshold." in sentence
    assert EXAMPLES["lstm"].keys() - EXAMPLES["rnn"].keys() == {"cell", "clip"}
