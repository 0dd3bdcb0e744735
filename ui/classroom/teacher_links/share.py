"""A link to pass on: as text, as a QR code, and as a frame for a course's own page."""

from io import BytesIO

import segno
import streamlit as st

from ui.as_text import in_html
from ui.i18n import _

LONGEST_CODE = 1_200  # characters: a phone reads a denser code from a screen only when it is held close


def share_link(address: str, key: str, *, has_frame: bool = False) -> None:
    """`address`: of the view, with a query."""
    text, code = st.columns([3, 1], gap="large")
    with text:
        st.code(address, language=None, wrap_lines=True)
        st.link_button(_("Try as a student"), address, icon=":material/open_in_new:")
        if has_frame:
            st.markdown(_("For the page of a course:"))
            st.code(frame(address), language="html", wrap_lines=True)
    with code:
        if len(address) > LONGEST_CODE:
            st.caption(_("This link is too long for a QR code that a phone can read."))
        else:
            st.image(qr_code(address), caption=_("QR code of the link"), width=220)
            name = f"{key}.png"
            st.download_button(
                _("Large QR code"),
                qr_code(address, scale=24),
                name,
                "image/png",
                key=f"qr_{key}",
                icon=":material/qr_code:",
                on_click="ignore",
            )


def qr_code(text: str, scale: int = 8) -> bytes:
    """A PNG, dark on light in both themes: some phones read no inverted code."""
    file = BytesIO()
    segno.make(text, micro=False).save(file, kind="png", scale=scale, border=4, dark="#000000", light="#FFFFFF")
    return file.getvalue()


def frame(address: str) -> str:
    embedded = f"{address}&embed=true"
    return f'<iframe src="{in_html(embedded)}" width="100%" height="720" style="border: 0" loading="lazy"></iframe>'
