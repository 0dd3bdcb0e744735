"""Character models: nothing leaks, the reader is the torch network, counts are Kneser and Ney's, and what is shipped holds."""

import itertools
import json
import pickle
from dataclasses import replace

import numpy as np
import pytest
import torch
from safetensors.torch import load

from rnn_core.apps.text import data, ngram, own, programs, units, writing
from rnn_core.apps.text.baselines import NGRAM, baselines
from rnn_core.apps.text.reader import Reader, scores
from rnn_core.apps.text.settings import MEASURES, MOST_OWN_STEPS, SHIPPED, Settings, for_own
from rnn_core.apps.trained import APPS, load_trained
from rnn_core.errors import CoreError
from rnn_core.learn import runfile
from rnn_core.learn.train import advance, start
from tests.kinds import EVERY_KIND
from tests.programs import printed

POEM = "Row, row, row your boat, gently down the stream; merrily, merrily, life is but a dream.\n" * 20
SMALL = {
    "two layers, one hot": Settings(cell="lstm", layers=2, hidden=6, batch=4, steps=16, budget=4, check_every=2),
    "embedding": Settings(text="chinese", cell="gru", embedding=5, hidden=6, batch=4, steps=16, budget=4),
    "tied": Settings(
        text="chinese", layers=2, embedding=6, hidden=6, tied=True, dropout=0.3, batch=4, steps=16, budget=4
    ),
    "own": Settings(text="own", own=own.pack(POEM), cell="rnn-tanh", hidden=6, batch=4, steps=16, budget=4),
    "pieces": Settings(
        text="own", own=own.pack(POEM), merges=12, cell="gru", embedding=5, hidden=6, batch=4, steps=16, budget=4
    ),
}


@pytest.mark.parametrize("name", ["english", "chinese", "python"])
def test_no_document_is_in_two_parts(name):
    documents, parts = data.documents_of(name), data.parts(name, "")
    assert len(set(documents)) == len(documents)
    assert sum(len(document) + len(data.BETWEEN[name]) for document in documents) == sum(
        len(part) for part in (parts.training, parts.validation, parts.test)
    )
    for part in (parts.validation, parts.test):
        longest = [
            line for document in part.split(data.BETWEEN[name]) for line in document.split("\n") if len(line) > 150
        ]
        assert sum(line in parts.training for line in longest) <= 0.01 * len(longest)


def test_the_alphabet_is_the_training_parts():
    for settings in (Settings(), Settings(text="chinese", embedding=8)):
        corpus, training = settings.corpus, settings.parts.training
        assert all(training.count(symbol) >= data.LEAST_SEEN for symbol in corpus.symbols[1:])
        assert corpus.decode(corpus.encode("§Ж")) == data.UNKNOWN * 2
    changed = data.parts("own", own.pack(POEM + "Z" * 300))
    assert "Z" in changed.test
    assert "Z" not in data.corpus("own", own.pack(POEM + "Z" * 300)).symbols


@pytest.mark.parametrize("name", SMALL)
def test_the_reader_is_the_torch_network_and_its_gradients_are_torchs(name):
    settings = SMALL[name]
    state, _metrics = advance(start(settings), 3, view=False)
    problem = settings.problem()
    assert dict(settings.network_shapes()) == {
        key: tuple(each.shape) for key, each in problem.network.named_parameters()
    }
    stored = load(state.tensors)
    problem.network.load_state_dict({key: stored[f"network.{key}"] for key in problem.network.state_dict()})
    network, reader = problem.network.double(), Reader(state)
    look = reader.inspect(settings.parts.test[:50])
    symbols = torch.from_numpy(reader.corpus.encode(look.text))[None]
    if settings.embedding is None:
        xs = torch.nn.functional.one_hot(symbols, reader.corpus.size).double()
    else:
        xs = network.embedding(symbols).detach()
    xs.requires_grad_()
    network.eval()
    answer = network.readout(network.layers(xs)[0], None if network.embedding is None else network.embedding.weight)
    torch.nn.functional.cross_entropy(answer[0, 20], symbols[0, 21]).backward()
    np.testing.assert_allclose(look.answer.scores, answer[0, :-1].detach().numpy(), rtol=0, atol=1e-12)
    np.testing.assert_allclose(reader.gradients(look, 20).dxs[:30], xs.grad[0, :30].numpy(), rtol=0, atol=1e-12)
    fast = reader.stream.read(reader.encode(look.text)[None])[1][:-1, 0]
    np.testing.assert_allclose(fast, look.answer.scores, rtol=0, atol=1e-12)


