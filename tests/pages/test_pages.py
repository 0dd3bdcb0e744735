"""Every page runs in both languages, shows its main idea, and has no English labels in Chinese."""

import re
import subprocess
import sys

import pytest
from streamlit.testing.v1 import AppTest

from tests.charts import parts
from tests.repository import ROOT
from ui import i18n
from ui.shell import site


def opened(slug: str, lang: str, **query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    app.query_params.update({"lang": lang, **query})
    return app.run() if slug == "home" else app.switch_page(f"pages/{slug}.py").run()


def says_its_idea(app: AppTest, slug: str, lang: i18n.Language) -> bool:
    assert not app.exception
    assert not app.error
    expected = i18n.catalogue(lang).get(site.idea(slug), site.idea(slug))
    return expected in [text.value for text in app.markdown]


@pytest.mark.parametrize("slug", [page.slug for page in site.PAGES])
def test_the_page_opens_in_english(slug: str) -> None:
    assert says_its_idea(opened(slug, "en"), slug, "en")


def widget_labels(app: AppTest) -> list[str]:
    kinds = (
        app.slider,
        app.selectbox,
        app.number_input,
        app.button,
        app.toggle,
        app.radio,
        app.text_input,
        app.checkbox,
    )
    dials = [part["label"] for part in parts(app) if {"low", "high"} <= part.keys()]
    widgets = [widget for kind in kinds for widget in kind]
    # A claim about code is a line of code in both languages.
    return [widget.label for widget in widgets if not (widget.key or "").startswith("claim_button_")] + dials


@pytest.mark.parametrize("slug", [page.slug for page in site.PAGES])
def test_the_page_opens_in_chinese_with_chinese_labels(slug: str) -> None:
    app = opened(slug, "zh")
    assert says_its_idea(app, slug, "zh")
    names = re.compile(r"\$[^$]*\$|PyTorch|Keras|NumPy|Xavier|Chrono|Dropout|Pascanu")
    labels = [names.sub("", label) for label in widget_labels(app)]
    english_words = [label for label in labels if re.search(r"[a-z]{4,}", label)]
    assert english_words == []


def test_every_page_file_is_in_the_menu() -> None:
    assert {path.stem for path in (ROOT / "pages").glob("*.py")} == {page.slug for page in site.PAGES}


OPEN_EVERY_PAGE = """
import sys
import tests.conftest
from streamlit.testing.v1 import AppTest
from ui.shell import site

app = AppTest.from_file("app.py", default_timeout=60).run()
for page in site.PAGES:
    if page.slug != "home":
        app.switch_page(f"pages/{page.slug}.py").run()
    assert not app.exception, page.slug
    slow = {"torch", "scipy", "keras"} | ({"pandas"} if page.slug in ("home", "rnn", "lstm", "gru", "compare") else set())
    assert not slow & set(sys.modules), f"{page.slug} loads {slow & set(sys.modules)}"
"""


def test_no_page_loads_torch_and_the_first_pages_do_not_load_pandas() -> None:
    """In a fresh process, in the order of the menu: every module that a page imports, directly or not, is then loaded."""
    done = subprocess.run(
        [sys.executable, "-c", OPEN_EVERY_PAGE], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr[-2000:]
