"""The search's index, the three frameworks, the guide and the reading list."""

import json

import numpy as np
import pytest
from starlette.applications import Starlette

from rnn_core.studies import choosing
from rnn_core.studies.choosing import advise, reach, window_against_rnn
from rnn_core.studies.claims.snippets import execute
from rnn_core.studies.frameworks.differences import DIFFERENCES, recorded, run_difference, run_programs
from rnn_core.studies.frameworks.programs import LIBRARIES as FRAMEWORKS
from rnn_core.studies.frameworks.programs import PARTS, Network, shown_beside
from tests.charts import opened, words
from tests.test_style import NOT_CHINESE
from tests.ui.shell.asgi import asked
from ui.browser import assets
from ui.course.reading.page import contents
from ui.course.search.entries import addresses, entries
from ui.i18n import LANGUAGES, Language
from ui.links.names import is_known
from ui.shell import site
from ui.shell.server import routes


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_search_finds_every_kind_in_both_languages(lang: Language) -> None:
    found = entries(lang)
    assert {each.kind for each in found} == {"page", "term", "preset", "experiment", "claim"}
    assert sum(each.kind == "claim" for each in found) == 37
    assert len({(each.kind, each.address) for each in found}) == len(found)
    assert all(each.title for each in found)
    [lstm] = [each for each in found if each.kind == "term" and each.address.endswith("term=cell_state")]
    assert {"cell state", "细胞状态"} <= {lstm.title, lstm.also}


def test_the_browser_fetches_the_index_of_its_language_from_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "server_has_routes", False)  # `routes` sets it: afterwards it is as before
    app = Starlette(routes=routes())
    status, headers, body = asked(app, "/search/zh.json")
    assert (status, headers["content-type"]) == (200, "application/json")
    assert [each[1] for each in json.loads(body)["entries"]] == [each.title for each in entries("zh")]
    assert asked(app, "/search/xx.json")[0] == 404


def test_every_address_of_the_search_names_a_page_and_settings_that_it_has() -> None:
    for address in addresses():
        slug, _mark, query = address.partition("?")
        assert slug in site.BY_SLUG
        assert all(is_known(slug, pair.split("=")[0]) for pair in query.split("&") if pair), address


def numbers(printed: str) -> np.ndarray:
    return np.array(json.loads(printed.splitlines()[-1]))


@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_the_three_programs_print_the_same_numbers(cell: str) -> None:
    network = Network(cell, inputs=3, hidden=2, steps=4, batch=3, seed=1)
    for part in PARTS:
        done = run_programs(shown_beside(network, part))
        assert [each.error for each in done.values()] == [""] * len(FRAMEWORKS), (part, done)
        np.testing.assert_allclose(numbers(done["torch"].printed), numbers(done["numpy"].printed), atol=1e-12)
        np.testing.assert_allclose(numbers(done["keras"].printed), numbers(done["numpy"].printed), atol=3e-6)


def test_the_differences_are_what_the_libraries_print() -> None:
    for name in DIFFERENCES:
        assert run_difference(name) == recorded()[name], name
        assert not recorded()[name].torch.error + recorded()[name].keras.error


def test_the_page_of_frameworks_computes_with_the_settings_of_the_link() -> None:
    app = opened("frameworks", cell="gru", part="training", H="4", seed="3")
    network = Network("gru", hidden=4, seed=3)
    in_numpy = shown_beside(network, "training")["numpy"].strip()
    assert in_numpy in [code.value for code in app.code]
    assert execute(in_numpy).printed in [text.value for text in app.text]


def test_the_guide_says_what_the_recorded_runs_show() -> None:
    """The text on the plain RNN: none solved the adding problem over ten steps, where the GRU did."""
    solved = {(each.cell, each.steps): each.solved for each in reach()}
    assert solved["rnn-tanh", 10] == 0
    assert solved["gru", 80] >= solved["lstm", 80] > -1
    assert solved["gru", 10] == 2
    assert {advise(r, a, s) for r in ("short", "long", "very_long") for a in ("whole", "step_by_step") for s in (True, False)} == {
        "window", "rnn", "gru", "lstm", "attention", "linear"
    }  # fmt: skip


def test_a_window_sees_nothing_beyond_its_edge_and_the_rnn_does() -> None:
    found = window_against_rnn(20)
    assert found.window.tolist() == [1.0] * 20 + [0.5] * (choosing.LONGEST_LAG - 20)
    assert found.rnn.tolist() == [1.0] * choosing.LONGEST_LAG


def test_the_guide_follows_its_link() -> None:
    app = opened("choose", reach="very_long", arrives="whole", size="free")
    assert "Every [token](glossary?term=token) reads every other one directly" in words(app)


def test_what_is_to_be_read_is_complete_in_both_languages() -> None:
    for kind, works in contents("works").items():
        assert len(works) >= 3, kind
        for work in works:
            assert len(work) == 4
            assert work[1].startswith("https://")
            assert all(work)
    asked = contents("questions")
    assert len(asked["questions"]) >= 12
    for *_texts, slug, view in asked["questions"]:
        assert slug in site.BY_SLUG
        assert all(is_known(slug, pair.split("=")[0]) for pair in view.split("&") if pair)
    assert (len(asked["week"]), len(asked["month"])) == (7, 4)


def test_the_chinese_of_the_reading_list_keeps_to_the_standard() -> None:
    import re

    chinese = [work[3] for works in contents("works").values() for work in works]
    chinese += [text for asked in contents("questions")["questions"] for text in asked[2:4]]
    assert [(text, word) for text in chinese for word, wrong in NOT_CHINESE.items() if re.search(wrong, text)] == []
