"""What the lessons state about networks, data and recorded runs, computed: each fact as both languages give it."""

import re
from dataclasses import replace
from itertools import pairwise
from math import prod

import numpy as np
import pytest

import rnn_core as rc
from rnn_core.analysis import cliff
from rnn_core.analysis.equivalences import in_form
from rnn_core.apps.digits.pictures import pictures
from rnn_core.apps.forecast.series import chaos
from rnn_core.apps.multimodal import data as pairs
from rnn_core.apps.multimodal.questions import read_words, split_words
from rnn_core.apps.multimodal.reader import Reader
from rnn_core.apps.multimodal.settings import Settings
from rnn_core.apps.registry import APPLICATIONS
from rnn_core.apps.trained import load_trained
from rnn_core.cells.activations import sigma
from rnn_core.lab.experiments import EXPERIMENTS
from rnn_core.lab.recorded import recording
from rnn_core.studies.gradients import GatedSetup, RNNSetup, gradient_norms
from rnn_core.studies.sequences import SequenceSetup, run_of, with_difference
from ui.widgets.lesson import LESSONS

LANGUAGES = ("en", "zh")


def lesson(name, lang):
    return (LESSONS / f"{name}.{lang}.md").read_text("utf-8")


def both_say(name, *texts):
    for lang in LANGUAGES:
        for text in texts:
            assert text in lesson(name, lang), (name, lang, text)


def test_the_picture_alone_is_a_little_better_than_a_guess():
    share = np.zeros((10, 2))  # of each digit: no, yes
    choices = pairs._choices(pairs.KINDS[0])
    for groups in choices.values():
        for group in groups:
            for answer, found in enumerate(group):
                for _asked, digit in found:
                    share[digit, answer] += 1 / len(choices) / len(groups) / 2 / len(found)
    yes = share[:, 1] / share.sum(axis=1)
    assert share.sum(axis=0) == pytest.approx([0.5, 0.5])
    both_say("multimodal/question", f"{share.max(axis=1).sum():.0%}", f"{yes[9]:.0%}", f"{yes[5]:.0%}")


def test_the_gated_network_denies_that_a_six_is_greater_than_five():
    reader = Reader(load_trained(Settings, "gated-gru").state)
    test = pictures("test")
    seen = [reader.encode_picture(image) for image in test.images[test.digits == 6]]

    def yes(question):
        words = read_words(split_words(question))
        return np.mean([reader.read(each, words).answer for each in seen])

    assert yes("is it greater than five") == 0.0
    assert yes("它比五大吗") == pytest.approx(0.2, abs=0.02)
    assert yes("is it greater than four") > 0.9


def test_the_story_on_learning_rates_says_what_each_rate_did():
    last = {}
    for outcome in recording("rates").outcomes:
        last.setdefault(outcome.settings.rate, []).append(outcome.final_loss)
    tiny, small, middle, good, larger, huge = (last[10.0**power] for power in range(-5, 1))
    assert min(tiny) > 0.8  # does not reach the plateau
    assert all(0.16 < loss < 0.175 for loss in (*small, *middle))  # stay on it
    assert max(*good, *larger) < 0.01  # solve the task
    assert min(huge) > 10  # diverge
    both_say("experiments/rates", "0.00001", "0.0001", "0.001", "0.01")


def test_adam_remembers_a_large_gradient_as_long_as_the_story_says():
    beta, average, divisors = 0.999, 0.0, {}
    for step in range(1, 1001):
        average = beta * average + (1 - beta) * (1e6 if step == 1 else 1.0)
        divisors[step] = np.sqrt(average / (1 - beta**step))
    assert divisors[1] == pytest.approx(1000)
    both_say("experiments/clip", f"{divisors[100]:.0f}", f"{divisors[1000]:.0f}")


def test_the_first_gradients_are_huge_in_the_seeds_that_the_story_names():
    free = [each for each in recording("clip").outcomes if each.settings.clip_norm is None]
    largest = sorted(float(np.nanmax(each.gradient)) for each in free)
    both_say("experiments/clip", *(f"{norm:.0f}" for norm in largest))
    assert [norm > 700 for norm in largest] == [False, False, True, True, True]


