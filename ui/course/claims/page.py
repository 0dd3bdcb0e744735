"""The page of claims: one claim with its vote, its computation and its code, and the list of all of them."""

from collections.abc import Mapping, Sequence

import streamlit as st

from rnn_core.studies.claims.all_claims import CLAIMS, GROUPS, Claim, Group, judge
from rnn_core.studies.claims.claim import Verdict
from rnn_core.studies.claims.framework_code import FRAMEWORK_SNIPPETS, Executions, library, recorded, run_framework_code
from rnn_core.studies.claims.snippets import SNIPPETS, Execution, Snippet, execute
from ui.as_text import in_markdown
from ui.browser.plot import plot
from ui.browser.thumbnails import thumbnails
from ui.course.claims import texts
from ui.course.claims.figures import claim_chart, claim_thumbnail
from ui.i18n import _
from ui.links.kept_settings import in_session
from ui.runs.checks import computed_by_worker
from ui.shell.frame import link
from ui.shell.site import title
from ui.widgets.choices import choice, rerun_page
from ui.widgets.lesson import linked
from ui.widgets.tables import text_block

PICTURED: Mapping[Group, int] = {"forward": 1, "gates": 13, "back": 18, "training": 23, "architectures": 34}
FUNCTIONS_ALONE = (14, 15)  # their code is a function that the computation calls: it prints nothing of its own


def _vote_key(number: int) -> str:
    return f"vote_{number}"


def verdict_words() -> dict[Verdict, str]:
    return {"true": _("True"), "false": _("False"), "depends": _("It depends")}


@st.fragment
def judged_claims() -> None:
    groups = st.container()
    card, listed = st.columns([3, 2], gap="large")
    with card, st.container(border=True, key="claim_card"):
        claim = _chosen()
        _card(claim)
    with groups:
        _groups(claim)
    with listed:
        _list(claim)


def _chosen() -> Claim:
    sentences = {str(each.number): f"{each.number} · {texts.text_of(each).sentence}" for each in CLAIMS}
    chosen = choice(st.selectbox, _("Claim"), sentences, "1", "claim")
    return texts.BY_NUMBER[int(chosen)]


def _show(number: int) -> None:
    st.session_state["claim"] = str(number)


def _card(claim: Claim) -> None:
    text = texts.text_of(claim)
    st.caption(f"{texts.group_titles()[claim.group]} · {claim.number} / {len(CLAIMS)}")
    with st.container(key="claim_sentence"):
        st.text(text.sentence)
    words = verdict_words()
    vote = st.pills(_("Your vote"), list(words), format_func=words.__getitem__, **in_session(_vote_key(claim.number)))
    if vote is not None:
        _verdict(claim, text, vote)
    _steps(claim)


def _verdict(claim: Claim, text: texts.ClaimText, vote: Verdict) -> None:
    found = judge(claim.number)
    agrees = vote == found.verdict
    said = _("Computed: **{verdict}**.").format(verdict=verdict_words()[found.verdict])
    if agrees:
        st.success(said + " " + _("You voted the same."), icon=":material/check:")
    else:
        st.info(said + " " + _("You voted: {vote}.").format(vote=verdict_words()[vote]), icon=":material/lightbulb:")
    st.markdown(linked(texts.filled(text.computed, found.numbers), "claims/computed"))
    st.markdown(f"**{_('The right statement.')}** {linked(text.right, 'claims/right')}")
    if found.picture:
        plot(claim_chart(found.picture, text.sentence), key=f"claim_{claim.number}")
    link(claim.page, _("Play with it: {page}").format(page=title(claim.page)), **claim.view)
    _code(claim)


def _steps(claim: Claim) -> None:
    """To the claims before and after this one."""
    place = CLAIMS.index(claim)
    with st.container(horizontal=True):
        for label, at, icon in (
            (_("Previous claim"), place - 1, ":material/arrow_back:"),
            (_("Next claim"), place + 1, ":material/arrow_forward:"),
        ):
            exists = 0 <= at < len(CLAIMS)
            number = CLAIMS[at].number if exists else claim.number
            if st.button(
                label, icon=icon, disabled=not exists, on_click=_show, args=(number,), key=f"claim_at_{at < place}"
            ):
                rerun_page()


