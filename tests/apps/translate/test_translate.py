"""Translation: a grammar that is checked both ways, disjoint parts, a reader equal to torch, and honest scores."""

import re
from itertools import product

import numpy as np
import pytest
import torch
from safetensors.torch import load

from rnn_core.apps.trained import load_trained
from rnn_core.apps.translate import baselines as simple
from rnn_core.apps.translate import data
from rnn_core.apps.translate.distance import edit_distance
from rnn_core.apps.translate.grammar import numbers
from rnn_core.apps.translate.grammar.date_text import NoSuchDay
from rnn_core.apps.translate.own import OwnText, Refused, own_text, truths
from rnn_core.apps.translate.programs import as_keras, as_torch
from rnn_core.apps.translate.reader import Reader, scores
from rnn_core.apps.translate.settings import MEASURES, SHIPPED, Settings, standard
from rnn_core.apps.translate.tokens import encode_pairs, languages
from rnn_core.learn.train import advance, start
from tests.programs import printed

SMALL = Settings(cell="gru", hidden=6, embedding=4, pairs=40, batch=5, budget=20)


# The grammar


@pytest.mark.parametrize(
    ("number", "english", "chinese"),
    [
        (0, "zero", "零"),
        (10, "ten", "十"),
        (15, "fifteen", "十五"),
        (20, "twenty", "二十"),
        (101, "one hundred and one", "一百零一"),
        (110, "one hundred and ten", "一百一十"),
        (115, "one hundred and fifteen", "一百一十五"),
        (342, "three hundred and forty-two", "三百四十二"),
        (1001, "one thousand and one", "一千零一"),
        (1010, "one thousand and ten", "一千零一十"),
        (1100, "one thousand one hundred", "一千一百"),
        (2200, "two thousand two hundred", "二千二百"),
        (10_010, "ten thousand and ten", "一万零一十"),
        (10_500, "ten thousand five hundred", "一万零五百"),
        (20_020, "twenty thousand and twenty", "二万零二十"),
        (90_506, "ninety thousand five hundred and six", "九万零五百零六"),
        (100_005, "one hundred thousand and five", "十万零五"),
        (105_000, "one hundred and five thousand", "十万五千"),
        (120_034, "one hundred and twenty thousand and thirty-four", "十二万零三十四"),
    ],
)
def test_numbers_are_written_by_the_convention(number, english, chinese):
    assert numbers.english(number) == english
    assert numbers.chinese(number) == chinese


def test_every_number_has_its_own_words_and_comes_back():
    some = [*range(0, 12_000), *range(12_000, 1_000_000, 997)]
    assert len({numbers.english(n) for n in some}) == len({numbers.chinese(n) for n in some}) == len(some)
    for n in some[::7]:
        assert numbers.from_english(numbers.english(n)) == n
        assert numbers.from_chinese(numbers.chinese(n)) == n
    for wrong in ("one two", "hundred", "ten hundred", "three hundred forty-two", "and", "x", ""):
        assert numbers.from_english(wrong) is None, wrong
    for wrong in ("十百", "一十五", "一千一", "一千零零一", "两", "a", ""):
        assert numbers.from_chinese(wrong) is None, wrong


# The parts


@pytest.mark.parametrize("task", data.TASKS)
def test_no_number_and_no_year_of_the_test_is_learned_from(task):
    learned = data.training_pairs(task, 10_000)
    targets = {pair.target for pair in learned}
    for part in ("validation", "test", "beyond"):
        kept = data.held_out(task, part)
        assert len(kept) == len(set(kept)) == data.SIZES[part]
        assert not targets & {target for pair in kept for target in pair.targets}
    if task == "dates":
        ranges, values = data.YEARS, [int(target[:4]) for target in targets if not target.startswith("--")]
        assert 300 < len(targets) - len(values) <= 366, "nearly every day of a year without a year"
    else:
        read = numbers.from_chinese if task == "en-zh" else numbers.from_english
        ranges, values = data.NUMBERS, [read(target) for target in targets]
        assert max(values) <= data.TRAINED_UP_TO
    assert all(data.part_of(value, ranges) == "training" for value in values)
    for one, other in product(ranges, ranges):
        if one != other:
            assert not any(a <= d and c <= b for (a, b), (c, d) in product(ranges[one], ranges[other]))


