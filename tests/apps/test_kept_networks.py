"""How many trained networks of one application a visitor can come back to."""

from types import SimpleNamespace
from typing import Any
from unittest.mock import MagicMock

import pytest

from rnn_core.apps.text.settings import Settings
from ui.apps import compute
from ui.runs.limits import MOST_KEPT


@pytest.mark.parametrize(("most", "left"), [("2", 2), ("1", 1), ("0", 6)])
def test_the_oldest_network_is_dropped_and_0_means_no_limit(
    most: str, left: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs: dict[str, Any] = {"other/1": MagicMock()}

    def new_run(name: str, _settings: object, views: bool) -> Any:
        assert not views
        return runs.setdefault(name, MagicMock())

    visitor = SimpleNamespace(runs=runs, shown_run=lambda _settings: None, new_run=new_run)
    monkeypatch.setattr(compute, "visitor", lambda: visitor)
    monkeypatch.setenv(MOST_KEPT, most)
    made = [compute.run_of(Settings(seed=seed)) for seed in range(6)]
    assert list(runs.values()) == [runs["other/1"], *made[-left:]]
    assert [run.close.called for run in made] == [True] * (6 - left) + [False] * left  # type: ignore[attr-defined]
