"""The editor of one stop: its link, question, expected answer, note and curtain; its place in the plan; tips for its page."""

import streamlit as st

from ui.as_text import in_markdown
from ui.classroom.plans import edit, kept
from ui.classroom.plans.edit import Fields, FieldsKind
from ui.classroom.room.export import kind_names
from ui.classroom.room.own_question import items_label, number_fields, sketch_fields
from ui.i18n import _, language
from ui.widgets.tours import place, tips
from ui.widgets.tours.ask import MOST_ANSWERS
from ui.widgets.tours.fields import LONGEST_TEXT, LONGEST_VIEW
from ui.widgets.tours.tour import Tour
from ui.widgets.tours.write import write_tour

RIGHT = "*"  # begins the line of the right answer


def editor(plan: Tour, at: int) -> None:
    step = plan.steps[at]
    _buttons(plan, at)
    shown = edit.fields_of(step)
    kinds: dict[FieldsKind, str] = {"none": _("No question")}
    kinds.update({kind: label for kind, label in kind_names().items()})
    kinds["open"] = _("Open question")

    def key(name: str) -> str:
        return f"stop_{name}_{at}_{kept.version()}_{language()}"

    def save() -> None:
        value = st.session_state
        kind: FieldsKind = value[key("kind")] or "none"
        made_by_kind = {"choice": "answers", "order": "items"}.get(kind, "question")
        if kind != "none" and key(made_by_kind) not in value:
            return  # the fields of the question are made in the next run
        answers, right = read_answers(value.get(key("answers"), ""))
        fields = Fields(
            value[key("title")] or shown.title,
            value[key("view")],
            kind,
            value.get(key("question"), shown.question),
            answers,
            right,
            value.get(key("expected"), shown.expected),
            value[key("note")],
            value[key("hide")],
            {name: value.get(key(name), typed) for name, typed in shown.number.items()},
            tuple(line.strip() for line in value.get(key("items"), "").splitlines() if line.strip()),
            {name: value.get(key(name), typed) for name, typed in shown.sketch.items()},
        )
        kept.change(lambda before: edit.with_fields(before, at, fields), fills_anew=False)

    st.text_input(_("Title"), shown.title, key=key("title"), max_chars=LONGEST_TEXT, on_change=save)
    st.text_input(_("Link of the view"), shown.view, key=key("view"), max_chars=LONGEST_VIEW, on_change=save)
    kind = st.segmented_control(
        _("Question"),
        list(kinds),
        default=shown.kind,
        format_func=kinds.__getitem__,
        key=key("kind"),
        required=True,
        on_change=save,
    )
    if kind != "none":
        st.text_area(
            _("Question"),
            shown.question,
            key=key("question"),
            max_chars=LONGEST_TEXT,
            height=80,
            on_change=save,
            label_visibility="collapsed",
        )
    if kind == "choice":
        st.text_area(
            _("Answers, one per line; * before the right one"),
            written_answers(shown),
            key=key("answers"),
            max_chars=MOST_ANSWERS * LONGEST_TEXT,
            on_change=save,
        )
    if kind == "number":
        number_fields(shown.number, key, save)
    if kind == "order":
        st.text_area(items_label(), "\n".join(shown.items), key=key("items"), max_chars=2000, on_change=save)
    if kind == "sketch":
        sketch_fields(shown.sketch, key, save)
    if kind != "none":
        st.text_input(
            _("Expected answer, shown after the guess"),
            shown.expected,
            key=key("expected"),
            max_chars=LONGEST_TEXT,
            on_change=save,
        )
    st.text_area(
        _("Note for you alone"), shown.note, key=key("note"), max_chars=LONGEST_TEXT, height=80, on_change=save
    )
    st.checkbox(_("Curtain down until R is pressed"), shown.hide, key=key("hide"), on_change=save)
    _tips(step.page)


def _buttons(plan: Tour, at: int) -> None:
    def move(by: int) -> None:
        kept.change(lambda before: edit.moved(before, at, by), at + by)

    def delete() -> None:
        kept.change(lambda before: edit.without(before, at), max(at - 1, 0))

    def open_stop() -> None:
        place.keep_own_tour(write_tour(plan))
        place.ask_for(place.OWN, at + 1)

    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{_('Stop {stop}').format(stop=at + 1)}**", width="stretch")
        st.button(_("Open"), key="open_stop", icon=":material/visibility:", on_click=open_stop)
        up, down, gone = _("Move up"), _("Move down"), _("Delete this stop")
        st.button(
            "", key="stop_up", help=up, icon=":material/arrow_upward:", on_click=move, args=(-1,), disabled=at == 0
        )
        is_last = at == len(plan.steps) - 1
        st.button(
            "", key="stop_down", help=down, icon=":material/arrow_downward:", on_click=move, args=(1,), disabled=is_last
        )
        st.button("", key="stop_delete", help=gone, icon=":material/delete:", on_click=delete)


def _tips(page: str) -> None:
    found = tips.of_page(page)
    if found is None:
        return
    with st.expander(_("Tips for this page"), icon=":material/lightbulb:"):
        st.markdown("\n".join(f"- {in_markdown(line)}" for line in found.lines()))


def read_answers(text: str) -> tuple[tuple[str, ...], int]:
    """The answers of a text with one in each line, and the place of the right one."""
    lines = [line.strip() for line in text.splitlines() if line.strip(f"{RIGHT} \t")]
    right = next((at for at, line in enumerate(lines) if line.startswith(RIGHT)), 0)
    return tuple(line.removeprefix(RIGHT).strip() for line in lines), right


def written_answers(fields: Fields) -> str:
    return "\n".join(f"{RIGHT} {text}" if at == fields.right else text for at, text in enumerate(fields.answers))
