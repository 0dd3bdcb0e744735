"""Two replicas behind nginx: a visitor stays with one, and when it dies goes on with the other."""

import socket
import urllib.error
import urllib.request
from time import monotonic, sleep

import pytest
from playwright.sync_api import expect

from benchmarks.browser import chromium, wait_until_idle
from deploy.replicas import end, running

KEY = "a key of this test"
PATIENCE = 90.0


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


def read(url: str) -> str:
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {KEY}"})
    with urllib.request.urlopen(request, timeout=5) as answer:
        text: str = answer.read().decode()
    return text


def visitors(port: int) -> int:
    rows = dict(row.split(" ") for row in read(f"http://127.0.0.1:{port}/metrics").splitlines() if row[0] != "#")
    return int(rows["unrolled_visitors"])


def wait_for_visitors(port: int, count: int) -> None:
    end_of_patience = monotonic() + PATIENCE
    while monotonic() < end_of_patience:
        try:
            if visitors(port) == count:
                return
        except (OSError, urllib.error.URLError):
            pass
        sleep(0.2)
    raise AssertionError(f"port {port} never had {count} visitors")


@pytest.mark.long
def test_a_visitor_stays_with_a_replica_and_goes_on_with_the_other_when_it_dies(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("UNROLLED_METRICS_KEY", KEY)
    proxy, *ports = (free_port() for _ in range(3))
    with running(proxy, ports) as replicas, chromium() as browser:
        for port in ports:
            wait_for_visitors(port, 0)
        page = browser.new_page(locale="en-GB")
        for _visit in range(3):
            page.goto(f"{replicas.url}/lstm?T=30")
            wait_until_idle(page)
        counts = [visitors(port) for port in ports]
        assert sorted(counts) == [0, 1]
        here = counts.index(1)
        end(replicas.apps[here])
        wait_for_visitors(ports[1 - here], 1)
        wait_until_idle(page)
        expect(page.locator(".st-key-stepper .counter")).to_contain_text("of 30")
        page.get_by_role("link", name="GRU", exact=True, include_hidden=True).first.evaluate("link => link.click()")
        expect(page.get_by_role("heading", name="GRU", exact=True)).to_be_visible(timeout=PATIENCE * 1000)
        with pytest.raises(urllib.error.HTTPError, match="404"):
            read(f"{replicas.url}/metrics")
