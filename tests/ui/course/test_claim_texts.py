"""The texts of the claims name every number that is computed, in both languages, and the page shows them after a vote."""

import re
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from rnn_core.studies.claims.all_claims import CLAIMS, judge
from tests.charts import opened
from tests.selection import quick
from ui.course.claims import page as claims_page
from ui.course.claims.figures import claim_chart
from ui.course.claims.texts import filled, text_of
from ui.i18n import using_language


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_text_names_the_numbers_of_its_claim(lang: str) -> None:
    with using_language(lang):
        for claim in CLAIMS:
            text, found = text_of(claim), judge(claim.number)
            assert text.sentence
            assert text.right
            named = set(re.findall(r"\[\[(\w+)\]\]", text.computed))
            assert named <= set(found.numbers), claim.number
            assert named, claim.number
            assert "[[" not in filled(text.computed, found.numbers)
            if found.picture:
                assert claim_chart(found.picture, text.sentence).alt


def test_both_languages_show_the_same_numbers() -> None:
    for claim in CLAIMS:
        shown = []
        for lang in ("en", "zh"):
            with using_language(lang):
                shown.append(set(re.findall(r"\[\[(\w+)\]\]", text_of(claim).computed)))
        assert shown[0] == shown[1], claim.number


def _voted(number: int, vote: str) -> AppTest:
    app = opened("claims", claim=str(number))
    (pills,) = [each for each in app.get("button_group") if each.key == f"vote_{number}"]
    return pills.set_value(vote).run()


def test_a_vote_comes_before_the_verdict_and_the_link_keeps_the_claim() -> None:
    app = opened("claims", claim="14")
    assert not app.success
    assert not app.info
    assert app.session_state["claim"] == "14"
    app = _voted(14, "false")
    assert "**False**" in app.success[0].value
    app = _voted(32, "true")
    assert "**False**" in app.info[0].value
    assert any("missing 1 required positional argument" in each.value for each in app.markdown)


@pytest.mark.parametrize("number", quick([9], [each.number for each in CLAIMS if each.number != 9]))
def test_the_verdict_on_the_page_is_that_of_the_computation(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of all 37: where the computation finds something else, the page says something else."""
    found = judge(number)
    other = replace(found, holds=tuple(found.verdict == "false" for _ in found.holds))
    said = [f"**{claims_page.verdict_words()[each.verdict]}**" for each in (found, other)]
    assert said[0] in _computed(number)
    monkeypatch.setattr(claims_page, "judge", lambda asked: other if asked == number else judge(asked))
    assert said[1] in _computed(number)


def _computed(number: int) -> str:
    app = _voted(number, "true")
    return str([*app.success, *app.info][0].value)


def test_the_sentence_of_every_claim_is_on_the_page() -> None:
    """Each group lists its own."""
    firsts = {claim.group: claim.number for claim in reversed(CLAIMS)}
    pages = [opened("claims", claim=str(number)) for number in firsts.values()]
    labels = [each.label.split(" · ")[0] for app in pages for each in app.button if " · " in each.label]
    assert sorted(labels, key=int) == sorted((str(claim.number) for claim in CLAIMS), key=int)


def test_the_view_where_a_claim_can_be_played_with_opens_as_asked() -> None:
    views = {(claim.page, tuple(claim.view.items())) for claim in CLAIMS if claim.view}
    for page, view in sorted(views):
        assert not opened(page, **dict(view)).warning, (page, view)