def test_dropout_is_in_training_only_and_a_tied_readout_has_no_weights_of_its_own():
    settings = SMALL["tied"]
    problem = settings.problem()
    losses = []
    for _again in range(2):
        problem.carry = {name: torch.zeros_like(state) for name, state in problem.carry.items()}
        losses.append((problem.train_on(1).loss.item(), problem.held_out().loss.item()))
    assert losses[0] == losses[1], "the masks are those of the step"
    without = settings.changed(dropout=0.0).problem()
    without.network.load_state_dict(problem.network.state_dict())
    assert without.held_out().loss.item() == losses[0][1], "nothing is dropped in an evaluation"
    assert without.train_on(1).loss.item() != losses[0][0]
    assert "readout.weight" not in settings.network_shapes()
    with pytest.raises(CoreError, match="tied"):
        settings.changed(embedding=5)


def test_the_settings_of_an_own_text_follow_its_size_and_its_alphabet():
    poems = "\n\n".join(data.documents_of("chinese"))
    short, long = (for_own(own.pack(text)) for text in (POEM, POEM * 200))
    assert (short.hidden, short.tied) == (96, False)
    assert long.hidden > short.hidden
    assert long.dropout < short.dropout
    assert long.budget <= MOST_OWN_STEPS
    chinese = for_own(own.pack(poems))
    assert chinese.tied
    assert chinese.parameters < chinese.changed(tied=False).parameters


def test_first_weights_from_counts_are_the_best_approximation_of_the_neighbours():
    settings = Settings(text="own", own=own.pack(POEM * 3), embedding=12, hidden=12, counted=True)
    problem, size = settings.problem(), settings.corpus.size
    weights = problem.first_weights()
    symbols = settings.corpus.training
    assert torch.allclose(weights["readout.bias"].exp().sum(), torch.tensor(1.0))
    assert int(weights["readout.bias"].argmax()) == np.bincount(symbols).argmax()
    both = np.zeros((size, size))
    for one, other in itertools.pairwise(symbols):
        both[one, other] += 1
        both[other, one] += 1
    alone = np.maximum(both.sum(axis=1), 1.0)
    information = np.log(np.maximum(both * both.sum() / np.outer(alone, alone), 1.0))
    left, values, _right = np.linalg.svd(information)
    wanted = (left[:, :12] * values[:12]) @ left[:, :12].T
    found = weights["embedding.weight"].double().numpy()
    found = found @ found.T
    assert np.corrcoef(found.ravel(), wanted.ravel())[0, 1] > 0.99
    assert start(settings) == start(settings)
    with pytest.raises(CoreError, match="counted"):
        settings.changed(embedding=None)


@pytest.mark.long
def test_first_weights_from_counts_shorten_the_training():
    poems = own.pack("\n\n".join(data.documents_of("chinese")))
    counted = for_own(poems).changed(budget=40, check_every=40)
    losses = [advance(start(each), 40, view=False)[0].best_loss for each in (counted, counted.changed(counted=False))]
    assert losses[0] < losses[1] - 0.1


@pytest.mark.parametrize("name", ["two layers, one hot", "tied"])
def test_chunks_of_any_size_give_the_same_bits_and_the_state_goes_on(name):
    settings = SMALL[name]
    whole = advance(start(settings), 4, view=False)[0]
    halves = advance(advance(start(settings), 1, view=False)[0], 3, view=False)[0]
    assert whole == halves
    assert abs(load(whole.tensors)["carry.c"]).max() > 0
    problem = settings.problem()
    first, begins = problem.chunk(0)
    second, begins_again = problem.chunk(1)
    assert (begins, begins_again) == (True, False)
    assert torch.equal(first[:, -1], second[:, 0]), "the next chunk begins with what the last one ended with"


def test_each_pass_over_the_text_starts_from_a_zero_state():
    problem = SMALL["own"].problem()
    beginnings = [step for step in range(30) if problem.chunk(step)[1]]
    assert beginnings[0] == 0
    for step, matters in ((beginnings[1], False), (beginnings[1] + 1, True)):
        losses = []
        for memory in (0.0, 0.9):
            problem.carry = {name: torch.full_like(state, memory) for name, state in problem.carry.items()}
            losses.append(problem.train_on(step).loss.item())
        assert (losses[0] != losses[1]) == matters


