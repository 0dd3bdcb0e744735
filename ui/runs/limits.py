"""What one visitor, and all visitors together, may take. Each limit is an environment variable of its own name; 0 means no limit.

docs/hosting.md lists them for operators. Imports no Streamlit.
"""

import os

MOST_VISITORS = "UNROLLED_MOST_VISITORS"  # with an open connection
MOST_MEMORY = "UNROLLED_MOST_MEMORY"  # megabytes of the app and its workers together
MOST_TRAINING = "UNROLLED_MOST_TRAINING"  # visitors whose runs wait or run
MOST_WEIGHTS = "UNROLLED_MOST_WEIGHTS"  # of a network that is trained
MOST_KEPT = "UNROLLED_MOST_KEPT"  # networks of one application that a visitor has trained and can come back to
MOST_UPLOADS = "UNROLLED_MOST_UPLOADS"  # megabytes of the files of all visitors together
MOST_SOCKETS = "UNROLLED_MOST_SOCKETS"  # connections of all visitors together
MOST_SECONDS = "UNROLLED_MOST_SECONDS"  # of one run of a page
MOST_RUNS_A_SECOND = "UNROLLED_MOST_RUNS_A_SECOND"  # of pages, for one connection; more wait

DEFAULTS = {
    MOST_VISITORS: 0,
    MOST_MEMORY: 0,
    MOST_TRAINING: 100,
    MOST_WEIGHTS: 0,
    MOST_KEPT: 4,
    MOST_UPLOADS: 400,
    MOST_SOCKETS: 1000,
    MOST_SECONDS: 180,
    MOST_RUNS_A_SECOND: 40,
}


def limit(name: str) -> int:
    """The number in the environment, or the default where there is none or something else."""
    text = os.environ.get(name, "").strip()
    return int(text) if text.isdecimal() and len(text) < 16 else DEFAULTS[name]


def is_over(name: str, count: float) -> bool:
    most = limit(name)
    return bool(most) and count > most
