"""python -m rnn_core.apps.sentiment.make_sentences ARCHIVE: the real sentences, from the source archive of vaderSentiment.

`pip download --no-deps --no-binary :all: vaderSentiment==3.3.2` fetches the archive. Of its data only the short messages
are used: its makers took every user name and address out of them. At least 20 people rated each from -4 to 4. A mean
within NEUTRAL is neutral; one between NEUTRAL and CLEAR belongs to no class, and is left out, as are messages with
a coarse word.
"""

import io
import random
import re
import sys
import tarfile
from html import unescape
from pathlib import Path

from rnn_core.apps.sentiment.sentences import FILE

INNER, TABLE = "additional_resources/hutto_ICWSM_2014.tar.gz", "tweets_GroundTruth.txt"
NEUTRAL, CLEAR = 0.5, 0.8
OF_A_CLASS = 1000
_COARSE = re.compile(r"fuck|shit|bitch|nigg|\bfag|cunt|\bdick|puss|whore|slut|porn|\bsex|\bass\b|rape", re.IGNORECASE)


def sentences(archive: Path) -> list[str]:
    with tarfile.open(archive) as outer:
        inner = next(each for each in outer.getmembers() if each.name.endswith(INNER))
        found = outer.extractfile(inner)
        assert found is not None
        with tarfile.open(fileobj=io.BytesIO(found.read())) as tables:
            table = tables.extractfile(next(each for each in tables.getmembers() if each.name.endswith(TABLE)))
            assert table is not None
            return rated(table.read().decode("utf-8", errors="replace"))


def rated(table: str) -> list[str]:
    """Lines of a label and a text, at most OF_A_CLASS of each label, drawn at random."""
    kinds: dict[str, list[str]] = {"-": [], "0": [], "+": []}
    for line in table.splitlines():
        _number, rating, text = line.split("\t", 2)
        mean, clean = float(rating), plain(text)
        kind = "0" if abs(mean) <= NEUTRAL else ("+" if mean > 0 else "-") if abs(mean) >= CLEAR else ""
        if kind and clean and not _COARSE.search(clean) and clean not in kinds[kind]:
            kinds[kind].append(clean)
    chance = random.Random(0)
    drawn = {kind: chance.sample(texts, min(OF_A_CLASS, len(texts))) for kind, texts in kinds.items()}
    return [f"{kind}\t{text}" for kind, texts in drawn.items() for text in texts]


def plain(text: str) -> str:
    """Without the signs in the place of names and addresses."""
    return " ".join(
        unescape(re.sub(r"RT @anonymous|@anonymous|http://url_removed", " ", text)).replace("\ufffd", "").split()
    )


if __name__ == "__main__":
    FILE.write_text("\n".join(sentences(Path(sys.argv[1]))) + "\n", encoding="utf-8")
