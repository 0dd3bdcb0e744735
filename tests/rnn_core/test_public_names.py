"""The names that `import rnn_core as rc` offers: about twenty, each documented, and torch only when it is used."""

import inspect
import subprocess
import sys
from pathlib import Path

import rnn_core as rc
from tests.repository import ROOT


def test_the_public_names_are_few_and_all_there():
    assert 15 <= len(rc.__all__) <= 25
    assert rc.__all__ == sorted(rc.__all__)
    assert {"run", "bptt", "init_params", "explain", "jacobian_norms", "from_torch", "to_torch"} <= set(rc.__all__)
    shown = {name for name, value in vars(rc).items() if not name.startswith("_") and not inspect.ismodule(value)}
    assert shown == set(rc.__all__)


def test_every_public_function_and_class_has_a_docstring():
    for name in rc.__all__:
        value = getattr(rc, name)
        if inspect.isfunction(value) or inspect.isclass(value):
            text = value.__doc__ or ""
            assert text, name
            assert not text.startswith(f"{name}("), f"{name}: the signature is not a docstring"


def test_torch_is_imported_by_the_first_function_that_needs_it():
    code = """
import sys, rnn_core as rc
params = rc.init_params("gru", 2, 3)
assert "torch" not in sys.modules
layer = rc.to_torch(params)
assert "torch" in sys.modules
assert rc.from_torch(layer) == params
"""
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_the_types_of_the_core_are_for_its_users_too():
    assert (Path(rc.__file__).parent / "py.typed").read_text() == ""
