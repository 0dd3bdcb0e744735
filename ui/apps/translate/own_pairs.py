"""A visitor's own pairs: the file, what was read of it, and texts of it to try."""

import streamlit as st

from rnn_core.apps.table import TableRefused
from rnn_core.apps.translate import own_pairs as core
from rnn_core.apps.translate.own_pairs import OwnPairs
from ui.as_text import in_markdown
from ui.i18n import _
from ui.widgets.uploads import checked_table, report_upload_problem, table_problem, warn_of_rows

FOUND, TEXT = "translate_own", "say_own"
MOST_TRIED = 4


def own_rows() -> str:
    """The pairs that the settings of a run hold; empty without enough of them."""
    found = _found()
    return core.pack(found.rows) if found is not None and found.enough_to_train else ""


def _found() -> OwnPairs | None:
    found: OwnPairs | None = st.session_state.get(FOUND)
    return found


def upload_pairs() -> None:
    """A file of pairs; a refused one does not replace the last valid one."""
    st.markdown(
        _(
            "A file with two columns, such as a word and its plural, or a number and its Roman numeral: {least} pairs or more, at most {longest} letters each. It is read letter by letter, and stays in this visit."
        ).format(least=core.LEAST_PAIRS, longest=core.LONGEST)
    )
    problem = checked_table(_("A CSV file with two columns"), "translate_file", _read)
    found = _found()
    report_upload_problem(problem, found)
    if found is not None:
        _what_was_read(found)


def _read(data: bytes) -> str:
    """Keeps a valid file; returns the reason why another is refused."""
    try:
        found = core.own_pairs(core.pair_table(data))
    except TableRefused as problem:
        return table_problem(problem)
    except core.NoPairs:
        return _("Two columns with text are needed: one for the input, one for the output.")
    if found != _found():
        st.session_state[FOUND] = found
        st.session_state.pop(TEXT, None)
        st.rerun()  # the settings further up on the page were made with the file before
    return ""


def score_note() -> str:
    return _("One pair of your file in eight is kept for the test, and one in eight for validation.")


def texts_to_try(rows: str) -> tuple[str, ...]:
    """Sources of test pairs."""
    return tuple(pair.source for pair in core.pairs(rows, "test")[:MOST_TRIED])


def _what_was_read(found: OwnPairs) -> None:
    first, second = map(in_markdown, found.names)
    st.caption(
        _("Pairs: {count}, from column {first} to column {second}.").format(
            count=f"{len(found.rows):,}", first=first, second=second
        )
    )
    faults = (
        (found.too_long, _("Longer than {longest} letters, so left out: rows {rows}.")),
        (found.incomplete, _("One of the two texts is missing in rows {rows}.")),
    )
    warn_of_rows(faults, longest=core.LONGEST)
    if found.left_out:
        st.warning(
            _("{kept} of {all} pairs are used. They were drawn at random.").format(
                kept=f"{len(found.rows):,}", all=f"{len(found.rows) + found.left_out:,}"
            )
        )
    if not found.enough_to_train:
        st.warning(
            _("{count} pairs are too few: {least} or more are needed, so that some can be kept for the test.").format(
                count=len(found.rows), least=core.LEAST_PAIRS
            )
        )
