"""The recommender: sessions whose best possible prediction is known, a network that learns from other sessions, and its scores."""

from itertools import product

import numpy as np
import pytest
import torch

from rnn_core.apps.recommend import baselines as counted
from rnn_core.apps.recommend import data
from rnn_core.apps.recommend import process as made
from rnn_core.apps.recommend.items import CATEGORIES, by_name, items
from rnn_core.apps.recommend.network import Network
from rnn_core.apps.recommend.own import NoItems, WrongRow, own_sessions
from rnn_core.apps.recommend.programs import as_keras, as_torch
from rnn_core.apps.recommend.ranking import MEASURES, measures, ranks
from rnn_core.apps.recommend.reader import Reader, scores
from rnn_core.apps.recommend.settings import SHIPPED, Settings, standard
from rnn_core.apps.table import read_table
from rnn_core.apps.trained import load_trained
from rnn_core.learn.state_tensors import state_shapes
from rnn_core.learn.train import advance, start
from tests.programs import printed

NAMES = by_name()
SMALL = Settings(cell="gru", hidden=6, embedding=4, sessions=30, batch=4, budget=20)


# The shop and the sessions


def test_every_item_has_two_names_and_every_category_its_needs():
    shop = items()
    assert len(NAMES) == 2 * len(shop) == 240
    for category in range(len(CATEGORIES)):
        inside = [item for item in shop if item.category == category]
        assert len(inside) == 12
        assert sum(item.answers is not None for item in inside) == 4
    assert all(shop[item.answers].answers is None for item in shop if item.answers is not None)


def test_no_test_session_was_ever_trained_on():
    def rows(sessions):
        return {tuple(row.tolist()) for row in sessions}

    seen = rows(data.training_sessions(20_000))
    for held_out in (data.validation_sessions(), data.test_sessions()):
        again = rows(held_out) & seen
        assert len(again) <= 0.01 * len(held_out), (
            "short sessions may be equal by chance; a shared stream would repeat all"
        )
    assert len({data.TRAINING, data.VALIDATION, data.TEST}) == 3


def enumerated(clicks):
    """P(clicks), summed over every way in which the visitor could have made them: the process written a second time, naively."""
    p = made.process()
    ways = {(taste, z, None): p.interests[z] / 2 for taste, z in product(range(2), range(len(p.interests)))}
    for t, x in enumerate(clicks):
        then = {}

        def add(state, chance, then=then):
            then[state] = then.get(state, 0.0) + chance

        again = made.REPEAT if t else 0.0
        for (taste, z, need), chance in ways.items():
            older = None if need is None else (need[0], need[1] + 1)
            add((taste, z, older), chance * again * clicks[:t].count(x) / max(t, 1))
            left = chance * (1 - again)
            if need is not None and need[1] >= 1:
                add((taste, z, None), left * made.ANSWER * p.answers[need[0], x])
                left *= 1 - made.ANSWER
            for y in range(len(p.interests)):
                here = left * p.drift[z, y] * p.browse[taste, y, x]
                if p.need_of[x] >= 0:
                    add((taste, y, (int(p.need_of[x]), 0)), here * made.OPEN)
                    here *= 1 - made.OPEN
                add((taste, y, older), here)
        ways = {state: chance for state, chance in then.items() if chance > 0}
    return sum(ways.values())


def test_the_best_possible_prediction_is_bayes_rule():
    camera, card, tent, beans = (NAMES[name] for name in ("camera", "memory card", "tent", "coffee beans"))
    for clicks in ([camera, tent, card], [camera, camera, beans, card], [beans, tent, NAMES["tent pegs"], beans]):
        said = made.beliefs(np.array([clicks])).next_click[0]
        np.testing.assert_allclose(said.sum(axis=1), 1.0, atol=1e-12)
        for t in range(len(clicks)):
            wanted = enumerated(clicks[: t + 1]) / (enumerated(clicks[:t]) if t else 1.0)
            assert said[t, clicks[t]] == pytest.approx(wanted, rel=1e-9)


