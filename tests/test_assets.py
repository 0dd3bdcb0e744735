"""What the browser needs is published whole, once, and old enough to be cached."""

import re
from pathlib import Path

import pytest

from ui.components import assets
from ui.components.plot import serve_plotly

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


def test_a_disk_that_cannot_be_written_is_told_in_the_log(vendor: Path, capfd: pytest.CaptureFixture[str]) -> None:
    vendor.parent.parent.mkdir(exist_ok=True)
    vendor.parent.write_text("a file where the folder should be")
    assert assets.publish("part", FILES).startswith("app/static/vendor/part-")
    assert "python -m ui.components.assets" in capfd.readouterr().err


def test_plotly_comes_from_the_installed_package(vendor: Path) -> None:
    served = serve_plotly.__wrapped__()
    library = published(vendor, served["library"])
    assert library.read_bytes().lstrip().startswith(b"/**")
    assert library.stat().st_size > 1_000_000
    module = published(vendor, served["module"]).read_text(encoding="utf-8")
    assert "Plotly.react" in module
    assert not re.search("^import ", module, re.MULTILINE), "one file: the browser asks once"
