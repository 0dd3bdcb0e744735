"""The page on finding: the picture with its glimpses or windows, the same over many pictures, and the inside."""

from collections.abc import Sequence

import streamlit as st

from rnn_core.apps.finding import cost, data
from rnn_core.apps.finding.data import Part
from rnn_core.apps.finding.found import Found, matches
from rnn_core.apps.finding.reader import Reading, Way
from rnn_core.apps.finding.scenes import Scene, written
from rnn_core.apps.finding.settings import ALL_PLACES, MOST_GLIMPSES, Settings
from rnn_core.learn.state import RunState
from ui.apps import frame
from ui.apps.finding import compute, scene_choice
from ui.apps.finding.compute import Picture, Scanned
from ui.apps.finding.controls import Looks, ways
from ui.apps.finding.presets import own_file, presets
from ui.apps.finding.take import take_reading
from ui.apps.inside import inside
from ui.apps.on_demand import on_demand
from ui.browser.finder import Box, FinderText, Glimpses, Scan, finder_stage
from ui.i18n import _
from ui.widgets.stage import dock
from ui.widgets.tables import table

CURSOR, STAGE = "finding", "finding_stage"


def answer_names() -> dict[str, str]:
    return {
        "all windows, the same eye": _("all windows, the same convolutions"),
        "connected ink, nearest neighbours": _("connected ink, nearest neighbours"),
        "everything right": _("everything right"),
        "precision": _("precision"),
        "recall": _("recall"),
        "windows looked at": _("windows looked at"),
        "everything right with four or five": _("everything right with four or five digits"),
        "everything right at new places": _("everything right at new places"),
        "everything right with other pens": _("everything right with other pens"),
    }


def play(network: frame.Network[Settings], way: Looks) -> None:
    (scene, ink), state = scene_choice.chosen_scene(), network.state
    shown = st.container()
    with dock():
        presets(scene, ink)
        own_file()
    text = written(scene)
    picture = compute.picture(text, ink)
    if state is None:
        words = _("No network with these settings is ready. Train one: it takes {steps} steps.")
        nothing = FinderText(ways()[way], "", words.format(steps=network.settings.budget), "")
        with shown:
            _draw(scene, ink, picture, None, None, nothing)
        return
    scan = compute.scanned(state, text, ink)
    if way == "windows":
        take_reading(network, text, ink, way, scan)
        with shown:
            _draw(scene, ink, picture, None, _scan(scan, picture), _text_of_scan(scan, picture))
        return
    reading = compute.reading(state, text, ink, way)
    take_reading(network, text, ink, way, reading)
    with shown:
        said = _text_of_glimpses(network.settings, reading, scan, picture, way)
        _draw(scene, ink, picture, _glimpses(reading, picture), _scan(scan, picture), said)
    if way == "path" and network.settings.memory:
        on_demand(_("Look inside: the state from glimpse to glimpse"), lambda: _inside(state, picture, reading))


def _draw(
    scene: Scene, ink: str, picture: Picture, glimpses: Glimpses | None, scan: Scan | None, words: FinderText
) -> None:
    finder_stage(scene, ink, picture.truth.boxes, glimpses, scan, words, key=STAGE, take=scene_choice.take)


def _scan(scan: Scanned, picture: Picture) -> Scan:
    candidates = [Box(each.digit, each.chance, each.box, each.cell, None) for each in scan.candidates]
    return Scan(candidates, _boxes(scan.kept, picture))


def _glimpses(reading: Reading, picture: Picture) -> Glimpses:
    judged = iter(_boxes(reading.found, picture))
    return Glimpses(reading, [None if glimpse.found is None else next(judged) for glimpse in reading.glimpses])


def _text_of_scan(scan: Scanned, picture: Picture) -> FinderText:
    title = _("{count} windows, {found} of them with a digit; {kept} boxes are left").format(
        count=ALL_PLACES, found=len(scan.candidates), kept=len(scan.kept)
    )
    legend = _(
        "Thin: every window in which the convolutions find a digit. Non-maximum suppression keeps the surest and drops what "
        "overlaps it."
    )
    return FinderText(
        title, _digits(scan.kept), _verdict(picture, scan.kept), legend + _about_boxes(picture), _note(picture)
    )


def _text_of_glimpses(settings: Settings, reading: Reading, scan: Scanned, picture: Picture, way: Looks) -> FinderText:
    count = len(reading.glimpses)
    rival = _(
        "**All {all} windows**, the same convolutions, find {digits}: {found} windows have a digit, {kept} boxes are left. That takes "
        "**{scanned} million** multiplications ({single} million if each window is computed for itself), and these glimpses "
        "**{own} million**."
    ).format(
        all=ALL_PLACES,
        digits=_names(scan.kept),
        found=len(scan.candidates),
        kept=len(scan.kept),
        scanned=f"{cost.all_windows() / 1e6:.1f}",
        single=f"{cost.one_by_one() / 1e6:.1f}",
        own=f"{cost.glimpses(settings, count) / 1e6:.1f}",
    )
    return FinderText(
        _("{count} glimpses, of {all} places").format(count=count, all=ALL_PLACES),
        _digits(reading.found),
        _verdict(picture, reading.found),
        _("The path begins in the middle. Point at a glimpse to see what it was chosen from.") + _about_boxes(picture),
        _note(picture),
        rival,
        _end(reading, way),
    )