@pytest.mark.parametrize(("task", "letters"), [(task, letters) for task in data.TASKS for letters in (True, False)])
def test_symbols_are_known_and_text_comes_back(task, letters):
    reads, says = languages(task, letters)
    for pair in data.held_out(task, "beyond"):
        assert says.join(says.decode(says.encode(pair.target))) == pair.target
        reads.encode(pair.source)
    encoded = encode_pairs(data.held_out(task, "test")[:3], languages(task, letters))
    assert (encoded.decoder_inputs[:, 0] == says.end).all()
    assert (
        encoded.decoder_inputs[:, 1:][encoded.targets[:, 1:] >= 0]
        == encoded.targets[:, :-1][encoded.targets[:, 1:] >= 0]
    ).all()


# The network


def network_of(state):
    problem = state.settings.problem()
    tensors = load(state.tensors)
    problem.network.load_state_dict({name: tensors[f"network.{name}"] for name in problem.network.state_dict()})
    return problem.network


@pytest.mark.parametrize("attention", [True, False])
@pytest.mark.parametrize("cell", ["rnn-tanh", "gru", "lstm"])
def test_shapes_answers_and_gradients_are_those_of_the_torch_network(cell, attention):
    settings = SMALL.changed(cell=cell, attention=attention)
    state, _ = advance(start(settings), 3)
    network, reader = network_of(state), Reader(state)
    assert {name: tuple(w.shape) for name, w in network.named_parameters()} == dict(settings.network_shapes())
    pairs = encode_pairs(data.held_out("en-zh", "test")[:4], languages("en-zh", True))
    with torch.no_grad():
        theirs = network(*map(torch.from_numpy, (pairs.sources, pairs.lengths, pairs.decoder_inputs))).softmax(dim=2)
    for row in range(4):
        source = pairs.sources[row, : pairs.lengths[row]].tolist()
        wanted = pairs.targets[row][pairs.targets[row] >= 0].tolist()
        ours = reader.explain(source, wanted)
        np.testing.assert_allclose(ours.probabilities, theirs[row, : len(wanted)].numpy(), atol=1e-5)

    network = network.double()
    vectors = network.source(torch.tensor([source])).detach().requires_grad_()
    states, last = network.encoder(vectors)
    before = network.said(torch.tensor([[reader.target_language.end, *wanted[:-1]]])).detach().requires_grad_()
    said, _ = network.decoder(before, last)
    if attention:
        weights = (network.ask(said) @ states.transpose(1, 2)).softmax(dim=2)
        np.testing.assert_allclose(ours.attention, weights[0].detach().numpy(), atol=1e-10)
        said = torch.cat([said, weights @ states], dim=2)
    logs = network.readout(torch.tanh(network.combine(said))).log_softmax(dim=2)
    logs[0, 2, wanted[2]].backward()
    found = reader.gradients(ours, 2)
    np.testing.assert_allclose(found.encoder.dxs, vectors.grad[0].numpy(), atol=1e-10)
    np.testing.assert_allclose(found.decoder.dxs, before.grad[0].numpy(), atol=1e-10)


def test_chunks_do_not_matter_and_every_weight_learns():
    whole, _ = advance(start(SMALL), 5)
    half, _ = advance(start(SMALL), 2)
    assert advance(half, 3)[0] == whole
    problem = SMALL.problem()
    problem.train_on(0).loss.backward()
    assert all(weight.grad is not None and weight.grad.abs().max() > 0 for weight in problem.network.parameters())


def test_greedy_one_by_one_and_many_at_once_agree_and_a_beam_is_never_less_likely():
    reader = Reader(load_trained(Settings, "en-zh-gru").state)
    pairs = data.held_out("en-zh", "test")[:6] + data.held_out("en-zh", "beyond")[:2]
    encoded = encode_pairs(pairs, languages("en-zh", True))
    many = reader.greedy(encoded.sources, encoded.lengths)
    for row, pair in enumerate(pairs):
        source = reader.source_language.encode(pair.source)
        greedy = reader.translate(source)
        assert [token for token in greedy.output if token != reader.target_language.end] == many[row]
        beams = reader.search(source, 4)
        assert len(beams) == 4
        assert len({beam.output for beam in beams}) == 4
        assert beams[0].log_probability >= greedy.log_probability - 1e-9
        assert beams[0].log_probability == pytest.approx(
            reader.explain(source, beams[0].output).log_probability, abs=1e-9
        )
        np.testing.assert_allclose(greedy.attention.sum(axis=1), 1.0)


def test_nobody_looks_behind_the_end_of_a_text():
    reader = Reader(load_trained(Settings, "en-zh-gru").state)
    rng = np.random.default_rng(0)
    states, read = rng.normal(size=(1, 48)), rng.normal(size=(1, 5, 48))
    behind = np.array([[False, False, False, True, True]])
    short = reader._attended(states, read[:, :3], behind[:, :3])
    np.testing.assert_allclose(reader._attended(states, read, behind), short, atol=1e-12)


