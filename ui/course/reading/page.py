"""Questions and answers, two routes through the app, and what to read: lessons/reading/works.toml and questions.toml."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from urllib.parse import parse_qsl

import streamlit as st

from ui.browser.cards import Card, cards
from ui.browser.thumbnails import Thumbnail
from ui.course.home.pictures import picture
from ui.i18n import _, language
from ui.shell.frame import link, open_slug
from ui.shell.site import title
from ui.widgets.choices import choice
from ui.widgets.lesson import LESSONS


@cache
def contents(name: str) -> Mapping[str, Sequence[Any]]:
    return tomllib.loads((LESSONS / "reading" / f"{name}.toml").read_text(encoding="utf-8"))


def questions() -> None:
    st.subheader(_("Questions and answers"), anchor=False)
    place = 0 if language() == "en" else 2
    columns = st.columns(2, gap="large")
    for number, asked in enumerate(contents("questions")["questions"]):
        with columns[number % 2]:
            st.markdown(f"#### {asked[place]}\n\n{asked[place + 1]}")
            slug, view = asked[4:]
            link(slug, **dict(parse_qsl(view)))


@st.fragment
def routes() -> None:
    st.subheader(_("A route through the app"), anchor=False)
    labels = {"week": _("One week"), "month": _("One month")}
    route = choice(st.segmented_control, _("Time"), labels, "week", "route", label_visibility="collapsed")
    place = 1 if language() == "en" else 2
    stops = {}
    for number, stop in enumerate(contents("questions")[route], start=1):
        name = f"{number} · {title(stop[0])}"
        stops[stop[0]] = Card(stop[place], picture(stop[0], name) or Thumbnail(name))
    followed = cards(_("A route through the app"), stops, key=f"route_{route}")
    if followed:
        open_slug(followed)


def works() -> None:
    titles = {
        "papers": _("Papers"),
        "books": _("Books"),
        "courses": _("Courses"),
        "tutorials": _("Tutorials and documentation"),
        "forums": _("Forums"),
    }
    place = 2 if language() == "en" else 3
    for kind, heading in titles.items():
        st.subheader(heading, anchor=False)
        st.markdown("\n".join(f"- [{work[0]}]({work[1]}) {work[place]}" for work in contents("works")[kind]))
