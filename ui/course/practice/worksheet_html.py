"""A worksheet and its solutions as one HTML file each: read on the page, printed, or kept. It needs no server."""

import re
from collections.abc import Iterable, Sequence

import numpy as np

from rnn_core.arrays import Array
from rnn_core.equations.digits import written
from rnn_core.studies.practice.worksheet import Sheet, SheetLine
from ui.as_text import in_html
from ui.browser.worksheet import sheet_script, sheet_style
from ui.course.practice.names import CELL_NAMES
from ui.i18n import _, language

LONG = 60  # letters of an equation that needs the whole width


def formula(text: str) -> str:
    """W_xf[1,2] with its lower letters set low, a^f with its upper ones set high."""
    safe = in_html(text)
    safe = re.sub(r"\^([a-z]+)", r"<sup>\1</sup>", safe)
    return re.sub(
        r"_([A-Za-z]+|\d+)([+−-]1)?", lambda found: f"<sub>{found[1]}{(found[2] or '').replace('-', '−')}</sub>", safe
    )


def worksheet_html(sheet: Sheet, *, solutions: bool) -> str:
    title = _title(sheet, solutions)
    words = {
        "right": "✓",
        "wrong": "✗",
        "sign": _("✗ sign"),
        "score": "" if solutions else _("{right} of {count} are right"),
    }
    attributes = " ".join(f'data-{name}="{in_html(text)}"' for name, text in words.items())
    parts = [*_head(sheet, title, solutions), *_equations(sheet), *_givens(sheet), *_values(sheet, solutions)]
    return (
        f'<!doctype html><html lang="{language()}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{in_html(title)}</title><style>{sheet_style()}</style></head>"
        f"<body {attributes}>{''.join(parts)}<script>{sheet_script()}</script></body></html>"
    )


def _title(sheet: Sheet, solutions: bool) -> str:
    text = _("Solutions: one training step of {cell}") if solutions else _("Worksheet: one training step of {cell}")
    return text.format(cell=CELL_NAMES[sheet.settings.cell])


def _head(sheet: Sheet, title: str, solutions: bool) -> Iterable[str]:
    settings = sheet.settings
    yield f"<h1>{in_html(title)}</h1>"
    about = _(
        "hidden units: {units} · inputs: {inputs} · time steps: {steps} · step size η = {rate} · sheet number {seed}"
    ).format(units=settings.H, inputs=settings.X, steps=settings.T, rate=written(settings.rate), seed=settings.seed)
    yield f"<p>{in_html(about)}</p>"
    if not solutions:
        yield f'<div class="who"><span>{in_html(_("Name"))}</span><span>{in_html(_("Date"))}</span></div>'
    yield f'<div class="tools"><button id="print">{in_html(_("Print"))}</button><span id="score" role="status"></span></div>'


def _equations(sheet: Sheet) -> Iterable[str]:
    yield f"<h2>{in_html(_('Equations'))}</h2>"
    loss = "L = ½·Σ_j (h_T[j] − y[j])²", "∂ℓ/∂h_T[j] = h_T[j] − y[j]", "W ← W − η·∂L/∂W"
    lines = [*sheet.equations, *loss]
    long = [line for line in lines if len(line) > LONG]
    yield f'<div class="equations wide">{_paragraphs(long)}</div>' if long else ""
    yield f'<div class="equations">{_paragraphs([line for line in lines if line not in long])}</div>'
    yield f"<p>{in_html(_('A gradient of a step after the last one is 0.'))}</p>"


def _paragraphs(lines: Iterable[str]) -> str:
    return "".join(f"<p>{formula(line)}</p>" for line in lines)


def _givens(sheet: Sheet) -> Iterable[str]:
    yield f'<h2>{in_html(_("Given"))}</h2><div class="givens">'
    for name, value in sheet.weights.items():
        yield _matrix(name, value)
    yield '</div><div class="givens">'
    for step, x in enumerate(sheet.xs, start=1):
        yield _matrix(f"x_{step}", x)
    for letter, value in sheet.start.items():
        yield _matrix(f"{letter}_0", value)
    yield _matrix("y", sheet.target)
    yield "</div>"


def _matrix(name: str, value: Array) -> str:
    if value.size == 1:
        return f"<span>{formula(name)} = {written(value.item())}</span>"
    rows = value if value.ndim == 2 else value[:, np.newaxis]
    body = "".join("<tr>" + "".join(f"<td>{written(float(each))}</td>" for each in row) + "</tr>" for row in rows)
    return f"<span>{formula(name)} = <table>{body}</table></span>"


def _values(sheet: Sheet, solutions: bool) -> Iterable[str]:
    yield f"<h2>{in_html(_('Forward'))}</h2>"
    for step, lines in enumerate(sheet.forward, start=1):
        yield f"<h3>{in_html(_('Time step {step}').format(step=step))}</h3>"
        yield _lines(lines, solutions)
    sections = (
        (_("Loss"), sheet.loss),
        (_("Backward, from the last step to the first"), sheet.backward),
        (_("Gradients of the weights"), sheet.gradients),
        (_("One step of gradient descent"), sheet.update),
    )
    for title, lines in sections:
        yield f"<h2>{in_html(title)}</h2>"
        yield _lines(lines, solutions)


def _lines(lines: Sequence[SheetLine], solutions: bool) -> str:
    if solutions:
        return f'<div class="lines solution">{_paragraphs(line.solution for line in lines)}</div>'
    return f'<div class="lines">{"".join(map(_field, lines))}</div>'


def _field(line: SheetLine) -> str:
    name = line.name if line.name.endswith("←") else f"{line.name} ="
    return (
        f"<label><span>{formula(name)}</span>"
        f'<input data-value="{line.value!r}" data-tolerance="{line.tolerance!r}" autocomplete="off" maxlength="60">'
        '<span class="mark" role="status"></span></label>'
    )
