"""Mutation tests: each mutation makes one mistake in a copy of the core, and the tests of the cells must fail on it.

`python -m benchmarks mutations`. A mistake that no test notices is printed as SURVIVED, and the exit status is 1.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.core_mutations.cells import CELLS
from benchmarks.core_mutations.modern_cells import MODERN_CELLS
from benchmarks.core_mutations.mutation import Mutation

ROOT = Path(__file__).parent.parent
TESTS = (
    "rnn_core/cells/test_step.py",
    "rnn_core/cells/test_against_torch.py",
    "rnn_core/cells/test_reference.py",
    "rnn_core/passes/test_bptt.py",
    "rnn_core/cells/test_interventions.py",
)
MODERN_TESTS = ("rnn_core/cells/modern/test_against_torch.py",)
PACKAGES = ("__init__.py", "rnn_core/__init__.py", "rnn_core/cells/__init__.py", "rnn_core/passes/__init__.py")
MODERN_NEEDED = tuple(f"rnn_core/cells/modern/{name}.py" for name in ("__init__", "forms", "reference"))
NEEDED = (*PACKAGES, "cases.py", "reference.py", *TESTS, *MODERN_NEEDED, *MODERN_TESTS)
MUTATIONS = (*CELLS, *MODERN_CELLS)
CONFTEST = """
from hypothesis import Phase, settings
settings.register_profile("mutations", deadline=None, derandomize=True, database=None, phases=[Phase.generate])
settings.load_profile("mutations")
"""


def verdict(mutation: Mutation | None) -> tuple[str, float]:
    """Runs the tests on a copy of the core with this mistake (None: without any): the first failed test, and the seconds."""
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        shutil.copytree(
            ROOT / "rnn_core", copy / "rnn_core", ignore=shutil.ignore_patterns("__pycache__", "learn", "lab", "apps")
        )
        for name in NEEDED:
            (copy / "tests" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / "tests" / name, copy / "tests" / name)
        shutil.copy(ROOT / "pyproject.toml", copy)
        (copy / "conftest.py").write_text(CONFTEST, encoding="utf-8")
        if mutation:
            path = copy / "rnn_core" / mutation.file
            path.write_text(path.read_text(encoding="utf-8").replace(mutation.old, mutation.new), encoding="utf-8")
        modern = mutation is not None and "modern" in mutation.file
        chosen = MODERN_TESTS if modern else TESTS if mutation else (*TESTS, *MODERN_TESTS)
        tests = [f"tests/{name}" for name in chosen]
        command = [sys.executable, "-m", "pytest", "-x", "-q", "--tb=line", "-p", "no:cacheprovider", *tests]
        environment = os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    failed = [line for line in done.stdout.splitlines() if line.startswith("FAILED")]
    if done.returncode == 1 and failed:
        return failed[0].split("::")[1].split(" - ")[0], time.perf_counter() - start
    if done.returncode == 0:
        return "SURVIVED", time.perf_counter() - start
    return f"BROKEN (pytest ended with {done.returncode})", time.perf_counter() - start


def main() -> None:
    unharmed, _ = verdict(None)
    if unharmed != "SURVIVED":
        sys.exit(f"The tests fail without any mutation: {unharmed}")
    width = max(len(mutation.what) for mutation in MUTATIONS)
    alive = []
    with ThreadPoolExecutor(max_workers=2) as workers:
        for mutation, (by, seconds) in zip(MUTATIONS, workers.map(verdict, MUTATIONS), strict=True):
            print(f"{mutation.what.ljust(width)}  {seconds:5.1f} s  {by}", flush=True)
            if by == "SURVIVED" or by.startswith("BROKEN"):
                alive.append(mutation.what)
    print(f"\n{len(MUTATIONS) - len(alive)} of {len(MUTATIONS)} mutations were noticed.")
    if alive:
        sys.exit("Not noticed: " + "; ".join(alive))


if __name__ == "__main__":
    main()
