"""Several ES modules become one file that means the same."""

from pathlib import Path

import pytest

from ui.browser.bundle import bundle


def test_imported_modules_come_first_and_only_the_entry_module_exports(tmp_path: Path) -> None:
    (tmp_path / "part.js").write_text('import { two } from "./two.js"\nexport default () => two\n')
    (tmp_path / "two.js").write_text('import { one } from "./one.js"\nexport const two = one + one\n')
    (tmp_path / "one.js").write_text("export const one = 1\n")
    lines = [line for line in bundle(tmp_path, "part.js").splitlines() if line and not line.startswith("//")]
    assert lines == ["const one = 1", "const two = one + one", "export default () => two"]


def test_two_modules_with_the_same_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "part.js").write_text('import { one } from "./one.js"\nconst twice = 2 * one\n')
    (tmp_path / "one.js").write_text("export const one = 1\nfunction twice() {}\n")
    with pytest.raises(ValueError, match="twice"):
        bundle(tmp_path, "part.js")
