"""Work that the server does at intervals, in a thread of its own. An error is logged, and the next time comes all the same."""

import logging
import threading
import time
from collections.abc import Callable

_LOGGER = logging.getLogger(__name__)


def repeat(work: Callable[[], object], seconds: float, name: str) -> None:
    def repeat_for_ever() -> None:
        while True:
            time.sleep(seconds)
            try:
                work()
            except Exception:  # whatever it is: the next time must come, and the log has the error
                _LOGGER.exception("%s failed", name)

    threading.Thread(target=repeat_for_ever, name=name, daemon=True).start()
