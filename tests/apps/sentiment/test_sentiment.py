"""Sentiment: labels from meaning, no bag of words can know them, no leak, a reader equal to torch, scores made again."""

import json
from itertools import pairwise

import numpy as np
import pytest
import torch
from safetensors.torch import load

from rnn_core.apps.sentiment import bags, data, edits, own, programs, reader
from rnn_core.apps.sentiment.baselines import ALWAYS, BAG, NEIGHBOURS, baselines, computed
from rnn_core.apps.sentiment.batch import padded
from rnn_core.apps.sentiment.chinese import CHINESE
from rnn_core.apps.sentiment.english import ENGLISH
from rnn_core.apps.sentiment.grammar import Writer
from rnn_core.apps.sentiment.settings import CORRECT, MEASURES, PAIRS, POOLINGS, SHIPPED, Settings, for_own
from rnn_core.apps.sentiment.words import MOST_WORDS, UNKNOWN, grammar_vocabulary, read, words, write
from rnn_core.apps.table import read_table
from rnn_core.apps.trained import load_trained
from rnn_core.errors import CoreError
from rnn_core.learn.train import advance, start
from tests.programs import printed

SMALL = Settings(hidden=4, embedding=3, batch=4, budget=2)
FACT = ("not at all boring, but slow", "slow, but not at all boring")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The plot is slow, but the acting is wonderful.", 1.5),
        ("The plot is wonderful, although the acting is slow.", 1.5),
        ("I would not say that the plot is not clever.", 0.49),
        ("The plot is a bit slow, the acting is really wonderful.", -0.5 + 1.5 * 1.5),
    ],
)
def test_meaning_decides_the_label(text: str, value: float) -> None:
    """Every one of these is written by the grammar; what is checked is the value that goes with it."""
    pattern, forms = _taken_apart(text)
    adjectives = {"slow": -1.0, "wonderful": 1.5, "clever": 1.0}
    values = [adjectives[word] * factor for word, factor in forms]
    found = {"a": values[0], "b": values[-1], "sum": sum(values)}[pattern]
    assert found == pytest.approx(value)


def _taken_apart(text: str) -> tuple[str, list[tuple[str, float]]]:
    """Which part decides, and each adjective with the factor in front of it, from the grammar's own tables."""
    joints = {", but ": ", but ", ", although ": ", although ", "not say": "", ", ": ", "}
    joint = next(each for each in joints if each in text)
    by_template = {each.template: each.decides for each in ENGLISH.patterns if not each.agree}
    decides = by_template["{a.clause}" + (joints[joint] + "{b.clause}" if joints[joint] else "")]
    factors = {each.template.removesuffix("{}").strip(): each.factor for each in ENGLISH.forms}
    frames = {each.template.removesuffix(" {}"): each.factor for each in ENGLISH.frames}
    found = []
    for clause in text.rstrip(".").split(joints[joint] or "\0"):
        outer = next((frames[frame] for frame in frames if clause.startswith(frame)), 1.0)
        phrase = clause.split(" is ")[1]
        before, _, word = phrase.rpartition(" ")
        found.append((word, outer * factors[before]))
    return decides, found


def test_a_pair_has_the_same_words_and_opposite_labels_so_no_bag_can_know_it() -> None:
    kept = data.pairs()
    for first, second in zip(range(0, len(kept), 2), range(1, len(kept), 2), strict=True):
        assert sorted(kept.words[first]) == sorted(kept.words[second])
        assert kept.labels[first] != kept.labels[second]
    assert computed(Settings())[BAG][PAIRS] == baselines(Settings())[BAG][PAIRS] == 0.5
    scores = [bags.bags("", 1)[0].score(words(text)) for text in FACT]
    assert scores[0] == pytest.approx(scores[1], abs=1e-12)


def test_no_test_sentence_was_trained_on_in_any_order_of_its_words() -> None:
    trained = {tuple(sorted(found)) for found in data.training().words}
    looked_at = {tuple(sorted(found)) for found in data.validation().words}
    for kept in (data.test(), data.pairs()):
        assert not {tuple(sorted(found)) for found in kept.words} & (trained | looked_at)
    assert not trained & looked_at
    assert max(map(len, data.training().words)) < min(map(len, data.longer().words))


def test_negations_of_the_held_out_words_were_never_trained_on() -> None:
    """Directly behind a negation, in either language: a weaker look than the grammar's own, and independent of it."""
    after = {"not", "never", "hardly", "不", "谈不上", "算不上"}
    for grammar in (ENGLISH, CHINESE):
        for kept in (data.training(), data.validation(), data.test()):
            met = {right for found in kept.words for left, right in pairwise(found) if left in after}
            assert not met & grammar.never_negated
        assert any(set(found) & grammar.never_negated for found in data.training().words), "affirmed, they are"


def test_every_word_of_the_vocabulary_is_trained_and_no_review_has_another() -> None:
    names = set(grammar_vocabulary().names[2:])
    assert {word for found in data.training().words for word in found} == names
    assert {word for kept in data.GENERATED.tests().values() for found in kept.words for word in found} <= names


