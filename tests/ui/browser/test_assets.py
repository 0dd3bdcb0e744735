"""What the browser needs is published whole, once, and old enough to be cached."""

import json
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.repository import ROOT
from ui.browser import assets
from ui.browser.plot import FLAT, serve_plotly

PLOTLY = ROOT / "ui" / "browser" / "plot" / "plotly"
FILES = {"part.js": b"export default 1", "part.css": b"a {}"}


@pytest.fixture(autouse=True)
def vendor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(assets, "VENDOR", tmp_path / "static" / "vendor")
    return tmp_path / "static" / "vendor"


def published(vendor: Path, address: str) -> Path:
    assert address.startswith("app/static/vendor/")
    return vendor / address.removeprefix("app/static/vendor/")


def test_files_are_published_once_whole_and_with_a_date_that_browsers_cache(vendor: Path) -> None:
    address = assets.publish("part", FILES)
    folder = published(vendor, address)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == FILES
    assert {path.stat().st_mtime for path in folder.iterdir()} == {assets.OLD_DATE}
    before = (folder / "part.js").stat().st_ino
    assert assets.publish("part", FILES) == address
    assert (folder / "part.js").stat().st_ino == before
    assert [path.name for path in vendor.iterdir()] == [folder.name], "nothing unfinished is left"


def test_other_content_has_another_address() -> None:
    assert assets.publish("part", FILES) != assets.publish("part", FILES | {"part.css": b"b {}"})


@pytest.fixture
def read_only(vendor: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "_in_memory", {})
    vendor.parent.write_text("a file where the folder should be")


@pytest.mark.usefixtures("read_only")
def test_files_that_cannot_be_written_are_served_from_memory(capfd: pytest.CaptureFixture[str]) -> None:
    address = assets.publish("part", FILES)
    assert "python -m ui.browser.publish_all" in capfd.readouterr().err
    top, folder, end = address.split("/")
    assert (top, end) == (assets.MEMORY, "")
    assert {name: assets.from_memory(folder, name) for name in FILES} == FILES
    assert assets.from_memory(folder, "other.js") is None
    assert assets.from_memory("other", "part.js") is None


@pytest.mark.usefixtures("read_only")
@pytest.mark.parametrize("has_routes", [True, False])
def test_the_page_warns_when_browser_parts_cannot_be_served(has_routes: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "server_has_routes", has_routes)
    assets.publish("part", FILES)
    app = AppTest.from_file(ROOT / "app.py", default_timeout=60).run()
    assert not app.exception
    assert ["static/vendor" in reported.value for reported in app.error] == ([] if has_routes else [True])


VERSION = re.compile(r"plotly\.js v?(\d+\.\d+\.\d+)")


def test_the_whole_plotly_is_the_installed_one_and_the_flat_one_is_of_the_same_version(vendor: Path) -> None:
    served = serve_plotly.__wrapped__()
    versions = [VERSION.search(published(vendor, served[name]).read_text("utf-8")[:200]) for name in ("whole", "flat")]
    assert all(versions), "both say at their beginning what they are"
    assert len({found[1] for found in versions if found}) == 1, (
        "make the flat one again: ui/browser/plot/plotly/README.md"
    )
    assert published(vendor, served["flat"]).stat().st_size < 0.3 * published(vendor, served["whole"]).stat().st_size


def test_the_small_plotly_contains_every_trace_type_that_charts_use() -> None:
    recipe = (PLOTLY / "plotly-flat.js").read_text(encoding="utf-8")
    assert set(re.findall(r"plotly\.js/lib/(\w+)", recipe)) - {"core"} | {"scatter"} == FLAT
    package = json.loads((PLOTLY / "package.json").read_text(encoding="utf-8"))
    assert f"plotly.js {package['devDependencies']['plotly.js']}," in package["scripts"]["build"], (
        "the banner tells the version"
    )


def test_a_part_is_one_file(vendor: Path) -> None:
    module = published(vendor, serve_plotly.__wrapped__()["module"]).read_text(encoding="utf-8")
    assert "Plotly.react" in module
    assert not re.search("^import ", module, re.MULTILINE), "the browser asks once"
