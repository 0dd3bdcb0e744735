r"""Prose and questions from lessons/<page>/<section>.<language>.md.

In the formulas `\ink{forget_gate}{f_t}` writes f_t in the colour that the forget gate has in the diagrams and charts.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl

import streamlit as st

from ui.figures.style import text_ink
from ui.i18n import Language, _, language
from ui.links.door import FOLLOWED
from ui.links.kept_settings import in_session
from ui.widgets.glossary import link_first_uses
from ui.widgets.questions import Question, read_question, shuffled
from ui.widgets.stage import actions, below_the_idea
from ui.widgets.tours.start import start_button
from ui.widgets.veil import open_once

_RIGHT, _VIEW = "questions answered rightly", "view that a question asks for"
LESSONS = Path(__file__).parents[2] / "lessons"


@cache
def _source(page: str, section: str, lang: Language) -> str:
    return (LESSONS / page / f"{section}.{lang}.md").read_text(encoding="utf-8").strip()


def is_dark() -> bool:
    return st.context.theme.type == "dark"


def coloured(text: str, dark: bool) -> str:
    """The text with every `\\ink{name}` replaced by KaTeX's colour command with the colour of this name."""
    return re.sub(r"\\ink\{(\w+)\}", lambda m: rf"\textcolor{{{text_ink(m[1])[dark]}}}", text)


def prose(page: str, section: str) -> None:
    _show(_source(page, section, language()), f"{page}/{section}")


def prose_in_columns(page: str, section: str) -> None:
    """Prose of a page without a picture: it fills a wide window."""
    with st.container(key="prose_in_columns"):
        prose(page, section)


def _show(text: str, section: str) -> None:
    st.markdown(linked(text, section))


def linked(text: str, section: str) -> str:
    """Prose with its colours, and with links from the terms that no other section of the page has used before."""
    return coloured(link_first_uses(text, section), is_dark())


def prose_part(page: str, section: str, part: str, *, beside_others: bool = False) -> None:
    """One part of a section that is divided by `## part` headings. Parts replace each other where they are not shown `beside_others`:
    then each links the terms that it uses."""
    _show(_parts(page, section)[part], f"{page}/{section}/{part}" if beside_others else f"{page}/{section}")


def source(page: str) -> None:
    """Where the page's data come from, folded away."""
    with st.expander(_("Where the data come from"), icon=":material/database:"):
        prose(page, "source")


def paragraphs(page: str, section: str, part: str) -> list[str]:
    """The paragraphs of one part of a section."""
    return linked(_parts(page, section)[part], f"{page}/{section}").split("\n\n")


def plain_paragraphs(page: str, section: str, part: str) -> list[str]:
    """The same without colours, for texts that leave the page."""
    return _parts(page, section)[part].split("\n\n")


class LessonQuestion(NamedTuple):
    page: str
    key: str  # names the question in the session, in the reader's progress and in a room
    view: str  # a link of the app that shows its answer, or the place where it is asked
    question: Question


def all_questions(lang: Language) -> Iterator[LessonQuestion]:
    """Every question of the lessons, page by page, in the order in which its page asks them."""
    for folder in sorted(each for each in LESSONS.iterdir() if each.is_dir()):
        page = folder.name
        for key, text in _questions_of(page, lang).items():
            asked = read_question(text)
            yield LessonQuestion(page, key, asked.view or page, asked)
        for path in sorted(folder.glob(f"*.{lang}.md")):
            section = path.name.removesuffix(f".{lang}.md")
            if "## guess\n" in _source(page, section, lang):
                asked = read_question(_parts(page, section, lang)["guess"])
                yield LessonQuestion(page, _key(page, section), f"{page}?story={section}", asked)


def lesson_part(page: str, section: str, part: str) -> str:
    """The text of one part, for a page that fills or divides it."""
    return _parts(page, section)[part]


def has_part(page: str, section: str, part: str) -> bool:
    return part in _parts(page, section)


def _parts(page: str, section: str, lang: Language | None = None) -> dict[str, str]:
    parts = re.split(r"^## (\w+)\n", _source(page, section, lang or language()), flags=re.MULTILINE)
    return {name: text.strip() for name, text in zip(parts[1::2], parts[2::2], strict=True)}


def question(page: str, *, is_veiled: bool = False) -> None:
    """The page's questions, behind the button "Guess first": lessons/<page>/question, and the parts of lessons/<page>/questions.
    `is_veiled`: the first one covers the picture until the reader has guessed, once in a visit."""
    _ask(page, _questions_of(page, language()), is_veiled)
    with actions():
        start_button(page)


def _questions_of(page: str, lang: Language) -> dict[str, str]:
    """The texts of a page's questions by their keys, in the order in which they are asked."""
    found = {}
    if (LESSONS / page / f"question.{lang}.md").is_file():
        found[_key(page)] = _source(page, "question", lang)
    if (LESSONS / page / f"questions.{lang}.md").is_file():
        found |= {_key(page, part): text for part, text in _parts(page, "questions", lang).items()}
    return found


