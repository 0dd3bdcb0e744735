"""Presets are pictures in a browser's part, which AppTest cannot click: here each of them is a button."""

from collections.abc import Callable, Mapping

import pytest
import streamlit as st

from ui.browser import thumbnails
from ui.memory.gradients import presets
from ui.memory.sequences import controls


@pytest.fixture
def pictures_are_buttons(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = thumbnails.thumbnails

    def as_buttons(
        label: str, options: Mapping[str, object], chosen: str | None, key: str, on_click: Callable[[str], None]
    ) -> None:
        whole(label, options, chosen, key, on_click)  # type: ignore[arg-type]
        for name in options:
            st.button(name, key=f"picture_{name}", on_click=on_click, args=(name,))

    for module in (controls, presets):
        monkeypatch.setattr(module, "thumbnails", as_buttons)
