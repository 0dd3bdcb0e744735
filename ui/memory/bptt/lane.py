"""What the stage's picture shows, from the passes of a network or from the example of two steps, and what it says of them."""

import numpy as np

from rnn_core.analysis.descent import GradientLengths, step_shares
from rnn_core.arrays import Array
from rnn_core.studies.two_steps import TwoSteps
from ui.figures.chart import Chart
from ui.figures.words import number, subscript
from ui.i18n import _
from ui.memory.bptt import compute
from ui.memory.bptt.figures.ribbons import HALF_BOX, LANE, MOST_WORDS, WEIGHT, Lane, ribbons_chart
from ui.memory.bptt.figures.shapes import Word


def sizes(flow: GradientLengths) -> tuple[Array, Array]:
    """(T+1,) of the gradient on each state, and (T,) of the part that comes from the next step: an LSTM has h and c."""
    if flow.cells is None or flow.along_cell is None:
        return flow.states, flow.from_later
    return np.hypot(flow.states, flow.cells), np.hypot(flow.from_later, flow.along_cell)


def network_chart(run: compute.Run) -> Chart:
    arrives, leaves = sizes(run.flow)
    trace = run.whole.trace
    adds, whole = step_shares(run.whole, run.truncated), step_shares(run.whole, run.whole)
    lane = Lane(trace.hs, trace.xs[:, 0], arrives, leaves, run.flow.from_loss, adds, whole)
    T, cut = len(adds), run.cut
    words = [
        Word("<b>W</b>", 0.3, WEIGHT, 18, "", "middle left"),
        Word(_("used {count} times").format(count=T), 0.3, WEIGHT - 0.5, 14, "", "middle left", is_wide=True),
        Word("‖∂L/∂W‖", -0.6, 3.0, 16, "gradient", "middle right"),
        Word(f"<b>{number(cut.kept)}</b>", -0.6, 2.3, 28, "gradient", "middle right"),
        Word(
            _("above: adds; below: takes away. Click between two states to truncate there."),
            0.5 + 0.5 * T,
            0.9,
            is_wide=True,
        ),
        Word(number(run.whole.loss.value), T + 1, LANE + 0.75, 16, "gradient"),
    ]
    if cut.boundaries:
        text = _("without truncation: {whole}").format(whole=number(cut.whole))
        words.append(Word(text, -0.6, 1.7, 14, "", "middle right"))
    if T <= MOST_WORDS:
        words += [
            Word(f"{x:.2f}".replace("-", "−"), t, LANE + HALF_BOX + 1.05, is_wide=True)
            for t, x in enumerate(lane.xs.tolist(), 1)
        ]
    alt = _("{count} steps; the gradient of the weights has the norm {kept}.").format(count=T, kept=number(cut.kept))
    return ribbons_chart(lane, cut.boundaries, words, title=_sentence(run), alt=alt)


def _sentence(run: compute.Run) -> str:
    cut = run.cut
    if not cut.boundaries:
        most = int(np.argmax(step_shares(run.whole, run.whole))) + 1
        return _("Not truncated: the whole gradient. Step {step} adds the most to it.").format(step=most)
    part = cut.lost / cut.whole if cut.whole > 0.0 else 0.0
    words = _("Truncation cuts off <b>{part:.0%}</b> of the gradient").format(part=part)
    if np.isfinite(cut.angle):
        return words + _(", and its direction turns by <b>{angle}°</b>.").format(angle=number(round(cut.angle, 1)))
    return words + _(".")


def hand_chart(found: TwoSteps) -> Chart:
    """Every number of the two steps, where it arises."""
    total = float(found.parts.sum())
    shares = found.parts / total if total else np.zeros(2)
    w, (x1, x2), (h0, h1, h2) = number(found.w), map(number, found.xs), map(number, found.hs)
    d1, d2 = (number(float(value)) for value in found.dhs[1:])
    one, two = map(number, found.parts)
    from_loss, norms = np.array([0.0, abs(found.dhs[2])]), np.abs(found.dhs)
    lane = Lane(np.zeros((3, 1)), found.xs, norms, norms[:2], from_loss, shares, shares, (one, two))
    words = [
        Word(f"<b>w = {w}</b>", 0.4, WEIGHT, 20, "", "middle left"),
        Word(_("used twice"), 0.4, WEIGHT - 0.5, 14, "", "middle left"),
        *(
            word
            for t, value in enumerate((h0, h1, h2))
            for word in (
                Word(f"h{subscript(t)}", t - 0.16, LANE + 0.4, 18),
                Word(f"<b>{value}</b>", t + 0.12, LANE + 0.4, 20),
            )
        ),
        *(
            word
            for t, value in ((1, d1), (2, d2))
            for word in (
                Word(f"∂L/∂h{subscript(t)}", t - 0.13, LANE - 0.4, 16, "gradient", is_wide=True),
                Word(f"<b>{value}</b>", t + 0.12, LANE - 0.4, 20, "gradient"),
            )
        ),
        Word(f"x₁ = {x1}", 1.04, LANE + 1.35, 16, "", "middle right", is_wide=True),
        Word(f"x₂ = {x2}", 2.04, LANE + 1.35, 16, "", "middle right", is_wide=True),
        Word(f"{w} · {_factor(h0)} + {_factor(x1)} = <b>{h1}</b>", 0.5, LANE + 1.0, 16, is_wide=True),
        Word(f"{w} · {_factor(h1)} + {_factor(x2)} = <b>{h2}</b>", 1.5, LANE + 1.0, 16, is_wide=True),
        Word(f"∂L/∂h₂ = h₂ = <b>{d2}</b>", 2.6, LANE + 1.0, 16, "gradient", is_wide=True),
        Word(f"{d2} · {_factor(w)} = <b>{d1}</b>", 1.5, LANE - 1.0, 16, "gradient", is_wide=True),
        Word(f"{d1} · {_factor(h0)} = <b>{one}</b>", 0.5, LANE - 1.5, 18, "gradient"),
        Word("∂L/∂h₁ · h₀", 0.5, LANE - 2.0, 14),
        Word(f"{d2} · {_factor(h1)} = <b>{two}</b>", 2.5, LANE - 1.5, 18, "gradient"),
        Word("∂L/∂h₂ · h₁", 2.5, LANE - 2.0, 14),
        Word(f"∂L/∂w = {one} + {_factor(two)} = <b>{number(total)}</b>", 1.5, 1.1, 20, "gradient"),
        Word(f"L = ½ h₂² = {number(found.loss)}", 3, LANE - 1.0, 16, is_wide=True),
    ]
    title = _(
        "w was used twice, so its gradient has two parts: <b>{two}</b> from step 2 and <b>{one}</b> from step 1, together <b>{total}</b>."
    )
    words_alt = _("Two steps: h₀ = {h0}, h₁ = {h1}, h₂ = {h2}; the gradient on h₂ is {d2}, on h₁ {d1}.")
    return ribbons_chart(
        lane,
        (),
        words,
        title=title.format(one=one, two=two, total=number(total)),
        alt=words_alt.format(h0=h0, h1=h1, h2=h2, d1=d1, d2=d2),
        drop_to=LANE + 1.3,
    )


def _factor(text: str) -> str:
    return f"({text})" if text.startswith("−") else text
