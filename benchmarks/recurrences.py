"""Recurrences in torch against the number of steps T: a loop, a scan, torch's fused LSTM, and attention; forward and backward.

`python -m benchmarks recurrences` prints the table that the page on reading in parallel measures on request: milliseconds, the
fastest of three rounds, with one thread and with two, and the numbers that each keeps for its backward pass.
"""

from benchmarks import timing
from rnn_core.studies.modern.timing import STEPS, B, H, measured_with


def main() -> None:
    found = measured_with((1, 2))
    for each in found:
        head = [f"ms, {each.threads} thread(s), B = {B}, X = H = {H}", *(f"T = {T}" for T in STEPS)]
        rows = [[name, *(f"{1e3 * second:.2f}" for second in seconds)] for name, seconds in each.seconds.items()]
        print(timing.table(head, rows), end="\n\n")
    head = ["numbers kept for the backward pass", *(f"T = {T}" for T in STEPS)]
    print(timing.table(head, [[name, *(f"{number:,}" for number in kept)] for name, kept in found[0].kept.items()]))


if __name__ == "__main__":
    main()
