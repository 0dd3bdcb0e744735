"""The network of every application's page as a file, and the network from before a reload."""

import pytest
from streamlit.testing.v1 import AppTest

from rnn_core.apps.registry import APPLICATIONS
from rnn_core.apps.trained import APPS, load_trained
from rnn_core.learn import runfile
from tests.charts import charts, opened
from tests.ui.runs.test_workers import ByHand
from ui.runs.returning import Places, VisitorPlace
from ui.runs.visitor import Visitor
from ui.runs.workers import Workers


def file_of(name: str, place: int) -> bytes:
    variant = list(APPLICATIONS[name].settings.shipped())[place]
    return (APPS / name / "files" / f"{variant}.safetensors").read_bytes()


def upload(app: AppTest, name: str, data: bytes) -> None:
    app.file_uploader(key=f"app_file_{name}").set_value(("mine.safetensors", data, "")).run()
    assert not app.exception, app.exception


def shown(app: AppTest) -> list[str]:
    return [info.value for info in app.info if "you have opened" in info.value]


@pytest.mark.parametrize("name", APPLICATIONS)
def test_every_page_opens_a_saved_network_of_other_settings_and_goes_back(name: str) -> None:
    """The last variant differs most from the page's default: another task, language or series."""
    app = opened(name)
    before = charts(app).keys()
    upload(app, name, file_of(name, -1))
    assert shown(app)
    assert "your network" in charts(app)["scores"]["alt"]
    app.run()
    assert not app.exception
    assert shown(app)
    app.button(key="app_close").click().run()
    assert not app.exception
    assert not shown(app)
    assert charts(app).keys() == before


def test_files_of_other_pages_and_damaged_ones_are_refused_in_words() -> None:
    app = opened("forecast")
    upload(app, "forecast", file_of("vision", 0))
    assert any("another page" in error.value for error in app.error)
    upload(app, "forecast", file_of("forecast", 0)[:-50])
    assert any("damaged" in error.value for error in app.error)
    upload(app, "forecast", b"PK\3\4" + bytes(50))
    assert any("program" in error.value for error in app.error)
    assert not shown(app)


def place_with(places: Places, browser: str, session: str) -> VisitorPlace:
    place = VisitorPlace(Visitor(Workers(ByHand())), browser, session)
    places.enter(place)
    return place


def open_nile(visitor: Visitor) -> None:
    trained = load_trained(APPLICATIONS["forecast"].settings, "nile-gru")
    visitor.open(
        "forecast", *runfile.load(runfile.save(trained.state), {"forecast": type(trained.state.settings).read})
    )


def test_after_a_reload_the_runs_are_back_and_another_tab_or_browser_gets_none() -> None:
    connected = {"first", "tab"}
    places = Places(connected.__contains__)
    first = place_with(places, "browser", "first")
    open_nile(first.visitor)
    runs = first.visitor.runs
    assert not place_with(places, "browser", "tab").visitor.runs, "the first tab is still open"
    connected.remove("first")
    assert not place_with(places, "another browser", "x").visitor.runs
    assert not place_with(places, "", "no cookie").visitor.runs
    again = place_with(places, "browser", "second")
    assert again.visitor.runs == runs
    assert not first.visitor.runs, "a session that ends later closes nothing"
    connected.add("second")
    assert not place_with(places, "browser", "third").visitor.runs
    settings = APPLICATIONS["forecast"].settings()
    shown = again.visitor.shown_run(settings)
    assert shown is not None
    assert shown.settings.series == "nile"
    assert again.visitor.shown_run(settings) is shown
    assert again.visitor.shown_run(settings.changed(hidden=20)) is None, "other settings end it"


def test_what_has_left_for_good_is_forgotten() -> None:
    places = Places(lambda session: False)
    place = place_with(places, "browser", "first")
    open_nile(place.visitor)
    places.leave(place)
    assert not place_with(places, "browser", "second").visitor.runs