def test_sessions_come_as_often_as_the_best_prediction_says():
    """Over many sessions the chance that Bayes' rule gave to what happened is that of an honest forecaster."""
    sessions = made.draw(np.random.default_rng(9), 1500)
    said = made.beliefs(sessions[:, :-1]).next_click
    at = sessions >= 0
    given = said[at]  # (n, V)
    hit = np.zeros_like(given)
    hit[np.arange(len(given)), sessions[at]] = 1.0
    for low, high in ((0.0, 0.01), (0.01, 0.05), (0.05, 0.2), (0.2, 1.0)):
        inside = (given >= low) & (given < high)
        assert hit[inside].mean() == pytest.approx(given[inside].mean(), rel=0.06)


def test_a_need_comes_back_two_clicks_later_and_never_sooner():
    camera, card, beans = (NAMES[name] for name in ("camera", "memory card", "coffee beans"))
    said = made.beliefs(np.array([[camera, beans, beans]])).next_click[0, :, card]
    assert said[2] > 10 * said[1]
    beliefs = made.beliefs(np.array([[camera, beans, card]]))
    need = int(made.process().need_of[camera])
    assert beliefs.need[0, 1, need] == pytest.approx(made.OPEN)
    assert beliefs.need[0, 3, need] < 0.1, "answered"


def test_ranks_and_measures():
    said = np.array([[0.1, 0.5, 0.5, 0.0], [3.0, 2.0, 1.0, 0.0]])
    assert ranks(said, np.array([2, 0])).tolist() == [2, 1]
    found = measures(np.array([1, 5, 6, 21]))
    assert found["hit rate at 5"] == 0.5
    assert found["hit rate at 20"] == 0.75
    assert found["reciprocal rank at 5"] == pytest.approx((1 + 1 / 5) / 4)
    assert found["reciprocal rank at 20"] == pytest.approx((1 + 1 / 5 + 1 / 6) / 4)


# The network


@pytest.mark.parametrize("tied", [False, True])
@pytest.mark.parametrize("cell", ["rnn-tanh", "gru", "lstm"])
def test_shapes_gradients_and_reader_are_those_of_the_torch_network(cell, tied):
    settings = SMALL.changed(cell=cell, tied=tied)
    network = settings.problem().network
    assert {name: tuple(w.shape) for name, w in network.named_parameters()} == dict(settings.network_shapes())
    state, _ = advance(start(settings), 3)
    assert state_shapes(settings, 3)
    reader = Reader(state)
    network = network_of(state)
    clicks = [5, 17, 17, 80]
    chances = network(torch.tensor([clicks]))[0].softmax(dim=1)
    reading = reader.read(clicks)
    np.testing.assert_allclose(reading.chances, chances.detach().numpy(), rtol=1e-4, atol=1e-7)
    np.testing.assert_allclose(reader.read([]).chances, chances[:1].detach().numpy(), rtol=1e-4)
    many = reader.scores_after(np.array([clicks, [5, 17, -1, -1]]))
    np.testing.assert_allclose(
        many[0] - many[0].max(), np.log(reading.chances[1:]) - np.log(reading.chances[1:]).max(), atol=3
    )
    alone = many[1, 1] - np.log(np.exp(many[1, 1]).sum())
    np.testing.assert_allclose(alone, np.log(reader.read([5, 17]).chances[-1]), atol=1e-10)

    network = network.double()
    vectors = network.embedding(torch.tensor([clicks])).detach().requires_grad_()
    hs, _ = network.recurrent(vectors)
    last = hs[:, -1]
    said = (network.wish(last) @ network.embedding.weight.T + network.item_bias) if tied else network.readout(last)
    said.log_softmax(dim=1)[0, 80].backward()
    np.testing.assert_allclose(reader.gradients(reading, 80).dxs, vectors.grad[0].numpy(), atol=1e-7)


def network_of(state):
    from safetensors.torch import load

    network = Network(state.settings)
    tensors = load(state.tensors)
    network.load_state_dict({name: tensors[f"network.{name}"] for name in network.state_dict()})
    return network


