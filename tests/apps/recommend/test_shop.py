"""A visitor's own shop: any table of sessions and items, read, packed, trained and shown."""

import time
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from rnn_core.apps.recommend import shop
from rnn_core.apps.recommend.baselines import BEST, baselines
from rnn_core.apps.recommend.reader import scores
from rnn_core.apps.recommend.settings import Settings, for_shop
from rnn_core.apps.table import read_table
from rnn_core.errors import CoreError
from rnn_core.learn import runfile
from rnn_core.learn.train import advance, start
from tests.charts import charts, opened, parts

RNG = np.random.default_rng(7)


def table_of(items: int, sessions: int, header: str = "user,film,timestamp") -> bytes:
    """Each film is mostly followed by the next one, and rows are in no order of time."""
    rows = []
    for user in range(sessions):
        film = int(RNG.integers(items))
        for step in range(6):
            rows.append(f"u{user},Film {film} <b>,{user * 10 + step}")
            film = (film + 1) % items if RNG.random() < 0.9 else int(RNG.integers(items))
    RNG.shuffle(rows)
    return "\n".join([header, *rows]).encode()


def found(data: bytes) -> shop.OwnShop:
    table = read_table(data)
    return shop.own_shop(table, shop.likely_columns(table))


def test_the_columns_are_found_and_clicks_are_in_the_order_of_time() -> None:
    data = b"film,when,customer\n" + b"\n".join(f"f{t % 7},{9 - t % 10},c{t // 10}".encode() for t in range(600))
    table = read_table(data)
    columns = shop.likely_columns(table)
    assert (columns.session, columns.item) == (2, 0)
    own = shop.own_shop(table, shop.Columns(2, 0, 1)).shop
    assert own.names[own.sessions[0][0]] == "f2", "the last row of the first customer has the smallest time"


def test_packing_keeps_all_and_what_was_not_packed_here_is_refused() -> None:
    own = found(table_of(40, 80)).shop
    packed = shop.pack(own)
    assert shop.unpack(packed) == own
    parts = [shop.sessions_of(packed, part) for part in ("training", "validation", "test")]
    assert [len(part) for part in parts] == [64, 8, 8]
    bad = shop.Shop(own.names, (*own.sessions[:-1], (0, 99)))
    for wrong in ("x", "%%", shop.pack(bad), shop.pack(shop.Shop(own.names[:2], own.sessions))):
        with pytest.raises(CoreError, match="sessions"):
            Settings(shop=wrong)
    with pytest.raises(shop.TooFewSessions):
        found(table_of(40, 20))


def test_a_network_learns_the_shop_and_is_scored_beside_counts() -> None:
    settings = for_shop(shop.pack(found(table_of(60, 400)).shop)).changed(budget=250, hidden=24, embedding=12)
    state, _metrics = advance(start(settings), 250, view=False)
    simple = baselines(settings)
    assert BEST not in simple
    assert scores(state)["hit rate at 5"] > 2 * simple["most popular"]["hit rate at 5"]
    assert runfile.load(runfile.save(state), {"recommend": Settings.read})[0] == state


def test_three_thousand_items_take_bounded_time() -> None:
    own = found(table_of(4_000, 4_000))
    assert len(own.shop.names) == shop.MOST_ITEMS
    assert own.rare_items > 0
    settings = for_shop(shop.pack(own.shop))
    begun = time.process_time()
    advance(start(settings), 3, view=False)
    per_step = (time.process_time() - begun) / 4
    assert per_step * settings.budget < 240, "about a minute where nothing else runs"


def stage_of(app: AppTest) -> dict[str, Any]:
    [stage] = [data for data in parts(app) if "clicked" in data]
    return stage


def test_the_page_trains_on_any_table() -> None:
    app = opened("recommend")
    app.file_uploader(key="recommend_file").upload("films.csv", table_of(30, 80), "text/csv").run()
    assert not app.exception
    assert any("30 items, 80 sessions" in caption.value for caption in app.caption)
    app.toggle(key="recommend_on_shop").set_value(True).run()
    assert not app.exception
    assert "followed the last item" in stage_of(app)["sentence"]
    first = stage_of(app)["clicked"]
    app.button(key="shop_undo").click().run()
    assert stage_of(app)["clicked"] == first[:-1]
    app.button(key="shop_clear").click().run()
    assert stage_of(app)["clicked"] == []
    found = next(box for box in app.selectbox if box.key.startswith("shop_found_"))
    found.select_index(29).run()
    assert not app.exception
    [added] = stage_of(app)["clicked"]
    assert stage_of(app)["items"][added]["name"] == found.options[29]
    assert "best possible" not in charts(app)["scores"]["alt"]
    app.file_uploader(key="recommend_file").upload("films.csv", table_of(30, 20), "text/csv").run()
    assert not app.exception
    assert any("sessions of two clicks or more" in error.value for error in app.error)