def _code(claim: Claim) -> None:
    if claim.number in SNIPPETS:
        snippet = SNIPPETS[claim.number]
        alone = claim.number in FUNCTIONS_ALONE
        _beside(
            snippet,
            None if alone else execute(snippet.code),
            None if alone else execute(snippet.right),
        )
    if claim.number in FRAMEWORK_SNIPPETS:
        _framework_code(claim.number)


def _beside(snippet: Snippet, wrong: Execution | None, right: Execution | None) -> None:
    """The code of the claim, and under it the code that does what was meant."""
    for heading, code, done in ((_("As written"), snippet.code, wrong), (_("Right"), snippet.right, right)):
        st.markdown(f"**{heading}**")
        st.code(code, language="python", wrap_lines=True)
        if done:
            text_block("\n".join(filter(None, (done.printed, done.error))))


def _framework_code(number: int) -> None:
    name = {"torch": "PyTorch", "keras": "Keras"}[library(number)]
    kept = f"claim_run_{number}"
    done: Executions = st.session_state.get(kept, recorded()[number])
    st.markdown(
        _("In {library} {version}: executed in a worker process now.").format(library=name, version=done.version)
        if kept in st.session_state
        else _("In {library} {version}, as a test of this app executes it.").format(library=name, version=done.version)
    )
    _beside(FRAMEWORK_SNIPPETS[number], done.code, done.right)
    if st.button(
        _("Execute it now in {library}").format(library=name), icon=":material/play_arrow:", key=f"run_{number}"
    ):
        _execute_in_worker(number, kept, name)


def _execute_in_worker(number: int, kept: str, name: str) -> None:
    # Not at the top of the file: the first visitor would wait for all that worker processes need.
    from ui.runs.executor import workers

    done = computed_by_worker(
        _("{library} is computing in another process…").format(library=name),
        lambda: workers().submit("checks", run_framework_code, number).result(timeout=60),
    )
    if done is None:
        return
    if not done.version:
        st.info(
            _("{library} is not installed on this server. The result above is that of a test.").format(library=name)
        )
        return
    st.session_state[kept] = done
    rerun_page()


def _groups(shown: Claim) -> None:
    """Each group with the picture that is computed for one of its claims; a click opens the first claim of the group."""
    pictures = {}
    for group in GROUPS:
        drawn = judge(PICTURED[group]).picture
        assert drawn is not None
        pictures[group] = claim_thumbnail(drawn, texts.group_titles()[group])

    def open_group(group: str) -> None:
        _show(next(each.number for each in CLAIMS if each.group == group))

    thumbnails(_("Groups of claims"), pictures, shown.group, "claim_groups", open_group)


def _list(shown: Claim) -> None:
    """The claims of the group that is open; a mark for those whose vote was given."""
    votes = {each.number: st.session_state.get(_vote_key(each.number)) for each in CLAIMS}
    given = [number for number, vote in votes.items() if vote is not None]
    same = sum(votes[number] == judge(number).verdict for number in given)
    st.markdown(
        _("Votes given: **{given}** of {all}. The computation agrees with **{same}** of them.").format(
            given=len(given), all=len(CLAIMS), same=same
        )
    )
    with st.container(key="claim_list", gap="small"):
        st.markdown(f"#### {texts.group_titles()[shown.group]}")
        _buttons([each for each in CLAIMS if each.group == shown.group], shown, given)


def _buttons(claims: Sequence[Claim], shown: Claim, given: Sequence[int]) -> None:
    for each in claims:
        mark = ":material/check: " if each.number in given else ""
        sentence = in_markdown(texts.text_of(each).sentence)
        st.button(
            f"{mark}{each.number} · {sentence}",
            key=f"claim_button_{each.number}",
            type="secondary" if each == shown else "tertiary",
            on_click=_show,
            args=(each.number,),
            width="stretch",
        )
