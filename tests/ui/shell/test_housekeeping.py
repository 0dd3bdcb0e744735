"""Sessions that did not come back are let go, also on a server where nobody follows."""

import gc
import time
import weakref
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

from ui.cache.shared import shared
from ui.shell.housekeeping import clean_up, expire_ended_sessions, somebody_is_there


class Session:
    id = "a visitor's"


def server_with(monkeypatch: pytest.MonkeyPatch, storage: MemorySessionStorage) -> None:
    nothing: Any = None
    server = SimpleNamespace(_session_mgr=WebsocketSessionManager(storage, nothing, nothing, nothing))
    monkeypatch.setattr("streamlit.runtime.exists", lambda: True)
    monkeypatch.setattr("streamlit.runtime.get_instance", lambda: server)


def test_a_session_that_does_not_reconnect_is_deleted(monkeypatch: pytest.MonkeyPatch) -> None:
    storage = MemorySessionStorage(ttl_seconds=2)
    server_with(monkeypatch, storage)
    session: Any = Session()
    stored: Any = SimpleNamespace(session=session)
    storage.save(stored)
    expire_ended_sessions()
    assert storage.get(session.id) is stored, "it may still come back"
    left = weakref.ref(session)
    del session, stored
    end = time.monotonic() + 30.0
    while left() is not None and time.monotonic() < end:
        expire_ended_sessions()
        gc.collect()
        time.sleep(0.05)
    assert left() is None


def test_results_are_forgotten_when_the_last_visitor_cannot_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    @shared(4)
    def made(_number: int) -> object:
        return object()

    storage = MemorySessionStorage(ttl_seconds=600)
    server_with(monkeypatch, storage)
    visit: Any = SimpleNamespace(session=Session())
    storage.save(visit)
    first = made(1)
    assert somebody_is_there()
    clean_up()
    assert made(1) is first
    storage.delete(Session.id)
    assert not somebody_is_there()
    clean_up()
    assert made(1) is not first


def test_without_a_server_there_is_nothing_to_do() -> None:
    expire_ended_sessions()
