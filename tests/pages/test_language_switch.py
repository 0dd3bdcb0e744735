"""A page whose language is changed says the same as one that was opened in it: no option keeps its old text."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.charts import opened
from ui.shell import site

PAGES = [page.slug for page in site.PAGES if page.slug != "home"]


def said(app: AppTest) -> list[str]:
    """All that stands on the page in words."""
    texts = [text.value for kind in (app.markdown, app.caption, app.title, app.subheader) for text in kind]
    options = [str(widget.options) for widget in (*app.selectbox, *app.button_group, *app.select_slider)]
    labels = [widget.label for widget in (*app.slider, *app.number_input, *app.button, *app.toggle, *app.expander)]
    return texts + options + labels


@pytest.mark.parametrize("slug", PAGES)
def test_after_a_change_of_the_language_all_is_said_in_the_new_one(slug: str) -> None:
    app = opened(slug, "en")
    app.button_group(key="language_choice").set_value("zh").run()
    assert not app.exception
    assert said(app) == said(opened(slug, "zh"))
    for widget in (*app.selectbox, *app.button_group, *app.select_slider):
        # The browser shows the text that it was told last, and is told another only so.
        assert widget.proto.set_value or not widget.value, widget.key