def test_both_settings_of_the_story_on_a_plain_rnn_are_clipped():
    assert all(each.clip_norm == 1.0 for each in EXPERIMENTS["pascanu"].settings)
    assert "Only with clipping" not in lesson("experiments/pascanu", "en")


def test_stories_on_truncation_and_reach_name_what_else_differs():
    bit, adding = (
        {(each.cell, each.budget, each.forget_bias) for each in EXPERIMENTS["truncation"].settings if each.task == task}
        for task in EXPERIMENTS["truncation"].tasks
    )
    assert (bit, adding) == ({("lstm", 400, 3.0)}, {("gru", 500, None)})
    both_say("experiments/truncation", "LSTM", "400", "GRU", "500")
    assert {each.rate for each in EXPERIMENTS["reach"].settings} == {0.01}
    assert {(each.rate, each.budget) for each in EXPERIMENTS["cells"].settings} == {(0.005, 1500)}
    both_say("experiments/reach", "0.01", "0.005", "1500")


def test_chaos_can_be_predicted_ten_steps_ahead_and_not_twenty():
    exponent = float(np.mean(np.log(np.abs(3.9 * (1 - 2 * chaos(200_000))))))
    assert exponent == pytest.approx(0.495, abs=0.004)
    assert np.exp(exponent) == pytest.approx(1.64, abs=0.01)
    assert np.exp(10 * exponent) == pytest.approx(140, rel=0.03)
    assert np.exp(20 * exponent) == pytest.approx(20_000, rel=0.06)
    both_say("forecast/honest", "0.495", "1.64", "140")


def test_the_two_places_of_the_reset_gate_agree_where_it_is_equal_for_all_units():
    params = replace(rc.init_params("gru", 2, 4, 0), b_hn=np.zeros(4))
    before, after = in_form(params, "before", True), in_form(params, "after", True)
    xs = np.random.default_rng(1).normal(size=(12, 2))

    def apart(*clamps):
        one, other = (rc.run(each, xs, interventions=clamps).hs for each in (before, after))
        return float(np.abs(one - other).max())

    steps = tuple(range(12))
    assert apart() > 1e-3
    assert apart(rc.Clamp("reset_gate", (0, 1, 2, 3), 0.3, steps)) < 1e-12


def test_a_symmetric_matrix_may_stretch_the_same_direction_at_every_step():
    W = np.diag([1.5, 0.5])
    trace = rc.run(rc.RNNParams(np.zeros((2, 1)), W, np.zeros(2), "linear"), np.zeros((20, 1)))
    assert rc.jacobian_norms(trace)[0] == pytest.approx(1.5**20)


def test_at_a_bias_of_one_the_gradient_comes_through_the_gates():
    norms = gradient_norms(GatedSetup("lstm", forget_bias=1.0), range(16))
    assert norms.c is not None
    assert norms.highway is not None
    along = 10 ** (norms.highway[:, 0] - norms.c[:, 0])
    assert np.median(along) < 1e-4
    both_say("gradients/intro", "99.99%")
    chrono = gradient_norms(GatedSetup("lstm", gates="chrono"), range(16))
    assert np.median(chrono.highway[:, 0]) > np.median(chrono.gates[:, 0])


def test_below_one_and_at_five_the_gradient_falls_and_grows_as_the_views_say():
    below = gradient_norms(RNNSetup("singular", 0.9, "tanh"), range(16)).h
    assert np.median(below[:, -11]) < -3 < 10 * np.log10(0.9) < np.log10(0.36)
    growing = gradient_norms(RNNSetup("singular", 5.0, "tanh"), range(16)).h
    assert 10 ** (np.median(growing[:, 0]) / 100) == pytest.approx(1.2, abs=0.03)


def test_the_fastest_unit_of_chrono_has_a_time_scale_of_two_steps():
    assert 1 / (1 - sigma(np.log(1.0))) == pytest.approx(2.0)
    both_say("gradients/presets", "$1/(1-f) = 2$")