def test_a_run_with_an_own_text_is_a_small_file_and_comes_back():
    settings = SMALL["own"]
    state, _metrics = advance(start(settings), 1, view=False)
    assert runfile.load(runfile.save(state), EVERY_KIND)[0] == state
    large = Settings(text="own", own=own.pack("".join(data.documents_of("english"))[: own.MOST_BYTES]), hidden=8)
    assert len(pickle.dumps(large)) < 250_000, "what travels with each chunk"
    with pytest.raises(CoreError, match="text"):
        Settings(text="own", own=settings.own[:-9] + "AAAAAAAA=")
    with pytest.raises(CoreError, match="text"):
        Settings(text="english", own=settings.own)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (b"", "nothing"),
        (b"too short", "9 characters"),
        (b"\x89PNG\r\n\x1a\n\0\0\0" * 500, "no text"),
        (b"\xff\xd8\xff\xe0" * 900, "no text"),
        (b"\x01\x02" * 4000, "no font"),
    ],
)
def test_what_is_no_text_is_refused_with_words(given, words):
    with pytest.raises(CoreError) as refused:
        own.pack(own.read_text(given))
    assert words in str(refused.value)


def test_texts_come_in_several_encodings():
    poems = "\n".join(data.documents_of("chinese"))[:2000]
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "gb18030"):
        assert own.unpack(own.pack(own.read_text(poems.encode(encoding)))) == own.clean(poems)
    for bytes_missing in (1, 2):
        cut = poems.encode()[:-bytes_missing]
        assert own.read_text(cut) == poems[:-1], "a file that ends within a character is read up to it"


def test_counts_are_those_of_kneser_and_ney():
    training = np.array([1, 2, 1, 2, 1, 3, 1, 2, 3, 3, 1, 2, 1, 1, 0, 2, 1, 2])
    model = ngram.count(training, 5, order=3)
    for context in itertools.chain([()], itertools.product(range(5), repeat=1), itertools.product(range(5), repeat=2)):
        given = model.distribution(np.array(context, np.int64))
        assert given.sum() == pytest.approx(1.0, abs=1e-12)
        assert given.min() > 0
        assert given == pytest.approx([_kneser_ney(training.tolist(), 3, 5, context, w) for w in range(5)], abs=1e-12)
    text_given = np.array([1, 2, 1, 4, 2, 1])
    by_hand = [model.distribution(text_given[max(0, t - 2) : t])[text_given[t]] for t in range(1, 6)]
    assert model.probabilities(text_given) == pytest.approx(by_hand, abs=1e-12)
    favourites = [model.distribution(text_given[max(0, t - 2) : t]).argmax() for t in range(1, 6)]
    assert model.favourites(text_given).tolist() == favourites


def _kneser_ney(training, order, V, context, w):
    """The formula with sets and lists, as slowly as it is written down."""

    def grams(k):
        return [tuple(training[t : t + k]) for t in range(len(training) - k + 1)]

    k = len(context) + 1
    entries = {}
    for gram in grams(k) if k == order else [longer[1:] for longer in set(grams(k + 1))]:
        entries[gram] = entries.get(gram, 0) + 1
    counts = list(entries.values())
    discount = counts.count(1) / (counts.count(1) + 2 * counts.count(2)) if 1 in counts and 2 in counts else 0.5
    followed = {gram: count for gram, count in entries.items() if gram[:-1] == tuple(context)}
    shorter = _kneser_ney(training, order, V, context[1:], w) if k > 1 else 1 / V
    if not followed:
        return shorter
    total = sum(followed.values())
    return (max(followed.get((*context, w), 0) - discount, 0) + discount * len(followed) * shorter) / total


@pytest.mark.parametrize("variant", SHIPPED)
def test_a_shipped_network_is_as_good_as_its_file_says(variant):
    trained = load_trained(Settings, variant)
    assert trained.state.settings == SHIPPED[variant]
    found, measure = scores(trained.state), MEASURES[0]
    assert dict(found) == pytest.approx(dict(trained.about.scores), abs=1e-9)
    for name, simple in baselines(trained.state.settings).items():
        if name != NGRAM:  # the table of counts may win: the page says so
            assert measure.is_better(found[measure.name], simple[measure.name])


def test_all_shipped_files_together_are_small():
    files = [path for path in (APPS / "text" / "files").iterdir() if path.suffix != ".txt"]
    assert sum(path.stat().st_size for path in files) < 5_000_000
    assert {
        json.loads(path.read_text())["command"].rsplit(" ", 1)[1] for path in files if path.suffix == ".json"
    } == set(SHIPPED)


