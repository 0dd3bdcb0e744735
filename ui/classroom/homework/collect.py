"""What students have handed in: files dropped at once and pasted codes, computed again, as a table and as CSV."""

from collections.abc import Iterator, Sequence

import streamlit as st

from rnn_core.studies.practice.goal_list import GOALS
from rnn_core.studies.practice.homework.assign import MOST_STUDENTS
from rnn_core.studies.practice.homework.check import Checked, Remark, check
from rnn_core.studies.practice.homework.receipt import (
    LARGEST_FILE,
    LONGEST_CODE,
    Receipt,
    ReceiptRefused,
    read_code,
    read_receipt,
)
from ui.as_text import in_markdown
from ui.classroom.csv_text import csv_text
from ui.figures.words import number
from ui.i18n import _
from ui.widgets.tables import table

MOST_FILES = 2 * MOST_STUDENTS
LONGEST_NAME = 60  # characters of a file's name in a sentence


def collect(exercise: str, seeds: dict[str, int]) -> None:
    """`seeds`: of the students on the teacher's list, for this exercise."""
    st.markdown(f"#### {_('What was handed in')}")
    left, right = st.columns(2, gap="large")
    with left:
        files = st.file_uploader(
            _("Files of students, all at once"), ["json", "txt"], accept_multiple_files=True, key="homework_files"
        )
    with right:
        codes = st.text_area(
            _("Receipt codes, one per line"), max_chars=MOST_STUDENTS * LONGEST_CODE, height=120, key="homework_codes"
        )
    if len(files) > MOST_FILES:
        st.error(
            _("At most {most} files can be checked at once.").format(most=MOST_FILES), icon=":material/folder_off:"
        )
        return
    receipts: list[Receipt] = []
    refused: list[str] = []
    for name, data in _handed_in([(file.name, file.size, file.getvalue) for file in files], codes):
        try:
            receipts.append(read_code(data) if isinstance(data, str) else read_receipt(data))
        except ReceiptRefused as problem:
            refused.append(f"{in_markdown(name[:LONGEST_NAME])}: {_reasons()[problem.reason]}")
    if refused:
        st.warning("\n".join(f"- {each}" for each in refused[:20]), icon=":material/report:")
    if receipts:
        _show(check(receipts, {} if any(each.exercise != exercise for each in receipts) else seeds))


def _handed_in(files: Sequence[tuple[str, int, object]], codes: str) -> Iterator[tuple[str, bytes | str]]:
    """Yields the name and the content of everything handed in. Of a file that is too large only the beginning is read."""
    for name, size, read in files:
        assert callable(read)
        yield name, read() if size <= LARGEST_FILE else b" " * (LARGEST_FILE + 1)
    for at, line in enumerate(codes.split("\n"), 1):
        if line.strip():
            yield _("line {number}").format(number=at), line


def _show(found: tuple[Checked, ...]) -> None:
    rows = [_row(each) for each in found]
    right = sum(each.right for each in found)
    st.markdown(_("{count} receipts, {right} right.").format(count=len(found), right=right))
    heads = [_("student"), _("seed"), _("answer"), _("claimed"), _("recomputed"), _("result"), _("remark")]
    columns = list(zip(*rows, strict=True))
    shown = [[in_markdown(text) for text in column] for column in columns]
    table(dict(zip(heads, shown, strict=True)))
    st.download_button(
        _("Table (CSV)"),
        csv_text([heads, *rows]),
        "homework-results.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def _row(checked: Checked) -> list[str]:
    receipt = checked.receipt
    is_goal = receipt.exercise in GOALS
    answer = ", ".join(f"{name} = {value:g}" if is_goal else f"{value:g}" for name, value in receipt.answer)
    remarks = [_remarks()[kind].format(student=who) for kind, who in checked.remarks]
    return [
        receipt.student,
        str(receipt.seed),
        answer,
        ", ".join(map(number, receipt.result)),
        ", ".join(map(number, checked.recomputed)),
        _("right") if checked.right else _("wrong"),
        "; ".join(remarks),
    ]


def _remarks() -> dict[Remark, str]:
    return {
        "differs": _("the result does not follow from the answer"),
        "other seed": _("the numbers of {student}"),
        "unknown seed": _("numbers of nobody on the list"),
        "not listed": _("not on the list"),
        "copy": _("the same as {student}"),
        "twice": _("handed in several times"),
    }


def _reasons() -> dict[str, str]:
    return {
        "too large": _("too large for a receipt."),
        "not readable": _("cannot be read."),
        "not ours": _("is no receipt of this app."),
        "other exercise": _("is for an exercise that cannot be homework here."),
        "bad entry": _("has a value that no receipt can have."),
    }
