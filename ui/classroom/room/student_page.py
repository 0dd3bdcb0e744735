"""The page of a student, one HTML document with its styles and its script, and the page on which a code is typed."""

import re
from functools import cache
from pathlib import Path

from ui.as_text import in_html
from ui.browser.bundle import bundle
from ui.browser.question import field_words
from ui.classroom.room import codes, limits
from ui.classroom.room.questions import dumps
from ui.classroom.room.words import spread_words
from ui.figures.style import css_variables
from ui.i18n import LANGUAGE_NAMES, LANGUAGES, Language, _, using_language
from ui.shell.security import content_security_policy

_FOLDER = Path(__file__).parents[2] / "browser" / "room"


@cache
def student_page(lang: Language) -> tuple[str, str]:
    """The document, and its content security policy."""
    script = compact(bundle(_FOLDER, "student.js"))
    with using_language(lang):
        words = dumps(_words() | spread_words()).replace("<", "\\u003c")
        room = f'<span>{in_html(_("Room"))}</span><b id="code"></b>'
        net = f'<span id="net" role="status"><i></i><span>{in_html(_("connected"))}</span></span>'
        body = (
            f'<main></main><div id="view"></div><script type="application/json" id="words">{words}</script>'
            f"<script>(() => {{\n{script}\n}})()</script>"
        )
        return _document(lang, _("Room"), "../", f"{room}{net}", body)


@cache
def join_page(lang: Language) -> tuple[str, str]:
    """It works without a script: the form leads to the room's own page."""
    with using_language(lang):
        hint = _("The code has {count} letters and digits. It is on your teacher’s screen.").format(count=codes.LENGTH)
        form = (
            f'<main><form class="join" action="join"><h1>{in_html(_("Join a room"))}</h1>'
            f'<p class="note" id="hint">{in_html(hint)}</p><input type="hidden" name="lang" value="{lang}">'
            f'<label for="typed">{in_html(_("Code of the room"))}</label>'
            f'<input id="typed" name="code" required autofocus maxlength="{2 * codes.LENGTH}" autocomplete="off" '
            f'autocapitalize="characters" spellcheck="false" aria-describedby="hint">'
            f'<button class="go">{in_html(_("Join"))}</button></form></main>'
        )
        return _document(lang, _("Join a room"), "", "", form)


def _document(lang: Language, title: str, root: str, head: str, body: str) -> tuple[str, str]:
    other = next(each for each in LANGUAGES if each != lang)
    page = (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{in_html(title)} · Unrolled</title>'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,">'
        f"<style>{_styles()}</style></head><body><header>"
        f'<a class="mark" href="{root}?lang={lang}">Unrolled</a>{head}'
        f'<a href="?lang={other}" hreflang="{other}" lang="{other}">{LANGUAGE_NAMES[other]}</a></header>{body}</body></html>'
    )
    return page, content_security_policy(page)


def compact(script: str) -> str:
    """Without comments that fill a line and without the spaces at its beginning: a third of the size. Strings have no such lines."""
    lines = (
        line.strip() for line in re.sub(r"^\s*/\*\*.*?\*/\s*$", "", script, flags=re.DOTALL | re.MULTILINE).splitlines()
    )
    return "\n".join(line for line in lines if line and not line.startswith("//"))


@cache
def _styles() -> str:
    """The styles, with those colours alone that the page uses."""
    sources = "".join((_FOLDER / name).read_text(encoding="utf-8") for name in _SOURCES)
    used = set(re.findall(r"var\(--([\w-]+)", sources))
    kept = [
        found[0]
        for found in re.finditer(r"--([\w-]+): (?:light-dark\(.*?\)|[^;]+); ", css_variables())
        if found[1] in used
    ]
    return f":root {{ {''.join(kept)}}}\n" + (_FOLDER / "student.css").read_text(encoding="utf-8")


_SOURCES = ("student.css", "student.js", "spread.js", "picture.js", "pad.js", "fields.js")


def _words() -> dict[str, str]:
    return {
        "welcome": _("You are about to join a room."),
        "privacy": _(
            "Your answers are shown without names. Your teacher can save them with the nickname that you choose. The room and all that is in it are deleted after a day."
        ),
        "nickname": _("Nickname (optional)"),
        "nickname_example": _("none"),
        "join": _("Join"),
        "busy": _("Many are joining at this moment. Please try again in a few seconds."),
        "unreachable": _("The room cannot be reached. Please try again."),
        "connecting": _("Connecting …"),
        "online": _("connected"),
        "offline": _("offline"),
        "over": _("There is no such room."),
        "over_more": _("It has ended, or the code has a mistake."),
        "other_room": _("Type a code"),
        "full": _("This room is full: it takes {most} students.").format(most=limits.MOST_STUDENTS),
        "ready": _("You are in the room."),
        "ready_more": _("The next question appears here when your teacher asks it."),
        "send": _("Send"),
        "change": _("Change the answer"),
        "not_sent": _("Not sent yet"),
        "not_sent_more": _("Your answer is kept on this device and is sent as soon as the connection is back."),
        "was_sent": _("Sent"),
        "was_sent_more": _("You see the answers of the class when your teacher reveals them."),
        "late": _("Too late"),
        "late_more": _("The answers had been revealed before yours arrived, so it is not counted."),
        "refused": _("Not accepted"),
        "refused_more": _("The room could not read this answer. Please change it and send it again."),
        "was_right": _("Your answer is right."),
        "was_wrong": _("You answered:"),
        "open_view": _("Open the view that answers it"),
        "view": _("Your teacher shows this view."),
        "open_alone": _("Open it in a tab of its own"),
        **field_words(),
    }
