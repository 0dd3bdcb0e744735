"""Writes rnn_core/apps/digits/files/digits.npz from scikit-learn's copy of the digits.

python rnn_core/apps/digits/make_data.py FOLDER/sklearn/datasets/data/digits.csv.gz

The data need it only once. Nothing else here needs scikit-learn.
"""

import gzip
import sys
from pathlib import Path

import numpy as np

TARGET = Path(__file__).parent / "files" / "digits.npz"


def main(source: str) -> None:
    with gzip.open(source, "rt", encoding="ascii") as file:
        rows = np.loadtxt(file, delimiter=",").astype(np.uint8)
    TARGET.parent.mkdir(exist_ok=True)
    np.savez_compressed(TARGET, images=rows[:, :64].reshape(-1, 8, 8), digits=rows[:, 64])


if __name__ == "__main__":
    main(sys.argv[1])
