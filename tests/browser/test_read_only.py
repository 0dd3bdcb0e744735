"""An app whose folder cannot be written shows its charts all the same."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from benchmarks.browser import ROOT, running
from tests.browser.conftest import NewPage
from ui.browser import assets

COPIED, LINKED = (".streamlit", "app.py", "pages", "ui"), ("lessons", "locale", "rnn_core")


@pytest.fixture
def read_only_app(tmp_path: Path) -> Path:
    """A copy, because where static/ lies follows from where the code lies."""
    for name in COPIED:
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, tmp_path / name)
    for name in LINKED:
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "vendor").write_text("not a folder: who runs the tests may write into every one")
    return tmp_path


def test_charts_and_diagrams_of_a_read_only_app_are_shown(own_page: NewPage, read_only_app: Path) -> None:
    page = own_page()
    parts: dict[str, int] = {}
    page.on(
        "response", lambda answer: parts.update({answer.url: answer.status}) if answer.url.endswith(".js") else None
    )
    with running(read_only_app / "app.py", folder=read_only_app) as url:
        page.goto(f"{url}/lstm?lang=en")
        expect(page.locator(".js-plotly-plot .plot-container").first).to_be_visible()
        assert page.locator("text=could not be loaded").count() == 0
        from_memory = {address: status for address, status in parts.items() if f"/{assets.MEMORY}/" in address}
        assert any("plotly" in address for address in from_memory)
        assert set(from_memory.values()) == {200}
        page.goto("about:blank")  # before the server goes away
