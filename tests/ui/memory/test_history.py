"""The line in time: in order, every view opens as its link says, and each entry has its reference."""

import re

import pytest

from tests.charts import opened
from ui.i18n import LANGUAGES, using_language
from ui.links.names import is_known, is_page
from ui.memory.history.events import Event, events


def test_the_events_are_in_order_and_every_reference_names_its_year() -> None:
    years = [event.year for event in events()]
    assert years == sorted(years)
    assert {1982, 1990, 1991, 1994, 1997, 2000, 2001, 2006, 2014, 2017, 2020, 2021, 2023, 2024} == set(years)
    for event in events():
        assert re.search(rf"\b{event.year}\b", event.reference), event.name


def test_both_languages_have_the_same_views_and_their_settings_are_known() -> None:
    views = []
    for lang in LANGUAGES:
        with using_language(lang):
            views.append([event.view for event in events()])
    assert views[0] == views[1]
    for event in events():
        assert is_page(event.page)
        assert all(is_known(event.page, name) for name in event.query)


@pytest.mark.long
@pytest.mark.parametrize("event", events(), ids=lambda event: event.name)
def test_every_view_opens_as_its_link_says(event: Event) -> None:
    assert [warning.value for warning in opened(event.page, **event.query).warning] == []
