r"""Prose and questions from lessons/<page>/<section>.<language>.md.

In the formulas `\ink{forget_gate}{f_t}` writes f_t in the colour that the forget gate has in the diagrams and charts.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import streamlit as st

from ui.figures.style import text_ink
from ui.i18n import Language, _, language
from ui.links.kept_settings import in_session
from ui.widgets.glossary import link_first_uses
from ui.widgets.questions import Question, read_question, shuffled
from ui.widgets.stage import actions, below_the_idea
from ui.widgets.tours.start import start_button

_RIGHT = "questions answered rightly"
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


def all_questions(lang: Language) -> Iterator[tuple[str, str, Question]]:
    """Every question of the lessons: its page, its key, and the question."""
    for path in sorted(LESSONS.glob(f"*/*.{lang}.md")):
        page, section = path.parent.name, path.name.removesuffix(f".{lang}.md")
        if section == "question":
            yield page, f"guess_{page}", read_question(_source(page, section, lang))
        elif "## guess\n" in _source(page, section, lang):
            yield page, f"guess_{page}_{section}", read_question(_parts(page, section)["guess"])


def lesson_part(page: str, section: str, part: str) -> str:
    """The text of one part, for a page that fills or divides it."""
    return _parts(page, section)[part]


def has_part(page: str, section: str, part: str) -> bool:
    return part in _parts(page, section)


def _parts(page: str, section: str) -> dict[str, str]:
    parts = re.split(r"^## (\w+)\n", _source(page, section, language()), flags=re.MULTILINE)
    return {name: text.strip() for name, text in zip(parts[1::2], parts[2::2], strict=True)}


def question(page: str) -> None:
    """The question of lessons/<page>/question, behind the button "Guess first": the question, its answers `- [ ]`, the right one
    as `- [x]`, and the reason."""
    _ask(_source(page, "question", language()), question_key(page))
    with actions():
        start_button(page)


def question_key(page: str) -> str:
    """Names the page's question in the session and in the reader's progress."""
    return f"guess_{page}"


def has_question(page: str) -> bool:
    return (LESSONS / page / "question.en.md").is_file()


def question_part(page: str, section: str, part: str) -> None:
    """A question that is one part of a section."""
    _ask(_parts(page, section)[part], f"guess_{page}_{section}")


def answered_rightly() -> list[str]:
    """The keys of the questions that were answered rightly in this visit."""
    return list(st.session_state.get(_RIGHT, ()))


def forget_answers() -> None:
    st.session_state.pop(_RIGHT, None)


def _ask(text: str, key: str) -> None:
    """The button in the page's head, and the card over the stage while the question is open."""
    opened = f"asks_{key}"
    is_open = st.session_state.get(opened, False)

    def toggle() -> None:
        st.session_state[opened] = not is_open

    with actions():
        st.button(_("Guess first"), key="guess_first", icon=":material/help:", on_click=toggle)
    _show_printed_question(text, key)
    if is_open:
        with st.container(key="guess_curtain"), st.container(key="guess_card"):
            _show_question(text, key)
            is_answered = st.session_state.get(key) is not None
            st.button(_("Now look") if is_answered else _("Show me"), key="close_question", on_click=toggle)


def _show_printed_question(text: str, key: str) -> None:
    """On paper the question stands above the picture; on the screen it is not seen (ui/browser/frame.css)."""
    asked = read_question(text)
    answers = "\n".join(f"- {asked.answers[at].text}" for at in shuffled(len(asked.answers), key))
    with below_the_idea(), st.container(key="printed_question"):
        st.markdown(f"**{asked.text}**\n\n{answers}")


def _show_question(text: str, key: str) -> None:
    asked = read_question(text)
    st.markdown(f"**{_('Guess first')}**")
    with st.container(key="guess_text"):
        st.markdown(coloured(asked.text, is_dark()))
    guess = st.pills(
        asked.text,
        shuffled(len(asked.answers), key),
        format_func=lambda at: asked.answers[at].text,
        **in_session(key),
        label_visibility="collapsed",
        wrap=True,
    )
    if guess is None:
        return
    if asked.answers[guess].right:
        st.session_state.setdefault(_RIGHT, {})[key] = True
        st.success(f"**{_('Yes.')}** {coloured(asked.reason, is_dark())}", icon=":material/check:")
    else:
        why = coloured(f"{asked.answers[guess].mistake}\n\n{asked.reason}", is_dark())
        st.info(f"**{_('Look again.')}** {why}", icon=":material/lightbulb:")