def test_the_wall_is_as_narrow_as_the_lesson_says():
    w = np.linspace(4.7, 4.9, 200_001)
    found = cliff.losses(w, np.full_like(w, -2.5))
    low, high = found.values.min(), found.values[0]
    rising = w[(found.values > low + 0.1 * (high - low)) & (found.values < low + 0.9 * (high - low))]
    near = rising[np.abs(rising - w[np.abs(found.by_w).argmax()]) < 0.01]
    assert np.ptp(near) < 0.001
    assert np.abs(found.by_w).max() > 1000 * np.median(np.abs(found.by_w))
    both_say("clipping/wall", "0.001", "$b = -2.5$")


def test_a_bias_that_keeps_a_third_for_a_thousand_steps():
    assert sigma(6.9) == pytest.approx(0.999, abs=1e-4)
    assert sigma(4.595) ** 100 == pytest.approx(0.366, abs=0.001)
    assert 1 - sigma(6.9) == pytest.approx(np.exp(-6.9), rel=0.002)
    both_say("gates/question", r"\sigma(6.9) = 0.999")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_state_and_weights_are_told_apart(lang):
    weights = {"en": "weights", "zh": "权重"}[lang]
    for name in ("home/inside", "text/remember"):
        assert weights in lesson(name, lang)
    assert "all that it knows" not in lesson("home/inside", "en")
    assert "one cell in twenty" not in lesson("text/units", "en")


def test_the_digits_are_fourteen_forms_in_three_parts():
    """Each form begins with 0 to 9 in order, up to three times: a form is more than 50 digits behind the one before."""
    parts = [pictures(part).digits for part in ("training", "validation", "test")]
    whole = np.concatenate(parts)
    ordered = [at for at in range(len(whole) - 9) if (whole[at : at + 10] == np.arange(10)).all()]
    firsts = [at for before, at in pairwise([-100, *ordered]) if at - before > 50]
    ends = np.cumsum([len(part) for part in parts])
    assert [sum(end - len(part) <= at < end for at in firsts) for part, end in zip(parts, ends, strict=True)] == [
        8,
        2,
        4,
    ]
    assert set(ends[:-1]) <= set(firsts)
    said = {
        "en": ("fourteen", "thirteen", "eight forms", "two for", "four for"),
        "zh": ("十四份", "十三个人", "八份", "两份", "四份"),
    }
    for lang, words in said.items():
        assert all(each in lesson("vision/honest", lang) for each in words)


def test_pairs_of_neighbours_tell_the_two_reviews_apart_and_single_words_do_not():
    for lang, split in (("en", str.split), ("zh", list)):
        one, other = re.findall(r"“(.+?)”", lesson("sentiment/question", lang))[:2]
        first, second = (split(re.sub(r"[,.，。]", " ", text).lower().strip()) for text in (one, other))
        assert sorted(first) == sorted(second)
        assert set(pairwise(first)) != set(pairwise(second))


def test_a_forget_gate_of_three_leaves_enough_to_begin_with():
    assert sigma(0.0) ** 100 == pytest.approx(1e-30, rel=0.3)
    assert np.log10(sigma(1.0) ** 100) == pytest.approx(-14, abs=0.5)
    assert sigma(3.0) ** 100 == pytest.approx(0.008, abs=0.0005)
    both_say("experiments/forget", "$10^{-30}$", "$10^{-14}$", "0.008")


def test_the_butterfly_holds_at_its_strength_and_not_at_one():
    def apart(cell, gain):
        setup = SequenceSetup(cell, 64, 200, signal="noise", first_weights="orthogonal", gain=gain)
        return float(np.abs(run_of(setup, with_difference(setup, 1, 1e-9)).hs[-1] - run_of(setup).hs[-1]).max())

    assert apart("rnn", 2.2) > 0.1
    assert apart("rnn", 1.0) < 1e-10
    assert max(apart("gru", 2.2), apart("lstm", 2.2)) < 1e-8
    both_say("states/presets", "2.2")


def test_the_page_of_choices_counts_the_translation_network():
    networks = APPLICATIONS["translate"].settings.shipped().values()
    largest = max(sum(map(prod, settings.network_shapes().values())) for settings in networks)
    both_say("choose/dialogue", f"{round(largest, -3):,}")
