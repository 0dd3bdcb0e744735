"""The headers of every answer, the operator's numbers, and a server that is full."""

import base64
import hashlib
import re

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount

from tests.ui.shell.asgi import asked
from ui.browser.worksheet import sheet_script
from ui.runs import limits
from ui.shell import first_visit, operation
from ui.shell.operation import Load, is_full, load, prometheus
from ui.shell.security import METRICS_KEY, security

REST = Mount("/", app=PlainTextResponse("Streamlit's answer"))
APP = Starlette(
    routes=[*operation.routes("/"), *first_visit.routes("/", lambda _slug, _preset: ""), REST], middleware=security()
)
NOW = Load(visitors=3, memory=400 * 2**20, workers=2, training=1, running=2)


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operation, "load", lambda: NOW)


@pytest.mark.parametrize("path", ["/", "/lstm", "/health", "/static/anything.js"])
def test_every_answer_says_that_a_file_is_what_its_type_says(path: str) -> None:
    _status, headers, _body = asked(APP, path)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/", "/gru?lang=zh"])
def test_the_policy_of_a_page_allows_its_own_inline_scripts_alone(path: str) -> None:
    _status, headers, body = asked(APP, path)
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    scripts = [*re.findall(r"<script>(.*?)</script>", body.decode(), re.DOTALL), sheet_script()]
    hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    assert len(scripts) == 4
    assert policy["script-src"].split() == ["'self'", "blob:", *(f"'sha256-{each}'" for each in hashes)]
    assert policy["object-src"] == "'none'"
    assert not re.search(r"https?:|\*", headers["content-security-policy"])


@pytest.mark.parametrize("path", ["/metrics", "/_stcore/metrics"])
def test_only_the_operators_key_opens_the_numbers(path: str, monkeypatch: pytest.MonkeyPatch, loaded: None) -> None:
    monkeypatch.delenv(METRICS_KEY, raising=False)
    for sent in ({}, {"authorization": "Bearer "}):
        assert asked(APP, path, **sent)[0] == 404
    monkeypatch.setenv(METRICS_KEY, "open sesame")
    assert asked(APP, path, authorization="Bearer open sésame")[0] == 404
    status, _headers, body = asked(APP, path, authorization="Bearer open sesame")
    assert status == 200
    assert body == (prometheus(NOW).encode() if path == "/metrics" else b"Streamlit's answer")


def test_the_numbers_are_in_prometheus_text_format(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(limits.MOST_VISITORS, "3")
    rows = prometheus(NOW).splitlines()
    values = dict(row.split(" ") for row in rows if not row.startswith("#"))
    assert values == {
        "unrolled_visitors": "3",
        "unrolled_memory_bytes": str(400 * 2**20),
        "unrolled_worker_processes": "2",
        "unrolled_training_visitors": "1",
        "unrolled_running_jobs": "2",
        "unrolled_full": "1",
    }
    assert [row.split(" ")[2] for row in rows if row.startswith("# TYPE")] == list(values)


@pytest.mark.parametrize(
    ("name", "limit", "full"),
    [
        (limits.MOST_VISITORS, "3", True),
        (limits.MOST_VISITORS, "4", False),
        (limits.MOST_MEMORY, "400", True),
        (limits.MOST_MEMORY, "401", False),
        (limits.MOST_MEMORY, "a lot", False),
    ],
)
def test_a_full_server_asks_new_visitors_to_wait(
    name: str, limit: str, full: bool, monkeypatch: pytest.MonkeyPatch, loaded: None
) -> None:
    monkeypatch.setenv(name, limit)
    assert is_full() is full
    status, headers, body = asked(APP, "/lstm?lang=zh")
    assert status == (503 if full else 200)
    assert ("服务器人数已满" in body.decode()) is full
    assert ("retry-after" in headers) is full


def test_the_load_is_that_of_this_process() -> None:
    now = load()
    assert now.memory > 20 * 2**20
    assert now.visitors == 0


def test_health_fails_where_streamlit_does_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    status, _headers, body = asked(APP, "/health")
    assert (status, b"Streamlit does not run" in body) == (503, True)
    monkeypatch.setattr(operation.runtime, "exists", lambda: True)
    monkeypatch.setattr(operation, "load", lambda: NOW)
    assert asked(APP, "/health")[0] == 200
    monkeypatch.setattr(operation, "_opened_workers", lambda: True)
    monkeypatch.setattr(operation, "load", lambda: Load(3, 0, 0, 0, 0))
    assert asked(APP, "/health")[0] == 503