def test_edit_distance():
    assert edit_distance("kitten", "sitting") == 3
    assert edit_distance("", "abc") == edit_distance("abc", "") == 3
    assert edit_distance("三百", "三百") == 0


def test_a_dictionary_gets_the_easy_ones_right_and_no_zero():
    assert simple.word_by_word("three hundred and forty-two", "en-zh") == "三百四十二"
    assert simple.word_by_word("one thousand and one", "en-zh") == "一千一"
    assert simple.word_by_word("三百四十二", "zh-en") == "three hundred four ten two"
    assert simple.word_by_word("2021年3月9日 星期二", "dates") == "2021-03-09"
    assert simple.word_by_word("march 9, 2021", "dates") == "03-09-2021"
    assert simple.word_by_word("二〇二一年三月十一日", "dates") == "2021-03-11"


# What ships


@pytest.mark.parametrize("variant", SHIPPED)
def test_shipped_networks_have_the_scores_that_are_told_of_them(variant):
    trained = load_trained(Settings, variant)
    assert trained.state.settings == SHIPPED[variant]
    reported = dict(trained.about.scores)
    assert reported.keys() == {measure.name for measure in MEASURES}
    if variant in ("en-zh-gru", "dates-gru-plain"):  # making them again for all takes long
        assert scores(trained.state) == pytest.approx(reported, rel=1e-6)
    exact = MEASURES[0]
    if SHIPPED[variant].attention and SHIPPED[variant].cell != "rnn-tanh":
        for name, others in simple.baselines(trained.state.settings).items():
            assert exact.is_better(reported[exact.name], others[exact.name]), name
            assert reported[exact.name] > 0.85


@pytest.mark.parametrize("task", data.TASKS)
def test_attention_is_better_than_one_last_state(task):
    with_it, without = (load_trained(Settings, f"{task}-gru{end}").about.scores for end in ("", "-plain"))
    assert with_it["exactly right"] > without["exactly right"]


# A visitor's text


@pytest.mark.parametrize(
    ("task", "given", "text"),
    [
        ("en-zh", "  Three Hundred\tand forty–two ", "three hundred and forty-two"),
        ("en-zh", "10,010", "ten thousand and ten"),
        ("zh-en", "两万", "二万"),
        ("zh-en", "342", "三百四十二"),
        ("zh-en", "一 萬 〇 一", "一万零一"),
        ("zh-en", "壹佰贰拾。", "一百二十"),
        ("dates", "二零二一年三月九号", "二〇二一年三月九日"),
        ("dates", "9 March 2021", "9 march 2021"),
        ("dates", "２０２１年３月９日", "2021年3月9日"),
    ],
)
def test_own_text_is_made_ready(task, given, text):
    settings = standard(task)
    found = own_text(given, settings)
    assert isinstance(found, OwnText)
    assert found.text == text
    assert found.from_digits == bool(re.fullmatch(r"[\d,]+", given))
    assert truths(found.text, settings)


@pytest.mark.parametrize(
    ("task", "given", "wanted"),
    [
        ("en-zh", "   ", Refused("empty")),
        ("zh-en", " 。", Refused("empty")),
        *(
            (task, text, Refused("no whole number"))
            for task in ("en-zh", "zh-en")
            for text in ("12.5", "-5", "1000000")
        ),
        ("en-zh", "three " * 50, Refused("too long", length=299)),
        ("en-zh", "三百四十二", Refused("other direction", ("三", "百", "四", "十", "二"))),
        ("zh-en", "three", Refused("other direction", ("t", "h", "r", "e"))),
        ("en-zh", "<b>one</b>", Refused("unknown", ("<", "b", ">", "/"))),
        ("dates", "<2021>", Refused("unknown", ("<", ">"))),
        ("dates", "31 February 1999", Refused("no such day", day=NoSuchDay(2, 31, 1999))),
        ("dates", "\0\x01", Refused("unknown", ("\0", "\x01"))),
    ],
)
def test_what_cannot_be_read_is_told_apart(task, given, wanted):
    assert own_text(given, standard(task)) == wanted


# The same in other libraries


@pytest.mark.parametrize("settings", [standard("en-zh"), standard("dates", "lstm", False)], ids=["attention", "plain"])
@pytest.mark.parametrize("program", [as_torch, as_keras])
def test_the_programs_run(program, settings):
    source = program(settings.changed(batch=4, hidden=5), steps=2)
    assert "len(output) < 60" in source
    lines = printed(source.replace("len(output) < 60", "len(output) < 4"))  # untrained it would hardly come to an end
    assert np.isfinite(float(lines[0].split()[1]))
    assert [line.count("|") for line in lines[1:]] == [2, 2, 2]
