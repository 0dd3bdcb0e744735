"""A page that is left and opened again has its settings; parameters of a link override them."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.charts import opened, parts
from tests.pages.test_runs import comparison
from ui.shell import site

PAGES = [page.slug for page in site.PAGES if page.slug != "home"]
# A choice or more of each page that is not its default, and what is in the link alone.
LINKS: dict[str, dict[str, str]] = {
    "rnn": {"preset": "rotation", "form": "sigmoid", "input": "drawn", "wave": ",".join(["0.5"] * 40)},
    "lstm": {"preset": "random", "seed": "3", "H": "5", "T": "80", "w": "eNpjZWKAgAf2AAJVASc", "loss": "every"},
    "gru": {"preset": "average", "input": "typed", "xs1": "1, 2, 3"},
    "compare": {"input": "wave", "init": "xavier", "seed": "4", "count_H": "10"},
    "states": {"view": "plane", "push": "0.5"},
    "gates": {"cell": "gru", "view": "hold", "kept": "z.all.3-9.0.5", "T": "50"},
    "bptt": {"cell": "lstm", "bk": "1.5", "at": "some", "at12": "3", "view": "down", "rate": "0.2"},
    "gradients": {"look": "lstm", "gates": "chrono", "size": "0.9"},
    "clipping": {"w0": "4.5", "rate": "0.1"},
    "variants": {"view": "padding", "cell": "lstm", "H": "6"},
    "lab": {"task": "latch", "cell": "lstm", "clip": "2.0", "two_way": "true", "rate": "0.01", "init": "xavier"},
    "experiments": {"story": "forget"},
    "text": {"text": "chinese", "luck": "7"},
    "forecast": {"ahead": "direct", "forecast_cell": "lstm"},
    "sentiment": {"reviewer": "gru", "review_en": "not bad"},
    "speech": {"speech_cell": "lstm", "speech_word": "two", "speech_speed": "1.5"},
    "recommend": {"recommend_cell": "lstm", "category": "music", "clicks": "3.4"},
    "vision": {"vision_order": "columns", "vision_picture": "9", "vision_covered": ["3", "5"]},  # type: ignore[dict-item]
    "multimodal": {"fusion": "late", "inputs": "picture", "asked_picture": "7"},
    "translate": {"task": "dates", "beams": "3", "translate_cell": "lstm"},
}


def visit(app: AppTest, slug: str, **query: str) -> AppTest:
    """Opens a page by a link of the menu, or by a link with parameters."""
    app.query_params.clear()
    app.query_params.update({"lang": "en", **query})
    app.switch_page(f"pages/{slug}.py").run()
    assert not app.exception, app.exception
    return app


def go_round(app: AppTest) -> AppTest:
    """Visits pages with settings of the same names, and returns."""
    slug = app.session_state["page"]
    for elsewhere in ("lstm", "bptt", "home", "gates"):
        if elsewhere != slug:
            visit(app, elsewhere)
    return visit(app, slug)


def settings(app: AppTest) -> dict[str, Any]:
    page = app.session_state["settings of pages"][app.session_state["page"]]
    return {name: app.session_state[name] for name in page.names if name in app.session_state}


def move_everything(app: AppTest) -> None:
    for slider in app.slider:
        step, low = slider.proto.step, slider.proto.min
        if isinstance(slider.value, int | float) and not slider.disabled and low + 3 * step <= slider.proto.max:
            kind = type(slider.value)
            slider.set_value(kind(low + step * (2 if slider.value != kind(low + 2 * step) else 3)))
    for number in app.number_input:
        if number.value is not None and not number.disabled and number.value + number.step <= number.proto.max:
            number.set_value(number.value + number.step)
    for dial in (part for part in parts(app) if {"low", "high"} <= part.keys()):
        if not dial["disabled"]:
            low, step = dial["low"], dial["step"]
            moved = next(value for value in (low + 2 * step, low + 3 * step) if round(value, 9) != dial["value"])
            app.session_state[dial["key"]] = round(moved, 9)
    for toggle in app.toggle:
        toggle.set_value(not toggle.value)
    app.run()


WITHOUT_SETTINGS = (
    "runs",
    "history",
    "room",
)  # the list of runs and a room are values of the link that no widget holds


@pytest.mark.parametrize("slug", PAGES)
def test_a_reopened_page_has_its_settings(slug: str) -> None:
    app = opened(slug, **LINKS.get(slug, {}))
    move_everything(app)
    left = settings(app)
    assert left or slug in WITHOUT_SETTINGS, "the page says nowhere what can be set"
    there = settings(go_round(app))
    assert {name: there.get(name) for name in left} == left


@pytest.mark.parametrize("slug", LINKS)
def test_the_link_of_a_reopened_page_has_its_settings(slug: str) -> None:
    app = opened(slug, **LINKS[slug])
    assert not app.warning
    left = dict(app.query_params)
    assert left.items() >= LINKS[slug].items()
    assert go_round(app).query_params == left


@pytest.mark.parametrize("slug", ["lstm", "bptt", "gradients", "lab"])
def test_parameters_of_a_link_override_kept_settings(slug: str) -> None:
    app = opened(slug, **LINKS[slug])
    wanted = {"gradients": {"steps": "50"}}.get(slug, {"T": "20"})
    visit(visit(app, "gates"), slug, **wanted)
    assert settings(app) == settings(opened(slug, **wanted))


def test_a_page_opened_for_the_first_time_has_no_settings_of_another() -> None:
    app = visit(opened("lstm", T="80", preset="counter", seed="7"), "gru")
    assert settings(app) == settings(opened("gru"))
    assert app.query_params == {"lang": "en"}


def test_a_comparison_is_kept() -> None:
    app = opened("runs")
    app.slider(key="runs_T").set_value(40).run()
    left, link = comparison(app), dict(app.query_params)
    go_round(app)
    assert comparison(app) == left
    assert app.query_params == link


@pytest.mark.parametrize(("slug", "dial"), [("states", "gain"), ("gates", "bk"), ("bptt", "gain")])
def test_a_dial_that_leaves_an_example_leaves_a_sentence(slug: str, dial: str) -> None:
    app = opened(slug, **{"bptt": {"picture": "network"}}.get(slug, {}))
    app.session_state[dial] = 0.7
    app.run()
    assert any(text.value.startswith("Your own settings") for text in app.markdown)


def test_an_embedded_page_has_the_settings_of_its_link() -> None:
    app = opened("gates", embed="true", T="50")
    assert settings(app)["T"] == 50
