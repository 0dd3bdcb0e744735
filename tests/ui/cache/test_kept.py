"""What is kept between runs of the script: shipped networks for good, and what is a visitor's until the visitor has left."""

import gc
import weakref
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from streamlit.runtime.caching import clear_session_resource_cache
from streamlit.testing.v1 import AppTest

from rnn_core.apps.forecast import reader as forecast_reader
from rnn_core.apps.forecast.settings import standard
from rnn_core.apps.kept import clear_visitor_results
from rnn_core.apps.text import own
from rnn_core.apps.text.settings import Settings as TextSettings
from rnn_core.learn.state import RunState
from ui.apps.forecast import compute
from ui.cache.shipped import shipped
from ui.lab.compute import VisitorSession

TRAINED, FILES = 30, 10
POEM = "A line that is sung again and again, and a line that is never the same.\n" * 40
page: Callable[[], None] = lambda: None  # noqa: E731


def visit(what: Callable[[], None]) -> None:
    """Run it as a page of a visitor."""
    global page
    page = what
    app = AppTest.from_string("from tests.ui.cache import test_kept\ntest_kept.page()", default_timeout=60).run()
    assert not app.exception


@pytest.fixture(autouse=True)
def _the_visitor_leaves() -> Iterator[None]:
    yield
    leave()


def leave() -> None:
    """What Streamlit does when a session has ended; every session of AppTest has this name."""
    clear_session_resource_cache("test session id")
    gc.collect()


def the_shipped_one() -> RunState:
    ready = shipped(standard("sunspots"))
    assert ready is not None
    return ready.state


def trained(count: int) -> Iterator[RunState]:
    """As they come while a visitor trains: the same settings, other states."""
    for step in range(count):
        yield replace(the_shipped_one(), step=step)


def a_file(number: int) -> bytes:
    return "\n".join(str(number + k % 12) for k in range(100)).encode()


def test_results_of_visitors_never_evict_a_shipped_network() -> None:
    reader, band = compute.reader(the_shipped_one()), compute.band(the_shipped_one(), 300)

    def train_and_bring() -> None:
        for state in trained(TRAINED):
            compute.reader(state)
            compute.forecast(state, 200)
        for number in range(FILES):
            compute.own(a_file(number), "")

    visit(train_and_bring)
    assert the_shipped_one() is the_shipped_one()
    assert compute.reader(the_shipped_one()) is reader
    assert compute.band(the_shipped_one(), 300) is band


def test_a_visitors_runs_and_files_are_dropped_with_the_session() -> None:
    kept: list[weakref.ref] = []

    def train_and_bring() -> None:
        for state in trained(TRAINED):
            kept.append(weakref.ref(compute.reader(state)))
        for number in range(FILES):
            kept.append(weakref.ref(compute.own(a_file(number), "")))
        assert compute.reader(state) is kept[TRAINED - 1]()
        assert compute.own(a_file(FILES - 1), "") is kept[-1]()

    visit(train_and_bring)
    gc.collect()
    assert 2 <= sum(each() is not None for each in kept) < 10, "the newest alone"
    leave()
    assert not [each for each in kept if each() is not None]


def test_another_state_or_file_has_another_cache_key() -> None:
    one, two = trained(2)
    assert one.digest == replace(two, step=0).digest
    assert len({one.digest, two.digest, replace(one, tensors=one.tensors + b" ").digest}) == 3

    def compare() -> None:
        assert compute.reader(one) is not compute.reader(two)
        assert compute.forecast(one, 200) is compute.forecast(one, 200)
        assert compute.forecast(one, 200) is not compute.forecast(one, 201)
        assert compute.own(a_file(1), "").values.tolist() != compute.own(a_file(2), "").values.tolist()

    visit(compare)


def test_results_of_a_state_are_dropped_with_it() -> None:
    (state,) = trained(1)
    found = weakref.ref(forecast_reader.rolling(state))
    assert forecast_reader.rolling(replace(state)) is found(), "an equal state finds it"
    del state
    gc.collect()
    assert found() is None


class NoWorkers:
    def drop(self, owner: str) -> None:
        self.dropped = owner


def test_results_of_a_visitors_text_are_dropped_when_the_visitor_leaves() -> None:
    from ui.runs.visitor import Visitor

    settings = TextSettings(text="own", own=own.pack(POEM))
    ours = TextSettings().corpus
    corpus = weakref.ref(settings.corpus)
    assert settings.corpus is corpus()
    workers = NoWorkers()
    session = VisitorSession(Visitor(workers))  # type: ignore[arg-type]
    session.clear()
    assert settings.corpus is corpus(), "the visitor is here"
    session.is_open = False
    session.clear()
    gc.collect()
    assert corpus() is None
    assert workers.dropped
    assert TextSettings().corpus is ours
    clear_visitor_results()
