"""`python -m benchmarks NAME ...` runs benchmarks/NAME.py; without a name, every one of MEASUREMENTS that is there.

After one name may come options of that benchmark: `python -m benchmarks load --visitors 10`.
"""

import importlib
import os
import sys
from pathlib import Path

MEASUREMENTS = (
    "core",
    "drag",
    "engine",
    "load",
    "neighbours",
    "opening",
    "page",
    "plotly",
    "recurrences",
    "rerun",
    "room",
    "start",
    "stepper",
    "train",
    "visitors",
)
# NumPy and torch read these when they are first imported: one thread each, so that like is compared with like.
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def main(arguments: list[str]) -> None:
    first_option = next((at for at, each in enumerate(arguments) if each.startswith("-")), len(arguments))
    names, options = arguments[:first_option], arguments[first_option:]
    there = {path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_")}
    names = names or [name for name in MEASUREMENTS if name in there]
    if unknown := set(names) - there:
        sys.exit(f"No benchmark is called {', '.join(sorted(unknown))}. There are: {', '.join(sorted(there))}.")
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    for name in names:
        importlib.import_module(f"benchmarks.{name}").main(*([options] if options else []))


if __name__ == "__main__":
    main(sys.argv[1:])