def _about_boxes(picture: Picture) -> str:
    return " " + _("Dashed: true boxes.") if len(picture.truth.digits) else ""


def _boxes(found: Sequence[Found], picture: Picture) -> list[Box]:
    known = [at is not None for at in matches(found, picture.truth)]
    return [
        Box(each.digit, each.chance, each.box, each.cell, is_right if picture.is_known else None)
        for each, is_right in zip(found, known, strict=True)
    ]


def _digits(found: Sequence[Found]) -> str:
    return _("Found: {digits}").format(digits=_names(found))


def _names(found: Sequence[Found]) -> str:
    return " ".join(f"**{each.digit}**" for each in found) or _("nothing")


def _verdict(picture: Picture, found: Sequence[Found]) -> str:
    if not picture.is_known:
        return _("The picture has ink of your own, so the page cannot know what is right: judge by yourself.")
    if not len(picture.truth.digits):
        return _("There is no digit in this picture.")
    hits, count = sum(at is not None for at in matches(found, picture.truth)), len(picture.truth.digits)
    if hits == count == len(found):
        return _("**Everything right**: every digit, with a box that overlaps the true one by half or more.")
    return _("**{hits} of {count}** digits are right; {extra} of the boxes are wrong or there twice.").format(
        hits=hits, count=count, extra=len(found) - hits
    )


def _note(picture: Picture) -> str:
    """What training never showed."""
    notes = []
    if len(picture.truth.digits) > data.MOST:
        notes.append(_("Training showed at most {most} digits.").format(most=data.MOST))
    if len(picture.truth.digits) and bool((picture.truth.middles > data.NEW_PLACE).all(axis=1).any()):
        notes.append(_("Training never showed a digit in the lower right corner."))
    return " ".join(notes)


def _end(reading: Reading, way: Looks) -> str:
    if way == "random":
        return _("Random places: nothing decides when to stop.")
    if reading.has_ended:
        return _("“All digits are found”, with {chance}: the path ends.").format(chance=f"{reading.end[-1]:.0%}")
    return _("After {count} glimpses the page stops the network: it has not ended by itself.").format(
        count=MOST_GLIMPSES
    )


def _inside(state: RunState, picture: Picture, reading: Reading) -> None:
    if not reading.glimpses:
        st.markdown(_("The path has no glimpse, so there is no state to show."))
        return
    reader = compute.reader(state)
    trace = reader.trace(reading)
    names = [str(glimpse.kind) if glimpse.found else "–" for glimpse in reading.glimpses]
    choices = [*(_("glimpse {number}").format(number=at + 1) for at in range(1, len(names))), _("the end")]
    at = st.select_slider(
        _("Choice that is explained"),
        range(1, len(names) + 1),
        len(names),
        format_func=lambda k: choices[k - 1],
        key=f"finding_choice_{len(names)}",
    )
    st.markdown(_("The gradients are of the log-probability of this choice: which glimpses does it depend on?"))
    inside(trace, reader.gradients(picture.image, reading, trace, at), CURSOR, names)


def over_many(network: frame.Network[Settings]) -> None:
    state = network.state
    if state is not None:
        label = _("What memory does, over {count} pictures of each kind").format(count=data.COUNTS["test"])
        on_demand(label, lambda: _over_many(state), icon=":material/table_chart:", key="finding_many_open")


def _over_many(state: RunState) -> None:
    parts: dict[Part, str] = {
        "test": _("one to three digits"),
        "more digits": _("four or five digits"),
        "new places": _("a digit at a new place"),
        "other pens": _("other pens"),
    }
    looks: tuple[Way, ...] = ("path", "reset", "random")
    columns: dict[str, list[str]] = {_("everything right"): list(parts.values())}
    for way in looks:
        judged = [compute.judged_by_glimpses(state, part, way) for part in parts]
        columns[ways()[way]] = [f"{each.everything_right:.0%}" for each in judged]
    scans = [compute.judged_by_scan(state, part) for part in parts]
    columns[ways()["windows"]] = [f"{each.everything_right:.0%}" for each in scans]
    table(columns)
    own, reset = (compute.judged_by_glimpses(state, "test", way) for way in ("path", "reset"))
    st.markdown(
        _(
            "On the test pictures the network looks at **{own}** windows per picture; with its state reset before every glimpse at "
            "**{reset}**, because it does not know where it has been. The scan looks at **{all}**."
        ).format(own=f"{own.windows / own.pictures:.1f}", reset=f"{reset.windows / reset.pictures:.1f}", all=ALL_PLACES)
    )
