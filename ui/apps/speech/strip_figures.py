"""The strip of connected digits: the spectrogram, and below it on the same axis of time what each frame predicts."""

from collections.abc import Sequence

import numpy as np

from rnn_core.arrays import Array
from ui.apps.speech.figures import on_seconds, spectrogram
from ui.figures.chart import Chart, figure
from ui.figures.style import INKS, ZERO
from ui.i18n import _

BELIEFS, LABELS, SOUND = 0.46, 0.5, 0.56  # shares of the height


def strip_and_beliefs(
    log_mel: Array, beliefs: Array | None, names: Sequence[str], emitted: Sequence[tuple[int, str]], sentence: str
) -> Chart:
    """beliefs (T, K); `emitted`: the frames (from 1) where a digit begins on the likeliest path, with its name."""
    above = spectrogram(log_mel)
    heat = above.figure.data[0].to_plotly_json() | {"showscale": False, "yaxis": "y2"}
    rows = above.figure.layout.yaxis.to_plotly_json() | {"range": [-0.5, log_mel.shape[1] - 0.5]}
    layout = {
        "xaxis": above.figure.layout.xaxis.to_plotly_json(),
        "yaxis2": rows | {"domain": [0.0 if beliefs is None else SOUND, 1.0], "anchor": "x"},
        "meta": {"sentence": True},
    }
    title = sentence or _("Mel spectrogram (dB)")
    if beliefs is None:
        return Chart(figure([heat], title=title, height=560, **layout), above.alt)
    T, K = beliefs.shape
    cells = dict(
        type="heatmap",
        x=np.arange(1, T + 1),
        y=list(names),
        z=beliefs.T,
        zmin=0.0,
        zmax=1.0,
        colorscale=[[0.0, ZERO.light], [1.0, INKS["h"].light]],
        showscale=False,
        hovertemplate="%{y}, %{x}<br><b>%{z:.1%}</b><extra></extra>",
    )
    layout |= {
        "yaxis": {
            "type": "category",
            "range": [K - 0.5, -0.5],
            "domain": [0.0, BELIEFS],
            "tickvals": list(names),
            "showgrid": False,
        },
        "annotations": [
            {
                "text": f"<b>{name}</b>",
                "x": frame,
                "y": (LABELS + BELIEFS) / 2 + 0.02,
                "yref": "paper",
                "showarrow": False,
                "font": {"size": 16, "color": INKS["h"].light},
            }
            for frame, name in emitted
        ],
    }
    below = on_seconds(Chart(figure([cells], title=title, height=200), ""), T)
    said = ", ".join(f"{name} {frame}" for frame, name in emitted) or "–"
    alt = (
        above.alt + " " + _("Digits of the likeliest path, with the frame where each begins: {said}.").format(said=said)
    )
    traces = [heat, below.figure.data[0].to_plotly_json()]
    return Chart(figure(traces, title=title, height=560, **layout), alt)