def test_reviews_of_both_kinds_and_languages_come_equally_often() -> None:
    writer = Writer(CHINESE, 1)
    assert np.mean([writer.review().positive for _ in range(1000)]) == pytest.approx(0.5, abs=0.06)
    assert data.training().labels.mean() == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize("pooling", POOLINGS)
@pytest.mark.parametrize("cell", ["rnn-tanh", "gru", "lstm"])
def test_the_reader_says_what_torch_says(cell: str, pooling: str) -> None:
    settings = SMALL.changed(
        cell=cell,
        pooling=pooling,
        bidirectional=cell != "gru",
        layers=2 if cell == "lstm" else 1,
        words_too=pooling in ("mean", "max"),
    )
    state = start(settings)
    network = settings.problem().network
    assert {name: tuple(weight.shape) for name, weight in network.named_parameters()} == dict(settings.network_shapes())
    network.load_state_dict({name.removeprefix("network."): value for name, value in load(state.tensors).items()})
    ours = reader.Reader(state)
    sentences = [ours.ids(words(text)) for text in (FACT[0], "<b>wow</b>", "虽然有点慢，但是一点也不无聊")]
    ids, lengths = padded(sentences)
    with torch.no_grad():
        theirs = network(torch.from_numpy(ids), torch.from_numpy(lengths))[:, 0].numpy()
    assert ours.scores(sentences) == pytest.approx(theirs, abs=1e-5)

    reading = ours.read(words(FACT[0]))
    assert reading.score == pytest.approx(theirs[0], abs=1e-5)
    assert reading.prefixes[-1] == pytest.approx(reading.score)
    assert reading.weights.sum() == pytest.approx(1.0)
    assert reading.without[1] == pytest.approx(ours.score(words("not all boring, but slow")))
    vectors = network.embedding(torch.from_numpy(ids[:1, : lengths[0]])).detach().requires_grad_()
    network.embedding.forward = lambda _ids: vectors
    network(torch.from_numpy(ids[:1, : lengths[0]]), torch.from_numpy(lengths[:1])).sum().backward()
    assert reading.saliency == pytest.approx((vectors.grad * vectors)[0].sum(dim=1).detach().numpy(), abs=1e-5)


def test_a_word_alone_and_an_unknown_word_can_be_read() -> None:
    ours = reader.Reader(start(SMALL))
    reading = ours.read(["zzz"])
    assert ours.ids(["zzz"]) == [UNKNOWN]
    assert not reading.known[0]
    assert reading.left_out[0] == pytest.approx(reading.score - reading.before)
    assert len(reading.beliefs) == 2


def test_training_goes_on_from_its_state_alone() -> None:
    whole, _ = advance(start(SMALL), 2)
    half, _ = advance(start(SMALL), 1)
    assert advance(half, 1)[0].tensors == whole.tensors


@pytest.mark.parametrize("variant", SHIPPED)
def test_the_scores_that_ship_are_those_of_the_weights_that_ship(variant: str) -> None:
    trained = load_trained(Settings, variant)
    assert trained.state.settings == SHIPPED[variant]
    assert reader.scores(trained.state) == pytest.approx(dict(trained.about.scores))


@pytest.mark.parametrize("variant", ["lstm", "gru", "lstm-attention"])
def test_the_gated_networks_beat_every_trivial_answer(variant: str) -> None:
    trained = load_trained(Settings, variant)
    for name in (ALWAYS, BAG, NEIGHBOURS):
        assert all(trained.about.scores[each.name] > baselines(Settings())[name][each.name] for each in MEASURES)


@pytest.mark.parametrize("variant", ["lstm", "gru"])
def test_the_two_orders_of_one_bag_are_told_apart(variant: str) -> None:
    """In both languages; the negation of "boring" was never trained on."""
    ours = reader.Reader(load_trained(Settings, variant).state)
    for first, second in (FACT, ("一点也不无聊，但是有点慢", "有点慢，但是一点也不无聊")):
        assert ours.score(words(first)) < 0 < ours.score(words(second))


def test_the_network_with_attention_gets_the_untrained_negation_wrong_as_the_page_says() -> None:
    assert reader.Reader(load_trained(Settings, "lstm-attention").state).score(words(FACT[0])) > 0


def test_what_is_kept_of_the_word_counts_is_what_counting_gives() -> None:
    for order in (1, 2):
        again, kept = bags.trained("", order)[0], bags.bags("", order)[0]
        assert kept.weights == pytest.approx(again.weights, abs=1e-3)
    assert {name: dict(found) for name, found in baselines(Settings()).items()} == {
        name: pytest.approx(dict(found), abs=5e-3) for name, found in computed(Settings()).items()
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It isn't bad, I can't say!", "it is not bad , i can not say"),
        ("一点也不无聊，但是有点慢。", "一点 也 不 无聊 , 但是 有点 慢"),
        ("我不得不说iPhone15很好看", "我 不得不说 iphone 15 很 好看"),
        ("<script>", "< script >"),
        (" \n", ""),
        ("...", ""),
    ],
)
def test_sentences_are_cut_into_words(text: str, found: str) -> None:
    assert " ".join(words(text)) == found


