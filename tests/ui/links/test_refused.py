"""A link that asks for what a page does not have is answered with a sentence; a link that is met, or that others have appended to, is not."""

from typing import Any

import pytest

from tests.charts import opened

REFUSED = [
    ("lstm", {"T": "-5"}, "`T=-5`", "`T=40`"),
    ("rnn", {"T": "999999999999", "seed": "1.5"}, "`T=999999999999`, `seed=1.5`", "`T=40`, `seed=1`"),
    ("gru", {"preset": "<script>`alert`</script>"}, "`preset=<script>´alert´</script>`", "`preset=ignore`"),
    ("gru", {"form": "nonsense" * 10}, "`form=nonsense", "`form=auto`"),
    ("gates", {"cell": "ltsm"}, "`cell=ltsm`", "`cell=lstm`"),
    ("gradients", {"steps": "5", "size": "9"}, "`steps=5`, `size=9`", "`steps=100`, `size=1.5`"),
    ("lab", {"rate": "fast", "two_way": "maybe"}, "`rate=fast`, `two_way=maybe`", "`two_way=False`"),
    ("lstm", {"step": "9999"}, "`step=9999`", "`step=40`"),
    ("lstm", {"step": "soon", "unit": "3"}, "`step=soon`, `unit=3`", "`step=3`, `unit=1`"),
    (
        "rnn",
        {"stage": "forget", "direction": "up"},
        "`direction=up`, `stage=forget`",
        "`direction=forward`, `stage=all`",
    ),
    ("gru", {"value": "reset_gate.41.1"}, "`value=reset_gate.41.1`", "`value=none`"),
    ("compare", {"value": "hs.1.1", "stage": "8"}, "`stage=8`, `value=hs.1.1`", "`stage=all`, `value=none`"),
    ("bptt", {"view": "numbers", "step": "99", "unit": "9"}, "`step=99`, `unit=9`", "`step=12`, `unit=3`"),
]


@pytest.mark.parametrize(("page", "query", "wanted", "shown"), REFUSED)
def test_a_value_that_cannot_be_shown_is_reported_once(
    page: str, query: dict[str, str], wanted: str, shown: str
) -> None:
    app = opened(page, **query)
    (reported,) = app.warning
    assert "The link asks for" in reported.value
    assert wanted in reported.value
    assert shown in reported.value
    assert not app.run().warning


UNREADABLE = [
    ("lstm", {"input": "noise", "seed": "inf"}, "seed"),
    ("lab", {"budget": "inf"}, "budget"),
    ("lab", {"rate": "nan"}, "rate"),
    ("lab", {"seed": "1" + "0" * 400}, "seed"),
    ("text", {"luck": "inf"}, "luck"),
    ("bptt", {"seed": "1e999"}, "seed"),
    ("compare", {"seed": "-inf"}, "seed"),
    ("gradients", {"size": "1e400"}, "size"),
    ("states", {"units": "1e30"}, "units"),
    ("vision", {"vision_covered": "9" * 90}, "vision_covered"),
    ("runs", {"list": "x" * 50_000}, "list"),
    ("lstm", {"form": "nonsense" * 100}, "form"),
]


@pytest.mark.parametrize(("page", "query", "name"), UNREADABLE)
def test_an_unreadable_parameter_is_removed_and_reported_once(page: str, query: dict[str, str], name: str) -> None:
    app = opened(page, **query)
    (reported,) = app.warning
    assert f"The link’s value for `{name}` cannot be read" in reported.value
    assert name not in app.query_params
    assert not app.run().warning


TOO_LONG = [
    {"truncate": "-inf", "same_mask": ["0"] * 500, "true_first": ["0"] * 500},  # Streamlit itself reads up to 1,000
    {"truncate": "-inf", "seed": ["7"] * 300},
    {f"name{number}": "inf" for number in range(2_000)},
    {"list": "x" * 250_000, "seed": "7"},
]


@pytest.mark.parametrize(
    "query", TOO_LONG, ids=["past Streamlit's limit", "of one name", "of many names", "a long text"]
)
def test_a_link_longer_than_any_page_reads_is_ignored(query: dict[str, Any]) -> None:
    app = opened("lab", **query)
    (reported,) = app.warning
    assert reported.value == "This link is longer than any page can read, so all of it was left out."
    assert not app.query_params
    assert not app.run().warning


UNKNOWN = [
    ("gates", {"bias": "1.0"}, "`bias`"),
    ("text", {"temperature": "0.5"}, "`temperature`"),
    ("lstm", {"page": "home", "__class__": "1"}, "`page`, `__class__`"),
    ("rnn", {f"name{number}": "1" for number in range(99)}, "`name0`, `name1`"),
    ("rnn", {"](//evil.test)\n# a": "1"}, "`](//evil.test) # a`"),
]


@pytest.mark.parametrize(("page", "query", "named"), UNKNOWN)
def test_an_unknown_parameter_is_reported_once(page: str, query: dict[str, str], named: str) -> None:
    app = opened(page, **query)
    (reported,) = app.warning
    assert f"no setting that is called {named}" in reported.value
    assert not app.run().warning


def test_all_faults_of_a_link_are_reported_in_one_place() -> None:
    (reported,) = opened("lstm", T="0", seed="inf", gain="1").warning
    assert "asks for `T=0`" in reported.value
    assert "value for `seed`" in reported.value
    assert "is called `gain`" in reported.value


def test_a_reported_value_stays_in_its_line() -> None:
    (reported,) = opened("lstm", T="\n\n![a](//evil.test/m.png)\n# head").warning
    assert "\n" not in reported.value
    assert "`T= ![a](//evil.test/m.png) # head`" in reported.value.replace("  ", " ")


MET = [
    ("lstm", {"T": "60", "seed": "7", "utm_source": "mail", "lang": "en"}),
    ("lstm", {"T": "40", "preset": "latch"}),
    ("lstm", {"preset": "random", "input": "typed", "xs1": "nan"}),
    ("gradients", {"size": "0.90", "act": "relu"}),
    ("gradients", {"preset": "nonnormal"}),
    ("lab", {"rate": "0.005", "two_way": "true", "cell": "gru", "T": "50"}),
    ("text", {"temperature_english": "0.5", "begin_english": "inf"}),
    ("states", {"units": ["1", "3"]}),
    ("gates", {"T": "60", "steps60": ["5", "9"]}),
    ("lstm", {"step": "40", "stage": "cell", "direction": "backward", "unit": "1", "value": "dforget_gate.40.1"}),
    ("lstm", {"preset": "random", "value": "W_xf.3.1", "T": "60", "step": "60"}),
    ("rnn", {"value": "hs.0.1"}),
    ("compare", {"step": "7", "stage": "7", "unit": "3", "value": "lstm.cs.7.3"}),
    ("forecast", {"today_sunspots_261_296": "1963"}),
    ("inside", {"view": "training", "moment": "186"}),
]


@pytest.mark.parametrize(("page", "query"), MET)
def test_valid_values_are_not_reported(page: str, query: dict[str, str]) -> None:
    assert not opened(page, **query).warning
