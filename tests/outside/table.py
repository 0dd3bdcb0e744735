"""All readers of outside input, and the number of damaged inputs for each."""

from tests.outside.application_files import APPLICATION_FILES
from tests.outside.browser import BROWSER
from tests.outside.files import FILES
from tests.outside.links import LINKS
from tests.outside.reader import Reader
from tests.outside.rooms import ROOMS

READERS: tuple[Reader, ...] = (*APPLICATION_FILES, *FILES, *LINKS, *BROWSER, *ROOMS)
INPUTS = 8_000  # in `make test`


def inputs_of(reader: Reader, inputs: int = INPUTS) -> int:
    """Slow readers get fewer, and a few more than their share all together."""
    return int(1.02 * inputs * reader.share / sum(each.share for each in READERS)) + 5
