"""Read 100,000 damaged inputs with every reader of what comes from outside: `python -m benchmarks fuzz`.

A line a reader: how many inputs, how many of them were refused, the slowest in seconds, and the most memory in MB. It ends with
status 1 where a reader let an error of Python's out, or took more than two seconds or 200 MB. FUZZ_SEED chooses other inputs.
"""

import logging
import os
import random
import sys
import warnings

from benchmarks.timing import table
from tests.outside.hostile_input import MOST, damaged
from tests.outside.reader import Attempt, Broken, Reader, attempt, no_more_memory_than
from tests.outside.table import BOMBS, READERS, inputs_of

INPUTS = 100_000
DAMAGES = 5  # one on top of the other: each of them is an input
MOST_MEMORY = 1_500  # megabytes, for the whole process: a fault must not take the machine with it


def fuzzed(reader: Reader, seed: str) -> tuple[list[Attempt], list[str]]:
    draw = random.Random(f"{seed} {reader.name}")
    done: list[Attempt] = []
    faults: dict[str, str] = {}  # the first of each kind
    inputs = [make for make in BOMBS.get(reader.name, ())]
    for make in inputs:
        _read(reader, make(), done, faults)
    for _ in range(-(-inputs_of(reader, INPUTS) // DAMAGES)):
        value = draw.choice(reader.examples)
        for _ in range(DAMAGES):
            value = damaged(value, [(draw.randint(0, MOST), draw.randint(0, MOST), draw.randint(0, MOST))])
            _read(reader, value, done, faults)
    return done, list(faults.values())


def _read(reader: Reader, value: object, done: list[Attempt], faults: dict[str, str]) -> None:
    try:
        with no_more_memory_than(MOST_MEMORY):
            done.append(attempt(reader, value))
    except Broken as broken:
        faults.setdefault(str(broken).splitlines()[0][:80], str(broken))


def main() -> None:
    logging.disable(logging.WARNING)  # without a page around it, Streamlit logs every sentence that a reader would show
    warnings.simplefilter("error")
    seed = os.environ.get("FUZZ_SEED", "0")
    rows: list[list[str]] = []
    all_faults: list[str] = []
    for reader in READERS:
        done, faults = fuzzed(reader, seed)
        all_faults += faults
        refused, count = sum(each.refused for each in done), len(done)
        slowest, most = max(each.seconds for each in done), max(each.megabytes for each in done)
        rows.append([reader.name, f"{count:,}", f"{refused:,}", f"{slowest:.2f}", f"{most:.0f}", str(len(faults))])
        print(f"{reader.name}: {count:,}", file=sys.stderr, flush=True)
    print(table(["reader", "inputs", "refused", "slowest s", "most MB", "kinds of fault"], rows))
    print(f"{sum(int(row[1].replace(',', '')) for row in rows):,} inputs, {len(all_faults)} kinds of fault")
    if all_faults:
        sys.exit("\n\n".join(all_faults))
