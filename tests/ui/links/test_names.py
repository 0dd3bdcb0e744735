"""Every name that a widget has in the link is known to a page that has the widget."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.repository import ROOT
from ui.lab.settings import DEFAULTS
from ui.links.names import is_free_text, is_known
from ui.shell import site


def module_path(name: str) -> Path | None:
    path = ROOT / (name.replace(".", "/") + ".py")
    return path if path.is_file() else None


def modules_of(path: Path, found: set[Path]) -> set[Path]:
    """The file and all of ours that it imports, by whatever way."""
    if path in found:
        return found
    found.add(path)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("ui"):
            names = [node.module, *(f"{node.module}.{each.name}" for each in node.names)]
        for name in names:
            if inner := module_path(name):
                modules_of(inner, found)
    return found


def filled(key: ast.expr) -> str | None:
    """A key with a 1 for each of its placeholders; None if the key is not a literal of this file."""
    if isinstance(key, ast.Constant):
        return str(key.value)
    if isinstance(key, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "1" for part in key.values)
    return None


def names_in(path: Path) -> Iterator[str]:
    """The keys of widgets and choices whose values are in the link."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        options = {each.arg: each.value for each in node.keywords}
        called = ast.unparse(node.func)
        key = None
        if called == "in_link":
            key = node.args[0]
        elif called == "choice":
            key = options.get("key", node.args[4] if len(node.args) > 4 else node.args[-1])
        elif called == "cell_choice" and path.name != "cell_choice.py":
            key = node.args[0]
        name = filled(key) if key is not None else None
        if name is not None:
            yield name


def all_names() -> list[tuple[str, str]]:
    return sorted(
        {(str(path.relative_to(ROOT)), name) for path in (ROOT / "ui").rglob("*.py") for name in names_in(path)}
    )


@pytest.fixture(scope="module")
def pages_of() -> dict[str, set[Path]]:
    return {page.slug: modules_of(ROOT / "pages" / f"{page.slug}.py", set()) for page in site.PAGES}


@pytest.mark.parametrize(("file", "name"), all_names())
def test_a_name_of_a_widget_is_known_to_a_page_that_has_it(
    file: str, name: str, pages_of: dict[str, set[Path]]
) -> None:
    ours = [slug for slug, modules in pages_of.items() if ROOT / file in modules]
    assert ours
    # A key of a letter or a length is a pattern: gate letters and texts are tried with one of their own.
    tries = [name, name.replace("1", "f"), name.replace("1", "i"), name.replace("1", "gru")]
    known = any(is_known(slug, each) for slug in ours for each in tries)
    assert known, f"ui/links/names.py: {name!r} of {file} is not among the names of {ours}"


def test_the_lab_knows_every_setting() -> None:
    assert all(is_known("lab", name) for name in DEFAULTS)


def test_a_page_knows_no_name_of_another() -> None:
    assert not is_known("gates", "bias")
    assert not is_known("text", "temperature")
    assert is_known("gradients", "bias")


def test_only_what_is_typed_or_packed_is_free_text() -> None:
    assert is_free_text("xs12")
    assert not is_free_text("T")
    assert not is_free_text("text_length")
