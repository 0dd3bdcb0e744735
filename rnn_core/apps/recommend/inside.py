"""A look into the network: sessions of a shop, and the item that is clicked next."""

from itertools import chain

import numpy as np

from rnn_core.analysis.inside.answers import LastState
from rnn_core.analysis.inside.network import Network
from rnn_core.apps.passages import CATEGORY, MOST, Answers, Opened, Passage, each, make_passage
from rnn_core.apps.recommend.data import sessions_for
from rnn_core.apps.recommend.items import CATEGORIES, items
from rnn_core.apps.recommend.process import NO_CLICK
from rnn_core.apps.recommend.settings import Settings
from rnn_core.apps.recommend.shop import unpack
from rnn_core.apps.tensors import linear, network_tensors, recurrent, settings_of
from rnn_core.blocks.readout import ReadoutParams
from rnn_core.learn.state import RunState


def inside(state: RunState) -> Opened:
    settings, tensors = settings_of(state, Settings), network_tensors(state)
    table = tensors["embedding.weight"]
    if settings.tied:  # item by item, the product of its embedding with a linear function of the state
        wish = linear(tensors, "wish.")
        readout = ReadoutParams(table @ wish.W_hy, table @ wish.b_y + tensors["item_bias"], "softmax")
    else:
        readout = linear(tensors, "readout.", "softmax")
    names = item_names(settings)
    network = Network(recurrent(tensors, "recurrent.", settings).forward, readout, table, names)
    return Opened(network, _sessions(settings), Answers(names, "softmax", (LastState(readout),)))


def item_names(settings: Settings) -> tuple[str, ...]:
    return unpack(settings.shop).names if settings.shop else tuple(item.en for item in items())


def _sessions(settings: Settings) -> Passage:
    shop = items()
    parts = [[row[row != NO_CLICK] for row in sessions_for(settings, part)[:MOST]] for part in ("validation", "test")]
    every, names = list(chain(*parts)), item_names(settings)
    if settings.shop:
        known = {"seen before in this session": each(every, lambda row, at: row[at] in row[:at])}
    else:
        known = {
            f"{CATEGORY}{category}": each(every, lambda row, at, own=own: shop[row[at]].category == own)
            for own, category in enumerate(CATEGORIES)
        }
        known |= {
            "expensive item": each(every, lambda row, at: shop[row[at]].expensive),
            "answers an earlier click": each(every, lambda row, at: shop[row[at]].answers in row[:at].tolist()),
            "seen before in this session": each(every, lambda row, at: row[at] in row[:at]),
        }
    rows = [[[names[click] for click in row] for row in part] for part in parts]
    chinese = {} if settings.shop else {item.en: item.zh for item in shop}
    return make_passage(rows, np.concatenate(every), " · ", known, chinese=chinese)
