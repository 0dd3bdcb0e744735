"""An exercise of the third kind on the page: the drawing, then the computed curve over it, and a score in words."""

import numpy as np
import streamlit as st

from rnn_core.studies.practice.sketches import SKETCHES, Score, Sketch, score
from ui.browser.draw import draw
from ui.course.practice.attempts import hints_and_solution, record_try, show_solved
from ui.figures.lines import Line
from ui.i18n import _
from ui.widgets.lesson import paragraphs


def sketch_titles() -> dict[str, str]:
    return {
        "vanishing": _("A gradient that vanishes, against k"),
        "exploding": _("A gradient that explodes, against k"),
        "saturated": _("A gradient and one large input"),
        "forget_gate": _("A forget gate that reads marks"),
        "pulse": _("A cell state after one pulse"),
        "step_response": _("A GRU on its way to a new value"),
        "oscillation": _("A negative recurrent weight"),
        "count": _("An LSTM that counts"),
        "tanh_slope": _("The slope of tanh"),
        "overfitting": _("A loss while a network overfits"),
        "plateau": _("A loss with a plateau"),
    }


def show_sketch(name: str, seed: int) -> None:
    sketch = SKETCHES[name]
    curve = sketch.curve(seed)
    task, *hints, reason = paragraphs("exercises", "sketches", name)
    for key, text in curve.settings.items():
        task = task.replace(f"{{{key}}}", text)
    shown = f"shown_{name}_{seed}"
    is_shown = bool(st.session_state.get(shown))
    st.markdown(f"**{task}**")
    computed = Line(_("computed"), np.clip(curve.values, *sketch.range), sketch.ink)
    drawn = draw(
        [sketch.start] * len(curve.values),
        key=f"sketch_{name}_{seed}",
        label=sketch_titles()[name],
        y_range=sketch.range,
        behind=lambda _drawn: [computed] if is_shown else (),
    )
    found = score(sketch, np.array(drawn), curve.values)

    def compare() -> None:
        st.session_state[shown] = True
        record_try(name, seed, drawn, right=found.counts)

    if not is_shown:
        st.button(_("Compare with the computed curve"), type="primary", icon=":material/check:", on_click=compare)
        hints_and_solution(name, seed, hints, reason, has_solution=False)
        return
    _show_score(sketch, found, name, seed, reason)


def _show_score(sketch: Sketch, found: Score, name: str, seed: int, reason: str) -> None:
    words = " ".join([_closeness_words()[found.closeness], *_differences(found)])
    if found.counts:
        show_solved(name, seed, f"{words}\n\n{reason}")
    else:
        st.info(f"{words}\n\n{reason}\n\n{_('New numbers give another curve to try.')}", icon=":material/lightbulb:")


def _closeness_words() -> dict[str, str]:
    return {
        "very close": _("Very close: your sketch lies almost on the computed curve."),
        "close": _("Close: the shape is right."),
        "rough": _("Part of the shape is right."),
        "other": _("The computed curve has another shape."),
    }


def _differences(found: Score) -> list[str]:
    """What differs, in words. A sketch that is very close needs none."""
    if found.closeness == "very close":
        return []
    beginning = {"too high": _("It begins too high."), "too low": _("It begins too low.")}
    end = {"too high": _("It ends too high."), "too low": _("It ends too low.")}
    words = [text[at] for text, at in ((beginning, found.beginning), (end, found.end)) if at in text]
    if found.jump and abs(found.jump[0] - found.jump[1]) > 1:
        mine, true = found.jump
        words.append(
            _("The computed curve changes most at {true}, and your sketch at {mine}.").format(true=true, mine=mine)
        )
    return words
