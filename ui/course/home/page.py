"""The first and the last section of the Home page: a wave that a network continues, and the path through the lessons."""

from itertools import groupby

import streamlit as st

from ui.browser.cards import Card, cards
from ui.browser.progress import progress
from ui.browser.thumbnails import Thumbnail
from ui.browser.wave import wave_stage
from ui.course.home.compute import network
from ui.course.home.pictures import picture
from ui.course.home.waves import AHEAD, wave_of_link, waves_to_try, write_link
from ui.links.kept_settings import forgotten_on_leaving, is_back_or_forward, unbound_in_link
from ui.shell import site
from ui.shell.frame import chapters_of_app, open_slug
from ui.widgets.lesson import forget_answers, prose, question_keys
from ui.widgets.tours import shipped


@st.fragment
def continued_wave() -> None:
    """A wave that the visitor draws. The network reads it and continues it, in the browser."""
    to_try = waves_to_try()
    usual = tuple(to_try["even"].values)
    begun = forgotten_on_leaving("home_wave_begun")
    if begun not in st.session_state or is_back_or_forward():
        st.session_state[begun] = wave_of_link()
    own = st.session_state[begun]
    wave = wave_stage(network(), own or usual, to_try, ahead=AHEAD, is_own=own is not None)
    write_link(wave, usual)
    unbound_in_link("wave")


def path_through_the_lessons() -> None:
    """What the reader has done, and every page as a card, chapter by chapter, in the order in which they build on each other."""
    prose("home", "path")
    _own_progress()
    lessons = [page for page in site.PAGES if page.part != "start"]
    for part, pages in groupby(lessons, key=lambda page: page.part):
        st.markdown(f"### {site.part_title(part)}")
        followed = cards(site.part_title(part), {page.slug: _card(page.slug) for page in pages}, key=f"cards_{part}")
        if followed:
            open_slug(followed)


def _own_progress() -> None:
    chapters = chapters_of_app()
    pages = [slug for chapter in chapters for slug in chapter.pages]
    asked = progress(chapters, {slug: question_keys(slug) for slug in ["home", *pages]}, shipped.names())
    if asked.forgets:
        forget_answers()
    if asked.page:
        open_slug(asked.page)


def _card(slug: str) -> Card:
    title = site.title(slug)
    return Card(site.idea(slug), picture(slug, title) or Thumbnail(title))
