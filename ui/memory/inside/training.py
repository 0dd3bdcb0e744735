"""Over training: the same unit, and the same swap, at the recorded steps of a training."""

import numpy as np
import streamlit as st

from rnn_core.apps.snapshots import RECORDED
from rnn_core.arrays import Array
from rnn_core.cells.activations import sigma
from ui.as_text import in_chart, in_markdown
from ui.browser.dial import page_dial
from ui.browser.letters import letters
from ui.browser.plot import plot
from ui.browser.thumbnails import Thumbnail, ThumbnailLine, chosen_thumbnail, thumbnail_choice
from ui.i18n import _
from ui.memory.inside import training_compute as compute
from ui.memory.inside.chosen import auc_line
from ui.memory.inside.names import label_names
from ui.memory.inside.swap import PAIRS, pair_names
from ui.memory.inside.swap_figure import Roads, probability, swapped_shares
from ui.memory.inside.take_runs import take_course, take_swap_of_step
from ui.memory.inside.training_compute import Course, SwapCourse
from ui.memory.inside.training_figure import auc_over_training
from ui.widgets.choices import choice
from ui.widgets.stage import Stage, stage_note

FIRST_LABEL = "word with a capital"
SHOWN_UNITS = 8


def view(stage: Stage) -> None:
    pictures = {"unit": _("a unit of a text model"), "swap": _("a swap in a review")}
    with stage.top:
        what = choice(st.segmented_control, _("Over training"), pictures, "unit", "over", label_visibility="collapsed")
    if what == "unit":
        _unit(stage)
    else:
        _swap(stage)


def _moment(steps: tuple[int, ...]) -> int:
    """The place of the step that is shown."""
    names = tuple(str(step) for step in steps)
    return int(page_dial(_("Training step"), 0, len(steps) - 1, len(steps) - 1, key="moment", names=names))


def _unit(stage: Stage) -> None:
    with stage.picture, st.spinner(_("Reading the text …")):
        course = compute.course()
    pictures = {
        label: Thumbnail(
            label_names()[label],
            (_curve(course.of_probe(label), "baseline"), _curve(course.of_unit(label, course.best_unit(label)), "c")),
        )
        for label in course.labels
    }
    label = chosen_thumbnail(pictures, FIRST_LABEL, "over_label")
    with stage.dock:
        at = _moment(course.steps)
        thumbnail_choice(_("Label"), pictures, FIRST_LABEL, "over_label")
    unit = course.best_unit(label)
    own, name = course.of_unit(label, unit), label_names()[label]
    take_course(course, label, unit)
    with stage.picture:
        with stage_note():
            st.markdown(_unit_sentence(course, label, unit, own, at))
        left, right = st.columns([3, 2], gap="medium")
        with left:
            title = _("Test text, coloured by unit {unit} after {step} training steps").format(
                unit=unit, step=course.steps[at]
            )
            letters(
                course.text,
                course.moments[at].shown[unit].tolist(),
                key="inside_letters",
                title=title,
                alt=_(
                    "The test text. Each character has the colour of the unit’s value after it was read. {title}"
                ).format(title=title),
                height="stage",
                help=_("Point at a character to read the unit’s value in standard deviations, divided by three."),
                marks=np.flatnonzero(course.marks[course.labels.index(label)]).tolist(),
            )
        with right:
            band = float(course.band[course.labels.index(label)])
            chart = auc_over_training(
                course.steps, own, course.of_best(label), course.of_probe(label), band, at, unit, name
            )
            plot(chart, key="inside_over", height="stage")


def _curve(values: Array, ink: str) -> ThumbnailLine:
    return auc_line(values, ink)


def _unit_sentence(course: Course, label: str, unit: int, own: Array, at: int) -> str:
    band = 0.5 + float(course.band[course.labels.index(label)])
    now = _("After **{step}** training steps unit {unit} reaches an AUC of **{auc}** for “{label}”.").format(
        step=course.steps[at], unit=unit, auc=f"{own[at]:.2f}", label=label_names()[label]
    )
    beyond = np.flatnonzero((own > band) & (own > own[0] + 0.05))
    if not len(beyond):
        return f"{now} {_('At no recorded step is it clearly above chance and above its own beginning.')}"
    then = _(
        "It is above the shifted labels ({band}), and clearly above its value before training ({first}), from step {step} on."
    ).format(band=f"{band:.2f}", first=f"{own[0]:.2f}", step=course.steps[int(beyond[0])])
    return f"{now} {then}"


def _swap(stage: Stage) -> None:
    with stage.drawer:
        cells = {"lstm": _("LSTM"), "gru": _("GRU")}
        cell = choice(st.segmented_control, _("Network for film reviews"), cells, RECORDED["sentiment"][0], "over_cell")
    names = {pair: name for pair, name in pair_names().items() if pair in PAIRS}
    courses = {pair: compute.swaps(cell, *(tuple(side.split()) for side in PAIRS[pair])) for pair in names}
    pictures = {pair: Thumbnail(names[pair], _two_answers(courses[pair])) for pair in names}
    with stage.dock:
        at = _moment(next(iter(courses.values())).steps)
        pair = thumbnail_choice(_("Change one word"), pictures, "negation", "over_pair")
    _show_swap(cell, pair, courses[pair], at, stage)


def _two_answers(course: SwapCourse) -> tuple[ThumbnailLine, ThumbnailLine]:
    clean, corrupted = course.answers
    return ThumbnailLine(sigma(corrupted).tolist(), "baseline"), ThumbnailLine(sigma(clean).tolist(), "y")


def _show_swap(cell: str, pair: str, course: SwapCourse, at: int, stage: Stage) -> None:
    clean, corrupted = (side.split() for side in PAIRS[pair])
    last, now = course.maps[-1], course.maps[at]
    order = np.argsort(-np.abs(last.units).max(axis=0), kind="stable")[:SHOWN_UNITS]
    step = int(last.units[:, order[0]].argmax())
    unit = int(order[0])
    words = [one if one == two else f"{one} → {two}" for one, two in zip(clean, corrupted, strict=True)]
    rows = [_("all units"), *(_("unit {unit}").format(unit=each) for each in order)]
    values = np.concatenate([now.whole[None], now.units[:, order].T])
    road = compute.swapped_road(cell, at, tuple(clean), tuple(corrupted), step, unit)
    roads = Roads(sigma(now.roads.clean), sigma(now.roads.corrupted), sigma(road))
    take_swap_of_step(cell, at, clean, corrupted, now, roads, (step, unit))
    with stage.picture:
        with stage_note():
            st.markdown(
                _(
                    "After **{step}** training steps the clean sentence gets {clean} and the changed one {corrupted}. Swapping **unit {unit}** after **{word}** brings back **{share}** of the difference."
                ).format(
                    step=course.steps[at],
                    clean=f"{roads.clean[-1]:.0%}",
                    corrupted=f"{roads.corrupted[-1]:.0%}",
                    unit=unit,
                    word=in_markdown(corrupted[step]),
                    share=f"{now.units[step, unit]:.0%}".replace("-", "−"),
                )
            )
        chart = swapped_shares(
            values,
            rows,
            [in_chart(word) for word in words],
            roads,
            (step, 1),
            probability((_("negative"), _("positive"))),
        )
        plot(chart, key="inside_over_swap", height="stage")
