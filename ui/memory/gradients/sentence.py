"""What the stage's chart shows, in one sentence that is computed: the bound, the RNN's gradient, and the gradient on the LSTM's cell state."""

import numpy as np

from rnn_core.analysis.gradient_norms import GradientNorms
from rnn_core.arrays import Array
from rnn_core.studies.gradients import Kind
from ui.figures.words import superscript
from ui.i18n import _

BACK = 20  # steps
_LEVEL = 0.005  # powers of ten: a change by less than about one per cent is none
_ALIKE = 0.02


def sentence(kind: Kind, size: float, rnn: GradientNorms, lstm: GradientNorms, bound: Array) -> str:
    """`size` as the dial shows it, or the largest singular value where the matrix has no dial."""
    assert lstm.c is not None
    end, last = int(rnn.ends[0]), int(lstm.ends[0])
    k = min(BACK, end)
    own, kept = float(rnn.h[0, end - k]), float(lstm.c[0, last - k])
    words = _("{setting}: {bound}, {rnn} in {k} steps; {lstm}.").format(
        setting=_setting(kind, size), bound=_of_bound(float(bound[k])), rnn=_of_rnn(own), k=k, lstm=_of_lstm(kept, own)
    )
    if end < last:
        return _("Overflow after step {end}, so the RNN’s steps count from there.").format(end=end) + " " + words
    return words


def _setting(kind: Kind, size: float) -> str:
    symbol = {"singular": "s₁", "torch": "s₁", "radius": "ρ", "nonnormal": "a", "scalar": "w"}.get(kind, _("gain"))
    return f"{symbol} = {size:.2f}"


def _of_bound(logarithm: float) -> str:
    if abs(logarithm) < _LEVEL:
        return _("the bound stays at 1")
    return _("the bound grows") if logarithm > 0 else _("the bound falls")


def _of_rnn(logarithm: float) -> str:
    if np.isneginf(logarithm):
        return _("the RNN’s gradient falls to exactly 0")
    value = _two_digits(logarithm)
    if abs(logarithm) < _LEVEL:
        return _("the RNN’s gradient stays at {value}").format(value=value)
    words = _("the RNN’s gradient grows to {value}") if logarithm > 0 else _("the RNN’s gradient falls to {value}")
    return words.format(value=f"<b>{value}</b>")


def _of_lstm(kept: float, own: float) -> str:
    value = f"<b>{_two_digits(kept)}</b>"
    if np.isneginf(own) or np.isneginf(kept):
        return _("the LSTM’s (on c) is {value}").format(value=value)
    more = kept - own
    if abs(more) < _ALIKE:
        return _("the LSTM’s (on c) is {value}, as large").format(value=value)
    times = _two_digits(abs(more))
    if more > 0:
        return _("the LSTM’s (on c) is {value}, {times} times as large").format(value=value, times=times)
    return _("the LSTM’s (on c) is {value}, {times} times smaller").format(value=value, times=times)


def _two_digits(logarithm: float) -> str:
    """10**logarithm, also where it leaves the range of numbers: 3.3·10⁻⁴, 0.013, 210."""
    if np.isneginf(logarithm):
        return "0"
    exponent = int(np.floor(logarithm))
    digits = round(10.0 ** (logarithm - exponent), 1)
    if digits == 10.0:
        digits, exponent = 1.0, exponent + 1
    if -3 < exponent < 4:
        return f"{digits * 10.0**exponent:g}"
    return f"{digits:g}·10{superscript(exponent)}"