@pytest.mark.parametrize(
    "text", ["It isn't bad, I can't say so. Why? 3 of 5", "虽然 iPhone 15 很慢，但是一点也不难用", "😀 <b>好</b>"]
)
def test_the_words_of_a_sentence_make_it_again(text: str) -> None:
    assert write(read(text)) == text


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        (FACT[0], FACT[1]),
        ("Although it is slow, it isn't bad.", "Although it isn't bad, it is slow"),
        ("I saw it. Not boring but slow", "I saw it. Slow but not boring"),
        ("虽然很慢，但是不无聊，我每天都用", "虽然不无聊，但是很慢，我每天都用"),
        ("boring", None),
    ],
)
def test_the_parts_around_a_contrast_change_places(text: str, changed: str | None) -> None:
    found = edits.parts_exchanged(read(text))
    assert found == changed or (found or "").lower() == (changed or "").lower()


def test_a_negation_is_left_out_with_what_belongs_to_it() -> None:
    for text, left in ((FACT[0], "boring, but slow"), ("一点也不无聊", "无聊"), ("It isn't bad", "It is bad")):
        assert edits.without(read(text), edits.first_negation(read(text))) == left


def _table(rows: list[str]) -> own.OwnReviews:
    return own.own_reviews(read_table("\n".join(rows).encode(), has_header=True))


def test_an_own_table_is_understood_and_its_wrong_rows_are_named() -> None:
    found = _table(["id,opinion,label", "1,not bad at all,positive", "2,slow,maybe", "3,,negative", "4,很无聊,差评"])
    assert (found.text_name, found.label_name) == ("opinion", "label")
    assert found.rows == (("not bad at all", True), ("很无聊", False))
    assert (found.numbers, found.wrong_labels, found.no_text) == ((2, 5), (3,), (4,))
    stars = _table(["stars,text", "5,good film", "1,bad film", "3,so so", "2,dull film"])
    assert (stars.undecided, [good for _text, good in stars.rows]) == ((4,), [True, False, False])
    with pytest.raises(own.NoReviews):
        _table(["a,b", "x,y", "z,w"])


def test_own_reviews_are_trained_on_and_damaged_ones_refused() -> None:
    rows = [(f"{'not ' * (k % 2)}good {chr(97 + k % 26)}{k}", k % 2 == 0) for k in range(300)]
    settings = SMALL.changed(rows=own.pack(rows))
    assert settings.vocabulary.knows("not")
    assert not settings.vocabulary.knows("a0"), "seen once"
    state, _ = advance(start(settings), 2)
    assert reader.scores(state).keys() == {CORRECT}
    assert baselines(settings)[BAG][CORRECT] > 0.9, "here the order tells nothing"
    parts = [set(part().texts) for part in (settings.data.training, settings.data.validation)]
    assert not parts[0] & parts[1]
    own_settings = for_own(own.pack(rows)).changed(hidden=4, embedding=6, budget=4)
    own_state, _ = advance(start(own_settings), 2)
    assert own_state == advance(advance(start(own_settings), 1)[0], 1)[0], "the masks of dropout are those of the step"
    long = (MOST_WORDS + 5) * "good "
    for damaged in ("[", "[1]", json.dumps([["", 1]] * 300), json.dumps([["good", 1]] * 3), json.dumps([[long, 2]])):
        with pytest.raises(CoreError, match="your reviews"):
            SMALL.changed(rows=damaged)


def test_words_of_praise_begin_with_their_counts_and_dropout_is_in_training_only() -> None:
    rows = [(f"{'lovely' if k % 2 else 'awful'} film {chr(97 + k % 26)}{k}", k % 2 == 1) for k in range(300)]
    settings = for_own(own.pack(rows))
    problem = settings.problem()
    vectors = problem.first_weights()["embedding.weight"]
    praise, complaint, both = (vectors[settings.vocabulary.ids([word])[0], :4] for word in ("lovely", "awful", "film"))
    assert praise.min() > 1.0
    assert complaint.max() < -1.0
    assert both.abs().max() < 0.5
    without = settings.changed(dropout=0.0).problem()
    without.network.load_state_dict(problem.network.state_dict())
    assert problem.held_out().loss.item() == without.held_out().loss.item()
    assert problem.train_on(3).loss.item() == problem.train_on(3).loss.item() != without.train_on(3).loss.item()


@pytest.mark.parametrize("write_program", [programs.as_torch, programs.as_keras])
@pytest.mark.parametrize(
    "settings",
    [SMALL, SMALL.changed(cell="gru", bidirectional=True, pooling="attention", layers=2, dropout=0.3, words_too=True)],
)
def test_the_programs_run_and_read_both_orders(write_program: object, settings: Settings) -> None:
    lines = printed(write_program(settings, 2))
    assert lines[0].startswith("loss")
    assert [line.split(" ", 1)[1].replace(" ,", ",") for line in lines[2:]] == list(FACT)


def test_anything_but_is_one_part() -> None:
    assert edits.parts_exchanged(read("anything but boring")) is None
    assert edits.parts_exchanged(read("slow, but anything but boring")) == "anything but boring, but slow"