def _key(page: str, part: str = "") -> str:
    return f"guess_{page}_{part}" if part else f"guess_{page}"


def question_keys(page: str) -> list[str]:
    """What names the page's questions in the session and in the reader's progress."""
    return [each.key for each in _english_questions() if each.page == page]


@cache
def _english_questions() -> tuple[LessonQuestion, ...]:
    return tuple(all_questions("en"))


def question_part(page: str, section: str, part: str) -> None:
    """A question that is one part of a section. It covers the section's picture until the reader has guessed, once in a visit."""
    _ask(page, {_key(page, section): _parts(page, section)[part]}, is_veiled=True)
    with actions():
        start_button(page)


def answered_rightly() -> list[str]:
    """The keys of the questions that were answered rightly in this visit."""
    return list(st.session_state.get(_RIGHT, ()))


def forget_answers() -> None:
    st.session_state.pop(_RIGHT, None)


def open_asked_view(open_view: Callable[[str, dict[str, str]], object]) -> None:
    """Go to the view that a question's answer names, if the reader has just asked for it."""
    asked = st.session_state.pop(_VIEW, None)
    if asked is not None:
        slug, query = asked
        open_view(slug, {**query, FOLLOWED: "1"})


def _ask(page: str, questions: Mapping[str, str], is_veiled: bool) -> None:
    """The button in the page's head, and the card over the stage while a question is open."""
    keys = list(questions)
    place = f"asks_{keys[0]}"  # of the open question in `keys`; None while the card is closed
    if is_veiled:
        open_once(page, keys[0], place)
    at = st.session_state.get(place)

    def go_to(next_place: int | None) -> None:
        st.session_state[place] = next_place

    answered = answered_rightly()
    first = next((number for number, key in enumerate(keys) if key not in answered), 0)
    with actions():
        opens = first if at is None else None
        st.button(_("Guess first"), key="guess_first", icon=":material/help:", on_click=go_to, args=(opens,))
    _show_printed_question(questions[keys[0]], keys[0])
    if at is None:
        return
    key = keys[at]
    with st.container(key="guess_curtain"), st.container(key="guess_card"):
        _show_question(questions[key], key, (at + 1, len(keys)))
        is_answered = st.session_state.get(key) is not None
        with st.container(horizontal=True, gap="small"):
            label = _("Now look") if is_answered else _("Show me")
            st.button(label, key="close_question", shortcut="Escape", on_click=go_to, args=(None,))
            if is_answered:
                _view_button(read_question(questions[key]).view, place)
            if len(keys) > 1:
                icon = ":material/arrow_forward:"
                following = (at + 1) % len(keys)
                st.button(_("Next question"), key="next_question", icon=icon, on_click=go_to, args=(following,))


def _view_button(view: str, place: str) -> None:
    """To the view that shows the answer. It closes the card, which would cover it."""
    if not view:
        return
    slug, _mark, query = view.partition("?")

    def ask() -> None:
        st.session_state[place] = None
        st.session_state[_VIEW] = slug, dict(parse_qsl(query))

    label = _("Open the view that answers it")
    st.button(label, key="open_answer", icon=":material/visibility:", on_click=ask)


def _show_printed_question(text: str, key: str) -> None:
    """On paper the question stands above the picture; on the screen it is not seen (ui/browser/frame.css)."""
    asked = read_question(text)
    answers = "\n".join(f"- {asked.answers[at].text}" for at in shuffled(len(asked.answers), key))
    with below_the_idea(), st.container(key="printed_question"):
        st.markdown(f"**{asked.text}**\n\n{answers}")


def _show_question(text: str, key: str, number: tuple[int, int] = (1, 1)) -> None:
    """`number`: which question it is, of how many."""
    asked = read_question(text)
    which = _("{number} of {count}").format(number=number[0], count=number[1])
    st.markdown(f"**{_('Guess first')}**" + (f" · {which}" if number[1] > 1 else ""))
    with st.container(key="guess_text"):
        st.markdown(coloured(asked.text, is_dark()))
    guess = st.pills(
        asked.text,
        shuffled(len(asked.answers), key),
        format_func=lambda at: asked.answers[at].text,
        **in_session(key),
        label_visibility="collapsed",
        wrap=True,
        width="stretch",
        on_change=_note_right_answer,
        args=(key, asked),
    )
    if guess is None:
        return
    if asked.answers[guess].right:
        st.success(f"**{_('Yes.')}** {coloured(asked.reason, is_dark())}", icon=":material/check:")
    else:
        why = coloured(f"{asked.answers[guess].mistake}\n\n{asked.reason}", is_dark())
        st.info(f"**{_('Look again.')}** {why}", icon=":material/lightbulb:")


def _note_right_answer(key: str, asked: Question) -> None:
    """Before the script runs: the top bar, which hands the right answers on to the reader's progress, is at its beginning."""
    guess = st.session_state.get(key)
    if guess is not None and asked.answers[guess].right:
        st.session_state.setdefault(_RIGHT, {})[key] = True
