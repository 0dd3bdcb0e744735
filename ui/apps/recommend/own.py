"""A visitor's sessions: read, with the refused rows named, and scored."""

from collections import Counter

import streamlit as st

from rnn_core.apps.recommend.own import NoItems, OwnSessions, WrongRow
from rnn_core.apps.recommend.settings import MEASURES, Settings
from rnn_core.apps.scores import Scores
from rnn_core.apps.table import TableRefused
from ui.apps import frame
from ui.apps.recommend import compute
from ui.apps.recommend.controls import SHOP
from ui.apps.recommend.own_shop import keep_own_shop
from ui.i18n import _, listed
from ui.widgets.tables import table
from ui.widgets.uploads import report_upload_problem, table_problem, upload_table

MOST_NAMED = 8
EXAMPLE = "session,item,time\na,camera,1\na,coffee beans,2\na,memory card,3\nb,帐篷,1\nb,地钉,2"


def own_sessions(network: frame.Network[Settings], names: dict[str, str]) -> None:
    """A refused file does not replace the last valid one."""
    st.subheader(_("Your own sessions"), anchor=False)
    file, problem = upload_table(
        _("A CSV file with a column of sessions, one of items (of this shop or of any other) and perhaps one of times"),
        "recommend_file",
    )
    typed = st.text_area(_("or rows, typed or pasted"), key="recommend_typed", placeholder=EXAMPLE, max_chars=100_000)
    data = typed.encode("utf-8", "replace") if file is None else file
    if file is not None and typed.strip():
        st.caption(_("The file is read, and not the rows below it. Take the file away to have the rows read."))
    if file is not None or data.strip():
        problem = problem or _read(data)
    else:
        st.session_state.pop(SHOP, None)
    kept: bytes | None = st.session_state.get("recommend_own")
    report_upload_problem(problem, kept)
    if kept is not None:
        found = compute.read_own(kept)
        _what_was_read(found)
        if not problem:
            _what_was_left_out(found)
        if network.settings.shop:  # of other items
            return
        _scored(network, compute.own_scores(network.settings, network.state, kept), names)
        if file is None:  # a file is removed in its own field
            st.button(_("Forget these sessions"), on_click=_forget, icon=":material/delete:", key="recommend_forget")


def _forget() -> None:
    del st.session_state["recommend_own"]
    st.session_state["recommend_typed"] = ""


def _read(data: bytes) -> str:
    """Keeps valid sessions; returns the reason why others are refused."""
    try:
        found = compute.read_own(data)
    except TableRefused as problem:
        return table_problem(problem)
    except NoItems:
        return keep_own_shop(data)
    st.session_state.pop(SHOP, None)
    if not found.names:
        _wrong_rows(found.wrong)
        return _("No session has two clicks or more, so there is nothing to guess.")
    st.session_state["recommend_own"] = data
    return ""


def _what_was_read(found: OwnSessions) -> None:
    count = int((found.clicks >= 0).sum())
    st.caption(_("Sessions: {sessions}. Clicks in them: {clicks}.").format(sessions=len(found.names), clicks=count))


def _what_was_left_out(found: OwnSessions) -> None:
    _wrong_rows(found.wrong)
    if found.too_short:
        st.warning(_("Sessions of a single click were left out: {count}.").format(count=found.too_short))
    if found.cut:
        st.warning(
            _("Only the first 1,000 sessions and 40 clicks of each are used; {count} clicks were left out.").format(
                count=found.cut
            )
        )


def _wrong_rows(wrong: tuple[WrongRow, ...]) -> None:
    """The refused rows as a table, because its cells show words from outside as text."""
    if not wrong:
        return
    reasons = {
        "unknown item": _("no item of this shop"),
        "no item": _("no item"),
        "no session": _("no session"),
        "no time": _("no time"),
    }
    counted = Counter(reasons[row.reason] for row in wrong)
    st.warning(
        _("Rows that were left out: {counts}.").format(counts=listed(f"{name} × {n}" for name, n in counted.items()))
    )
    shown = wrong[:MOST_NAMED]
    st.dataframe(
        {
            _("row number"): [row.row for row in shown],
            _("what is wrong"): [reasons[row.reason] for row in shown],
            _("content"): [row.cell[:60] for row in shown],
        },
        hide_index=True,
    )
    if len(wrong) > MOST_NAMED:
        st.caption(_("and {count} more rows").format(count=len(wrong) - MOST_NAMED))


def _scored(network: frame.Network[Settings], found: dict[str, Scores], names: dict[str, str]) -> None:
    ours = _("your network") if network.trained_here else _("this network")
    table(
        {_("on your sessions"): [names.get(name, ours) for name in found]}
        | {names[m.name]: [m.words(scores[m.name]) for scores in found.values()] for m in MEASURES}
    )
