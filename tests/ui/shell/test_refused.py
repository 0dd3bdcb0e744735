"""A link that asks for what a page does not have is told so; a link that is met, or names nothing of the page, is not."""

import pytest

from tests.charts import opened

REFUSED = [
    ("lstm", {"T": "-5"}, "`T=-5`", "`T=40`"),
    ("rnn", {"T": "999999999999", "seed": "1.5"}, "`T=999999999999`, `seed=1.5`", "`T=40`, `seed=1`"),
    ("gru", {"preset": "<script>`alert`</script>"}, "`preset=<script>´alert´</script>`", "`preset=ignore`"),
    ("gru", {"form": "nonsense" * 100}, "`form=nonsense", "`form=auto`"),
    ("gates", {"cell": "ltsm"}, "`cell=ltsm`", "`cell=lstm`"),
    ("gradients", {"steps": "5", "size": "nan"}, "`steps=5`, `size=nan`", "`steps=100`, `size=1.5`"),
    ("lab", {"rate": "fast", "two_way": "maybe"}, "`rate=fast`, `two_way=maybe`", "`two_way=False`"),
]


@pytest.mark.parametrize(("page", "query", "wanted", "shown"), REFUSED)
def test_what_cannot_be_shown_is_told_once(page: str, query: dict[str, str], wanted: str, shown: str) -> None:
    app = opened(page, **query)
    (told,) = app.warning
    assert "The link asks for" in told.value
    assert wanted in told.value
    assert shown in told.value
    assert not app.run().warning


MET = [
    ("lstm", {"T": "60", "seed": "7", "utm_source": "mail", "lang": "en"}),
    ("lstm", {"T": "40", "preset": "latch"}),
    ("gradients", {"size": "0.90", "act": "relu"}),
    ("gradients", {"preset": "nonnormal"}),
    ("lab", {"rate": "0.005", "two_way": "true", "cell": "gru", "T": "50"}),
    ("text", {"temperature": "0.5"}),
]


@pytest.mark.parametrize(("page", "query"), MET)
def test_what_is_shown_needs_no_words(page: str, query: dict[str, str]) -> None:
    assert not opened(page, **query).warning