@pytest.fixture(scope="module")
def reader():
    return Reader(load_trained(Settings, "english-rnn-tanh").state)


def test_temperature_top_k_and_nucleus_do_what_they_say(reader):
    scores_given = np.array([9.0, 3.0, 2.0, 1.0, 0.0])
    p = np.exp(scores_given[1:]) / np.exp(scores_given[1:]).sum()
    used = writing.reshaped(scores_given, writing.Manner(temperature=1.0))
    assert used == pytest.approx([0, *p])
    assert np.flatnonzero(writing.reshaped(scores_given, writing.Manner(temperature=1.0, top_k=2))).tolist() == [1, 2]
    assert np.flatnonzero(writing.reshaped(scores_given, writing.Manner(temperature=1.0, top_p=0.7))).tolist() == [1, 2]
    assert np.flatnonzero(writing.reshaped(scores_given, writing.Manner(temperature=1.0, top_p=0.6))).tolist() == [1]
    assert writing.reshaped(scores_given, writing.Manner(temperature=0.0)).tolist() == [0, 1, 0, 0, 0]


def test_a_forced_character_changes_what_follows_and_nothing_before(reader):
    manner = writing.Manner(temperature=1.0, seed=3)
    free = writing.write(reader, "And God said", 60, manner)
    assert free == replace(free)
    assert free.text == writing.write(reader, "And God said", 60, manner).text
    forced = writing.write(reader, "And God said", 60, manner, {10: "Z"})
    assert forced.text[:10] == free.text[:10]
    assert forced.text[10] == "Z"
    assert forced.choices[10].forced
    assert forced.text[11:] != free.text[11:]
    assert writing.write(reader, "", 5, manner, {2: "Ж"}).choices[2].forced is False


def test_a_beam_finds_what_is_more_probable(reader):
    greedy = writing.write(reader, "And the ", 40, writing.Manner(temperature=0.0))
    assert writing.beam(reader, "And the ", 40, 1).text == greedy.text
    assert writing.beam(reader, "And the ", 40, 8).bits <= greedy.bits
    look = reader.inspect("And the " + greedy.text)
    assert look.surprise[7:].sum() == pytest.approx(greedy.bits, abs=1e-6)


def test_a_unit_that_keeps_a_feature_is_found(reader, monkeypatch):
    def made(_reader, part):
        known = units.features(part)["a space was read"]
        noise = np.random.default_rng(len(part)).normal(size=(len(part), 3))
        return np.column_stack([-known, noise])

    monkeypatch.setattr(units, "states_over", made)
    found = units.units(reader)
    assert found.features[found.best[0]] == "a space was read"
    assert found.scores[0] == pytest.approx(1.0)
    assert found.sign[0] == -1
    assert found.scores[1:].max() < 0.1, "the best of many tries on noise is not taken for knowledge"


def test_a_unit_of_the_poems_counts_the_characters_of_a_clause():
    found = units.units(Reader(load_trained(Settings, "chinese-lstm").state))
    best = int(found.scores.argmax())
    assert found.features[found.best[best]] == "place in the clause"
    assert found.scores[best] > 0.8, "the lesson says so"


def test_a_part_without_any_feature_has_scores_of_zero():
    settings = Settings(text="own", own=own.pack("ab" * 500 + "\n" * 3000 + "ab" * 5), hidden=4, batch=2, budget=2)
    found = units.units(Reader(start(settings)))
    assert found.scores.tolist() == [0.0] * 4


def test_features_of_a_text():
    found = units.features("Ab (c\n  'd') # e")
    assert found["place in the line"].tolist() == [1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    assert found["within brackets"].tolist() == [0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0]
    assert found["within quotation marks"].tolist() == [0] * 8 + [1, 1, 0, 0, 0, 0, 0, 0]
    assert found["within a comment"].tolist() == [0] * 13 + [1, 1, 1]
    assert found["indentation of the line"].tolist() == [0] * 6 + [1] + [2] * 9


@pytest.mark.parametrize(
    ("library", "small"),
    [("torch", "pieces"), ("torch", "tied"), ("keras", "two layers, one hot"), ("keras", "tied")],
)
def test_the_shown_program_runs(library, small):
    settings = SMALL[small].changed(clip_norm=1.0)
    program = (programs.as_torch if library == "torch" else programs.as_keras)(settings, steps=2)
    assert any(line.startswith("step 1: ") for line in printed(program))
