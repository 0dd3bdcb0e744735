"""After a change of language a page has the same text as one that was opened in that language."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.charts import opened
from ui.shell import site

PAGES = [page.slug for page in site.PAGES if page.slug != "home"]


def said(app: AppTest) -> list[str]:
    """All texts of the page."""
    texts = [text.value for kind in (app.markdown, app.caption, app.title, app.subheader) for text in kind]
    options = [str(widget.options) for widget in (*app.selectbox, *app.button_group, *app.select_slider)]
    labels = [widget.label for widget in (*app.slider, *app.number_input, *app.button, *app.toggle, *app.expander)]
    return texts + options + labels


@pytest.mark.parametrize("slug", PAGES)
def test_after_a_change_of_language_the_page_equals_one_opened_in_it(slug: str) -> None:
    app = opened(slug, "en")
    app.query_params["lang"] = "zh"
    app.run()
    assert not app.exception
    assert said(app) == said(opened(slug, "zh"))
    for widget in (*app.selectbox, *app.button_group, *app.select_slider):
        # The browser shows the text of its last message, and gets another one only in this way.
        assert widget.proto.set_value or not widget.value, widget.key