def test_a_batch_belongs_to_the_seed_and_the_step_and_chunks_do_not_matter():
    whole, _ = advance(start(SMALL), 6)
    half, _ = advance(start(SMALL), 2)
    assert advance(half, 4)[0] == whole
    other = SMALL.changed(seed=1)
    assert advance(start(other), 1)[1].steps.loss != advance(start(SMALL), 1)[1].steps.loss


def test_what_stands_behind_the_end_of_a_session_is_not_judged():
    problem = SMALL.problem()
    session = np.array([[3, 4, 5, made.NO_CLICK, made.NO_CLICK]])
    assert problem._outcome(session).loss.item() == pytest.approx(
        problem._outcome(session[:, :3]).loss.item(), rel=1e-6
    )


def test_leaving_out_a_click_is_what_it_says():
    reader = Reader(start(SMALL))
    effects = reader.effects([1, 2, 3])
    wanted = np.log(reader.read([1, 2, 3]).chances[-1]) - np.log(reader.read([1, 3]).chances[-1])
    np.testing.assert_allclose(effects[1], wanted, atol=1e-12)
    assert reader.effects([]).shape == (0, 120)


# What ships


@pytest.mark.parametrize("variant", SHIPPED)
def test_shipped_networks_beat_every_count_and_stay_below_the_best_possible(variant):
    trained = load_trained(Settings, variant)
    assert trained.state.settings == SHIPPED[variant]
    found = scores(trained.state)
    assert found.keys() == {measure.name for measure in MEASURES}
    assert found == pytest.approx(dict(trained.about.scores), rel=1e-6)
    others = counted.baselines(trained.state.settings)
    for name, values in others.items():
        for measure in MEASURES:
            better = measure.is_better(found[measure.name], values[measure.name])
            assert better == (name != counted.BEST), (name, measure.name)


# A visitor's sessions


def test_own_sessions_are_read_in_either_language_and_wrong_rows_are_named():
    file = "session,item,time\na,camera,2\na, Memory  Card ,1\nb,吉他,1\n,tent,1\nb,spaceship,2\nb,<b>x</b>,3\nb,,4\nb,tent,\nb,tent,9\nc,tent,1\n"
    found = own_sessions(read_table(file.encode(), has_header=False))
    assert found.names == ("a", "b")
    assert found.clicks.tolist() == [[NAMES["memory card"], NAMES["camera"]], [NAMES["guitar"], NAMES["tent"]]]
    assert found.wrong == (
        WrongRow(5, "no session", "tent"),
        WrongRow(6, "unknown item", "spaceship"),
        WrongRow(7, "unknown item", "<b>x</b>"),
        WrongRow(8, "no item", ""),
        WrongRow(9, "no time", "tent"),
    )
    assert found.too_short == 1


def test_a_table_without_items_is_refused_and_a_header_is_not_needed():
    with pytest.raises(NoItems):
        own_sessions(read_table(b"a,b\n1,2\n", has_header=False))
    assert own_sessions(read_table("1;帐篷\n1;地钉\n".encode("gb18030"), has_header=False)).clicks.shape == (1, 2)


@pytest.mark.parametrize(
    "file",
    [
        "item,price,visitor\ncamera,30,a\ntent,20,a\nmoka pot,10,b\ncamera,5,b\n",  # nobody called the price a time
        "time,item,user id\nnan,camera,a\n1,moka pot,b\n2,camera,b\nnan,tent,a\n",  # no number: left in order
    ],
)
def test_columns_are_what_their_head_says(file):
    found = own_sessions(read_table(file.encode(), has_header=False))
    sessions = dict(zip(found.names, found.clicks.tolist(), strict=True))
    assert sessions == {"a": [NAMES["camera"], NAMES["tent"]], "b": [NAMES["moka pot"], NAMES["camera"]]}
    assert not found.wrong


# The same in other libraries


@pytest.mark.parametrize("tied", [False, True])
@pytest.mark.parametrize("program", [as_torch, as_keras])
def test_the_programs_run(program, tied):
    loss, answer = printed(program(standard().changed(tied=tied, batch=8), steps=2))
    assert np.isfinite(float(loss.split()[1]))
    assert len(eval(answer)) == 5
