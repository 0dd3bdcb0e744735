"""A claim's small picture."""

import numpy as np

from rnn_core.studies.claims.claim import Picture
from ui.browser.thumbnails import Thumbnail
from ui.course.home.pictures import lines_on_one_scale
from ui.figures.chart import Chart
from ui.figures.lines import Line, lines_over_time
from ui.figures.norms import norm_chart
from ui.i18n import _

INKS = ("gradient", "lstm", "gru")
DASHES = ("solid", "dash", "dot")
THUMBNAIL_DASHES = ("solid", "6 3", "dot")
SMALLEST = 1e-30  # a thumbnail on a logarithmic scale ends here


def _names() -> dict[str, str]:
    return {
        "sigmoid": "σ(a)",
        "slope": _("its slope"),
        "bias 0": _("forget bias 0"),
        "bias 1": _("forget bias 1"),
        "bias 5": _("forget bias 5"),
        "true gradient": _("true gradient"),
        "as written": _("as written"),
        "one step": _("one step back"),
        "all steps": _("all steps back"),
        "contribution to W_xh": _("contribution to W_xh"),
        "sheared": _("with a shear"),
        "diagonal": _("diagonal"),
        "0.3 · orthogonal": _("0.3 · orthogonal"),
        "identity": _("identity"),
        "training": _("training data"),
        "held out": _("test data"),
        "padding read": _("padding read"),
        "own end": _("own end"),
        "keys and values": _("attention"),
        "RNN": "RNN",
    }


def _axes() -> dict[str, str]:
    return {
        "step": _("step t"),
        "update": _("update"),
        "steps_back": _("steps back"),
        "token": _("token"),
        "a": _("grid point of a (a = point · 0.4)"),
        "value": _("value"),
        "memory_left": _("memory left (log scale)"),
        "gradient_norm": _("gradient norm (log scale)"),
        "contribution_norm": _("norm of the contribution (log scale)"),
        "norm_of_power": _("norm of the matrix power (log scale)"),
        "loss": _("loss"),
        "h_1": _("first unit of h"),
        "numbers_kept": _("numbers kept"),
    }


def claim_thumbnail(picture: Picture, label: str) -> Thumbnail:
    """The same lines, without axes."""
    return Thumbnail(
        label,
        lines_on_one_scale(
            [
                (np.log10(np.maximum(each.values, SMALLEST)) if picture.log else each.values, ink, dash)
                for each, ink, dash in zip(picture.series, INKS, THUMBNAIL_DASHES, strict=False)
            ]
        ),
    )


def claim_chart(picture: Picture, title: str) -> Chart:
    names, axes = _names(), _axes()
    lines = [
        Line(names[each.name], each.values, ink, each.first, dash=dash)
        for each, ink, dash in zip(picture.series, INKS, DASHES, strict=False)
    ]
    draw = norm_chart if picture.log else lines_over_time
    return draw(lines, title=title, y_title=axes[picture.y], x_title=axes[picture.x])
