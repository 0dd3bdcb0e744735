"""Fixtures and settings of all tests."""

import os
import sys
import tempfile
from collections.abc import Iterator

import pytest
from hypothesis import settings
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.runtime.scriptrunner import script_runner

# Before NumPy is imported: small products on a busy machine are twenty times slower with a second thread (ui/__init__.py).
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Two cores shared with others make single examples slow at random; a deadline would fail tests that are right. A test that does
# not say how many examples it needs gets a few here, and many in `make test-long`.
EXAMPLES = int(os.environ.get("UNROLLED_EXAMPLES", "30"))
settings.register_profile("local", deadline=None, max_examples=EXAMPLES)
settings.register_profile("ci", deadline=None, max_examples=EXAMPLES, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")

# Keras looks at these when it is imported, and would write a settings file into the home folder.
os.environ["KERAS_BACKEND"] = "torch"
os.environ.setdefault("KERAS_HOME", tempfile.mkdtemp(prefix="keras-"))

# Where Keras has been imported, Streamlit clears its session after every run of a script, with some twenty full garbage
# collections: a test of a page took seven times as long. The app itself never imports Keras.
script_runner._clean_problem_modules = lambda: None

# Every new AppTest reads the metadata of all installed packages to find those that bring components. None of ours does, and
# the search takes two thirds of the time of a page's run.
BidiComponentManager.discover_and_register_components = lambda self, **_: None


@pytest.fixture(autouse=True)
def _own_main() -> Iterator[None]:
    """A test of a page leaves the page's script as `__main__`. A worker process that a later test spawns would run it again."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main
