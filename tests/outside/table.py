"""All readers of what comes from outside, and how many damaged inputs each of them gets."""

from tests.outside.bombs import BOMBS as EVERY_BOMB
from tests.outside.browser import BROWSER
from tests.outside.files import FILES
from tests.outside.links import LINKS
from tests.outside.reader import Reader

INPUTS = 20_000  # in `make test`
NOT_YET = {  # readers with open faults
    *("forecast, a file", "forecast, typed", "reviews, a file", "clicks, a file", "sound", "interventions"),
    *(
        "run file, its header",
        "run file of an application, its settings",
        "saved view, as text",
        "saved view, as values",
    ),
    *(
        "trace, an array of an NPZ",
        "trace, the words of an NPZ",
        "trace, NPZ",
        "link: list, as values",
        "link: more, as values",
    ),
}
READERS: tuple[Reader, ...] = tuple(each for each in (*FILES, *LINKS, *BROWSER) if each.name not in NOT_YET)
BOMBS = {name: makes for name, makes in EVERY_BOMB.items() if name not in NOT_YET}


def inputs_of(reader: Reader, inputs: int = INPUTS) -> int:
    """Slow readers get fewer, and a few more than their share all together."""
    return int(1.02 * inputs * reader.share / sum(each.share for each in READERS)) + 5
