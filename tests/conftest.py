"""What every test shares."""

import os
import tempfile

from hypothesis import settings

# Before NumPy is imported: small products on a busy machine are twenty times slower with a second thread (ui/__init__.py).
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Two cores shared with others make single examples slow at random; a deadline would fail tests that are right.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")

# Keras looks at these when it is imported, and would write a settings file into the home folder.
os.environ["KERAS_BACKEND"] = "torch"
os.environ.setdefault("KERAS_HOME", tempfile.mkdtemp(prefix="keras-"))
