"""The widgets of the translator's page: the task, the network, and the text."""

from calendar import monthrange
from datetime import date

import streamlit as st

from rnn_core.apps.translate.data import OWN
from rnn_core.apps.translate.grammar import dates, numbers
from rnn_core.apps.translate.grammar.date_text import NoSuchDay, day_of
from rnn_core.apps.translate.own import OwnText, Refused, own_text
from rnn_core.apps.translate.settings import Settings, of_rows, standard
from rnn_core.apps.translate.tokens import MOST_TOKENS
from ui.apps.cell_choice import cell_choice
from ui.apps.translate.own_pairs import TEXT, own_rows, texts_to_try
from ui.as_text import as_code, in_markdown
from ui.i18n import _
from ui.links.kept_settings import in_link
from ui.runs.settings_area import more_settings
from ui.widgets.choices import choice

FIRST = {  # not in the training data
    "en-zh": "thirty-six thousand five hundred and nine",
    "zh-en": "三万六千五百零九",
    "dates": "march 9th, 1987",
}
FIRST_NUMBER, FIRST_DAY = 36_509, date(1987, 3, 9)
FIRST_DRAGGED, LAST_DRAGGED = date(1900, 1, 1), date(2099, 12, 31)
MOST_DRAGGED = 99_999


def task_labels() -> dict[str, str]:
    return {
        "en-zh": _("numbers: English → 中文"),
        "zh-en": _("numbers: 中文 → English"),
        "dates": _("dates → ISO"),
        OWN: _("your own pairs"),
    }


def chosen_task() -> tuple[str, bool]:
    """The task, and whether the decoder has attention."""
    task = choice(st.segmented_control, _("Translate"), task_labels(), "en-zh", "task", label_visibility="collapsed")
    looks = {"yes": _("with attention"), "no": _("through one state")}
    attention = choice(
        st.segmented_control, _("The decoder works"), looks, "yes", "attention", label_visibility="collapsed"
    )
    return task, attention == "yes"


def chosen_settings(task: str, attention: bool) -> Settings | None:
    """The settings; None where a visitor's pairs are chosen and none are there yet."""
    rows = own_rows() if task == OWN else ""
    if task == OWN and not rows:
        return None
    with more_settings():
        cell = cell_choice("translate_cell")
        settings = of_rows(rows, cell, attention) if rows else standard(task, cell, attention)
        letters = settings.letters
        if task not in ("dates", OWN):
            units = {"letters": _("letter by letter"), "words": _("word by word")}
            default = "letters" if letters else "words"
            letters = choice(st.segmented_control, _("English is cut"), units, default, f"units_{task}") == "letters"
        hidden = st.slider(_("Hidden size H"), 4, 128, settings.hidden, **in_link("translate_H"))
    return settings.changed(letters=letters, hidden=hidden)


def chosen_form(task: str) -> None:
    """How the day is written that is dragged."""
    if task == "dates":
        forms = {str(at): form(FIRST_DAY) for at, form in enumerate(dates.FORMS)}
        key = text_key(task)
        choice(st.selectbox, _("Written as"), forms, "5", "date_form", on_change=_write_date, args=(key,))


def text_key(task: str) -> str:
    return f"say_{task}"


def typed_text(settings: Settings) -> str:
    """A slider for the number or the day, and the field with the text."""
    task = settings.task
    if task == OWN:
        st.session_state.setdefault(TEXT, texts_to_try(settings.rows)[0])
        return st.text_input(_("Text to translate"), key=TEXT, max_chars=400) or ""
    _draggable(task, text_key(task))
    return st.text_input(_("or type your own"), FIRST[task], **in_link(text_key(task)), max_chars=400) or ""


def valid_text(given: str, settings: Settings) -> OwnText | None:
    """The text as the network reads it; None where it cannot be read, so that no answer to another text is shown above it."""
    found = own_text(given, settings)
    if isinstance(found, Refused):
        st.warning(refusal(found, settings.task))
        return None
    if found.from_digits:
        st.caption(_("Written out: {text}").format(text=in_markdown(found.text)))
    return found


def _draggable(task: str, key: str) -> None:
    """It follows the text, also where that was typed or came with the link."""
    text = st.session_state.get(key) or st.query_params.get(key) or FIRST[task]
    if task == "dates":
        day = day_of(text)
        shown = day if day is not None and FIRST_DRAGGED <= day <= LAST_DRAGGED else None
        _stand_at("drag_day", shown, FIRST_DAY)
        st.slider(
            _("Day"),
            FIRST_DRAGGED,
            LAST_DRAGGED,
            key="drag_day",
            on_change=_write_date,
            args=(key,),
        )
    else:
        number = numbers.from_english(text) if task == "en-zh" else numbers.from_chinese(text)
        _stand_at("drag_number", number if number is not None and number <= MOST_DRAGGED else None, FIRST_NUMBER)
        st.slider(_("Number"), 0, MOST_DRAGGED, key="drag_number", on_change=_write_number, args=(task, key))


def _stand_at(key: str, value: object | None, at_first: object) -> None:
    if value is not None:
        st.session_state[key] = value
    else:
        st.session_state.setdefault(key, at_first)


def _write_number(task: str, key: str) -> None:
    write = numbers.english if task == "en-zh" else numbers.chinese
    st.session_state[key] = write(st.session_state["drag_number"])


def _write_date(key: str) -> None:
    form = dates.FORMS[int(st.session_state["date_form"])]
    st.session_state[key] = form(st.session_state.get("drag_day", FIRST_DAY))


def refusal(problem: Refused, task: str) -> str:
    kinds = {
        "en-zh": _("a number in English words, such as “three hundred and forty-two”"),
        "zh-en": _("a number in Chinese, such as “三百四十二”"),
        "dates": _(
            "a date in English, in figures or in Chinese, such as “9 March 2021”, “2021/03/09” or “2021年3月9日”"
        ),
        OWN: _("a text with the letters of your pairs"),
    }
    match problem.reason:
        case "empty":
            return _("There is nothing to read. Type {kind}.").format(kind=kinds[task])
        case "too long":
            return _("{length} symbols are more than the {most} that fit. Type {kind}.").format(
                length=problem.length, most=MOST_TOKENS, kind=kinds[task]
            )
        case "other direction":
            return _("This is the other language. Turn the direction round above, or type {kind}.").format(
                kind=kinds[task]
            )
        case "no whole number":
            return _("Figures are written out first, for whole numbers from 0 to 999,999. Type {kind}.").format(
                kind=kinds[task]
            )
        case "no such day":
            return _no_such_day(problem.day)
        case "unknown":
            names = " ".join(as_code(symbol[:30]) for symbol in problem.unknown if symbol.strip())
            return _("This network never learned these symbols: {symbols}. Type {kind}.").format(
                symbols=names or "–", kind=kinds[task]
            )


def _no_such_day(day: NoSuchDay | None) -> str:
    if day is None:
        return ""
    if not 1 <= day.month <= 12:
        return _("A year has no month {month}. Type another date.").format(month=day.month)
    days = monthrange(2000 if day.year is None else day.year, day.month)[1]
    words = _("Month {month} has {days} days, so there is no day {day} in it. Type another date.")
    return words.format(month=day.month, days=days, day=day.day)
