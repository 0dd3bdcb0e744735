"""A teacher's link says what it fixes and leaves out; tables for spreadsheets run nothing."""

import csv
import io

from ui.classroom.csv_text import MARK, csv_text
from ui.classroom.teacher_links.build import LinkSettings, built
from ui.classroom.teacher_links.share import frame, qr_code


def test_a_link_names_what_it_fixes_and_leaves_out() -> None:
    view = (("preset", "leak"), ("bias", "2"), ("hide", "1"))
    settings = LinkSettings("lstm", view, ("bias", "nothing"), ("menu", "text"), "zh")
    assert built(settings) == "lstm?lang=zh&preset=leak&bias=2&fixed=bias&without=menu,text"
    assert built(LinkSettings("home", (), hide=True)) == "?lang=en&hide=1"


def test_a_frame_escapes_the_link_and_a_code_is_a_picture() -> None:
    assert frame('https://a.example/lstm?lang=en&x="') == (
        '<iframe src="https://a.example/lstm?lang=en&amp;x=&quot;&amp;embed=true" width="100%" height="720" style="border: 0" loading="lazy"></iframe>'
    )
    assert qr_code("https://a.example/").startswith(b"\x89PNG")


def test_no_cell_of_a_table_is_a_formula() -> None:
    hostile = ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "＝1"]
    text = csv_text([hostile, ["20241031", -0.5, 'a,b\n"c"']])
    first, second = csv.reader(io.StringIO(text.removeprefix(MARK), newline=""))
    assert all(cell.startswith("'") for cell in first)
    assert second == ["20241031", "-0.5", 'a,b\n"c"']
