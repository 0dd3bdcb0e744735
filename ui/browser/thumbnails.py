"""Presets as small pictures of what they show: a choice whose options are drawn from their own data.

The browser code is in thumbnails/. The choice stands in the session and in the link under its key, as that of `choice`.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import streamlit as st

from ui.browser import assets, door
from ui.figures.style import text_ink
from ui.i18n import _
from ui.links.kept_settings import in_session, is_back_or_forward
from ui.links.written import bring_page_along, fragment_of_part, write_in_link

Option = TypeVar("Option", bound=str)
HEIGHT = 60
CHOSEN = "chosen"

_part = st.components.v2.component("unrolled_thumbnails", js=assets.LOADER)


@dataclass(frozen=True)
class ThumbnailLine:
    values: Sequence[float]  # from 0 (bottom) to 1 (top); what lies outside is cut
    ink: str
    dash: str = "solid"


@dataclass(frozen=True)
class Thumbnail:
    label: str
    lines: tuple[ThumbnailLine, ...] = ()
    ribbons: tuple[
        Sequence[float], ...
    ] = ()  # one per unit, from -1 to 1: as wide as the value is large, coloured by its sign
    ribbon_ink: str = ""  # one colour for all ribbons, where their values have no sign
    roads: tuple[Sequence[float], ...] = ()  # from 0 to 1, blue in the upper half and orange in the lower
    pixels: tuple[Sequence[float], ...] = ()  # rows of a picture, from 0 (paper) to 1 (ink)


def thumbnails(
    label: str, options: Mapping[Option, Thumbnail], chosen: str | None, key: str, on_click: Callable[[str], None]
) -> None:
    """`chosen` is the one that is highlighted; a click calls `on_click` with its name, before the page's run."""
    part, fragment = f"thumbnails_{key}", fragment_of_part()

    def take_chosen() -> None:
        bring_page_along(fragment)
        clicked = door.read(st.session_state.get(part), CHOSEN, door.one_of(options))
        if clicked is not None:
            on_click(clicked)

    _part(
        key=part,
        data=assets.component_data(
            {
                "module": assets.serve("thumbnails"),
                "height": HEIGHT,
                "label": label,
                "chosen": chosen,
                "options": [drawn_option(name, each) for name, each in options.items()],
                "words": {"unavailable": _("The presets could not be loaded. Please reload the page.")},
            }
        ),
        on_chosen_change=take_chosen,
    )


def chosen_thumbnail(options: Collection[Option], default: Option, key: str) -> Option:
    """What `thumbnail_choice` shows as chosen. Needs no thumbnails on the page yet."""
    in_session(key)
    if st.session_state.get(key) not in options or is_back_or_forward():
        requested = st.query_params.get(key)
        st.session_state[key] = requested if requested in options else default
    chosen: Option = st.session_state[key]
    return chosen


def thumbnail_choice(
    label: str, options: Mapping[Option, Thumbnail], default: Option, key: str, forgets: Sequence[str] = ()
) -> Option:
    """One option is always chosen; `key` is its name in the session and in the link. A click forgets the settings whose default
    depends on the option."""

    def choose(name: str) -> None:
        st.session_state[key] = name
        for setting in forgets:
            st.session_state.pop(setting, None)
            st.query_params.pop(setting, None)

    chosen = kept_choice(options, default, key)
    thumbnails(label, options, chosen, key, choose)
    return chosen


def kept_choice(options: Collection[Option], default: Option, key: str) -> Option:
    """The chosen one, written into the link unless it is the default."""
    chosen = chosen_thumbnail(options, default, key)
    write_thumbnail_link(chosen, default, key)
    return chosen


def write_thumbnail_link(chosen: str, default: str, key: str) -> None:
    write_in_link(key, None if chosen == default else chosen)


def drawn_option(name: str, shown: Thumbnail) -> dict[str, object]:
    return {
        "name": name,
        "label": shown.label,
        "lines": [
            {"ink": list(text_ink(line.ink)), "dash": line.dash, "values": [round(float(v), 3) for v in line.values]}
            for line in shown.lines
        ],
        "roads": [[round(float(value), 3) for value in road] for road in shown.roads],
        "ribbon_ink": list(text_ink(shown.ribbon_ink)) if shown.ribbon_ink else None,
        "ribbons": [[round(float(value), 3) for value in ribbon] for ribbon in shown.ribbons],
        "pixels": [[round(float(value), 2) for value in row] for row in shown.pixels],
    }
