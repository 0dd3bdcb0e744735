"""The six views of the page on variants, each a small picture of its own run."""

from collections.abc import Mapping
from functools import cache

import numpy as np

from rnn_core.arrays import Array
from rnn_core.studies import variants as runs
from rnn_core.studies.sequences import SequenceSetup
from ui.browser.thumbnails import Thumbnail, ThumbnailLine
from ui.i18n import Language, language
from ui.memory.variants.controls import labels

OPENED = SequenceSetup("gru", 8, 40, signal="noise")  # as the page opens
UNIT = 0


def pictures() -> Mapping[str, Thumbnail]:
    return _pictures(language())


@cache
def _pictures(_in: Language) -> dict[str, Thumbnail]:
    return {view: _drawn(view, label) for view, label in labels().items()}


def _drawn(view: str, label: str) -> Thumbnail:
    match view:
        case "both":
            plain, other = (runs.bidirectional_run(OPENED, step) for step in (None, OPENED.steps // 2 - 1))
            changes = (other.forward - plain.forward, other.backward - plain.backward)
            return Thumbnail(label, ribbons=_ribbons([change[:, UNIT] for change in changes]))
        case "deep":
            return Thumbnail(label, ribbons=_ribbons([hs[:, UNIT] for hs in runs.deep(OPENED, 3).hs]))
        case "attention":
            found = runs.attention_run(OPENED, 20.0)
            return Thumbnail(
                label,
                _lines(
                    [np.log10(found.without_attention[1:]), np.log10(found.with_attention[1:])],
                    ("baseline", "gradient"),
                ),
            )
        case "forms":
            cells = [form.trace.cs[:, UNIT] for form in runs.lstm_forms(OPENED, 1.0).values()]
            return Thumbnail(label, _lines(cells, ("c",) * len(cells)))
        case "padding":
            lengths = tuple(round(part * OPENED.steps) for part in (1.0, 0.8, 0.6, 0.5))
            mask = runs.padded(OPENED, lengths, 0.0).mask.astype(np.float64)
            return Thumbnail(label, ribbons=tuple(row.tolist() for row in mask), ribbon_ink="x")
        case _:
            chunks = runs.chunked_run(OPENED, 10, every_step=True)
            return Thumbnail(label, _lines([chunks.whole[:, UNIT], chunks.zero_state[:, UNIT]], ("h", "baseline")))


def _ribbons(rows: list[Array]) -> tuple[list[float], ...]:
    most = max(float(np.abs(row).max()) for row in rows)
    return tuple((row / most).tolist() for row in rows)


def _lines(rows: list[Array], inks: tuple[str, ...]) -> tuple[ThumbnailLine, ...]:
    """The lines on one scale from the lowest to the highest value. The first line is solid, the others are dotted."""
    low, high = min(float(row.min()) for row in rows), max(float(row.max()) for row in rows)
    return tuple(
        ThumbnailLine(((row - low) / (high - low)).tolist(), ink, "solid" if at == 0 else "dot")
        for at, (row, ink) in enumerate(zip(rows, inks, strict=True))
    )
