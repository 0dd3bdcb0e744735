"""The history of a run in bounded memory: curves that become coarser, and views of which older ones become sparser."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from rnn_core.errors import CoreError
from rnn_core.learn.state import Metrics, View

Table = NDArray[np.float64]

MOST_ROWS = 2_000  # of a curve
MOST_VIEW_BYTES = 3_000_000  # of a run
SEEN_STEPS = ("step", "loss", "measure", "gradient_norm", "clipped_norm")
SEEN_CHECKS = ("step", "loss", "measure")
LARGEST_KEPT = (
    "step",
    "gradient_norm",
    "clipped_norm",
)  # the maximum instead of the mean, so that a spike stays visible


class DownsampledTable:
    """A table that grows at its end. Whenever it exceeds `most` rows, pairs of neighbouring rows are merged."""

    def __init__(self, columns: tuple[str, ...], most: int = MOST_ROWS) -> None:
        self.columns, self.most, self.span = columns, most, 1
        self._joined: Table = np.zeros((0, len(columns)))  # each row summarises `span` given rows
        self._rest: Table = np.zeros((0, len(columns)))  # fewer than `span`
        self._largest = np.array([column in LARGEST_KEPT for column in columns])

    def add(self, rows: Table) -> None:
        self._rest = np.concatenate([self._rest, rows])
        full = len(self._rest) // self.span * self.span
        self._joined = np.concatenate([self._joined, self._join(self._rest[:full], self.span)])
        self._rest = self._rest[full:]
        while len(self._joined) > self.most:
            even = len(self._joined) // 2 * 2
            last = np.repeat(self._joined[even:], self.span, axis=0)  # an odd row waits for the next one
            self._joined, self._rest = self._join(self._joined[:even], 2), np.concatenate([last, self._rest])
            self.span *= 2

    def table(self) -> Table:
        """(n, columns) with the newest row, even if it summarises fewer rows than the others."""
        rest = self._join(self._rest, len(self._rest)) if len(self._rest) else self._rest
        return np.concatenate([self._joined, rest])

    def _join(self, rows: Table, span: int) -> Table:
        groups = rows.reshape(-1, span, len(self.columns))
        return np.asarray(np.where(self._largest, groups.max(axis=1), groups.mean(axis=1)))


@dataclass(frozen=True)
class Curves:
    """Everything that can be drawn over steps. A row of `steps` may summarise several: the mean loss, the largest norm."""

    steps: Table  # (n, 5) columns SEEN_STEPS
    checks: Table  # (m, 3 + 2P) columns SEEN_CHECKS, then "weight <tensor>" and "update <tensor>" for P tensors
    check_columns: tuple[str, ...]

    def of_steps(self, name: str) -> Table:
        return self.steps[:, SEEN_STEPS.index(name)]

    def of_checks(self, name: str) -> Table:
        return self.checks[:, self.check_columns.index(name)]


class History:
    """Collects the metrics of chunks, in order."""

    def __init__(self, views: bool = True) -> None:
        self._steps = DownsampledTable(SEEN_STEPS)
        self._checks: DownsampledTable | None = None
        self._views: list[View] = []
        self._keep_views = views

    def add(self, metrics: Metrics) -> None:
        with np.errstate(all="ignore"):  # a run that diverges has infinite values
            self._steps.add(np.column_stack([getattr(metrics.steps, name) for name in SEEN_STEPS]))
            seen = metrics.checks
            rows = {name: getattr(seen, name) for name in SEEN_CHECKS}
            rows |= {f"weight {name}": seen.weight_norms[:, k] for k, name in enumerate(seen.names)}
            rows |= {f"update {name}": seen.update_norms[:, k] for k, name in enumerate(seen.names)}
            columns = _check_columns(rows)
            if self._checks is None or self._checks.columns != columns:
                self._checks = DownsampledTable(columns, MOST_ROWS // 2)
            self._checks.add(np.column_stack([rows[name] for name in columns]))
        if metrics.view is not None:
            self.add_view(metrics.view)

    def add_view(self, view: View) -> None:
        """Keeps the first and the newest view; of the others, every second one is dropped when there are too many."""
        self._views = [*self._views, view] if self._keep_views else [view]
        while len(self._views) > 2 and sum(map(view_bytes, self._views)) > MOST_VIEW_BYTES:
            self._views = [*self._views[:-1:2], self._views[-1]] if len(self._views) > 3 else self._views[1:]

    def curves(self) -> Curves:
        checks = self._checks or DownsampledTable(SEEN_CHECKS)
        return Curves(self._steps.table(), checks.table(), checks.columns)

    def view_steps(self) -> list[int]:
        """The steps that have a view: the positions of a slider."""
        return [view.step for view in self._views]

    def view_at(self, step: int) -> View | None:
        """The last view at or before this step, or the first one."""
        earlier = [view for view in self._views if view.step <= step] or self._views[:1]
        return earlier[-1] if earlier else None

    def save(self) -> dict[str, NDArray[np.float32]]:
        """The curves as one-dimensional float32 arrays, for a run file."""
        curves = self.curves()
        rows = {f"steps/{name}": curves.of_steps(name) for name in SEEN_STEPS}
        rows |= {f"checks/{name}": curves.of_checks(name) for name in curves.check_columns}
        with np.errstate(all="ignore"):
            return {name: values.astype(np.float32) for name, values in rows.items()}

    def add_saved(self, saved: Mapping[str, NDArray[np.float32]]) -> None:
        """The curves of a run file, before anything else is added."""
        for part, first in (("steps", SEEN_STEPS), ("checks", SEEN_CHECKS)):
            rows = {name.removeprefix(f"{part}/"): saved[name] for name in saved if name.startswith(f"{part}/")}
            if not rows:
                continue
            if not rows.keys() >= set(first) or len({len(values) for values in rows.values()}) != 1:
                raise CoreError("run file: its curves", ", ".join(rows), f"{', '.join(first)}, all of one length")
            columns = SEEN_STEPS if part == "steps" else _check_columns(rows)
            table = DownsampledTable(columns, self._steps.most if part == "steps" else MOST_ROWS // 2)
            with np.errstate(all="ignore"):  # as in `add`
                table.add(np.column_stack([rows[name] for name in columns]).astype(np.float64))
            if part == "steps":
                self._steps = table
            else:
                self._checks = table


def _check_columns(rows: Mapping[str, object]) -> tuple[str, ...]:
    return (*SEEN_CHECKS, *sorted(rows.keys() - set(SEEN_CHECKS)))


def view_bytes(view: View) -> int:
    arrays = [getattr(view, spec.name) for spec in fields(view)]
    for layer in view.layers:
        arrays += [layer.hs, layer.cs, layer.gradient_norms, layer.by_marks, *layer.gates]
    return sum(array.nbytes for array in arrays if isinstance(array, np.ndarray))
