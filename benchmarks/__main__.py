"""`python -m benchmarks NAME ...` runs benchmarks/NAME.py; without a name, every one of MEASUREMENTS that is there."""

import importlib
import os
import sys
from pathlib import Path

MEASUREMENTS = ("core", "drag", "engine", "opening", "page", "plotly", "start", "stepper", "train", "visitors")
# NumPy and torch read these when they are first imported: one thread each, so that like is compared with like.
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def main(names: list[str]) -> None:
    there = {path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_")}
    names = names or [name for name in MEASUREMENTS if name in there]
    if unknown := set(names) - there:
        sys.exit(f"No benchmark is called {', '.join(sorted(unknown))}. There are: {', '.join(sorted(there))}.")
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    for name in names:
        importlib.import_module(f"benchmarks.{name}").main()


if __name__ == "__main__":
    main(sys.argv[1:])
