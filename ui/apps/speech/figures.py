"""A sound and its features, on one axis of time: x is the frame, counted from 1, and the ticks are seconds."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from rnn_core.apps.speech.features import FREQUENCIES, HOP, WINDOW, Features, dct_rows, mel_edges, mel_filters
from rnn_core.apps.speech.sound import RATE, Integers
from rnn_core.arrays import Array
from ui.figures.chart import Chart, Layout, Trace, figure, time_range
from ui.figures.drawing import Figure
from ui.figures.heatmap import state_heatmap
from ui.figures.lines import Line, lines_over_time
from ui.figures.style import INKS, ZERO
from ui.figures.thin import thin
from ui.figures.words import number
from ui.i18n import _

MOST_POINTS = 1500
LEAST_SPAN = 10.0  # decibels on an axis
_LEANING = -45  # where words do not fit beside one another; at 90° Chinese words would be rotated
BELIEFS, GAP = 0.4, 0.05  # shares of the stage: below the spectrogram, and between both
BELIEVED = 4  # words that have a line
LOOKS = (("h", "solid"), ("candidate", "dash"), ("input_gate", "dashdot"), ("baseline", "dot"))


def on_seconds(chart: Chart, frames: int) -> Chart:
    """Ticks in seconds under a chart of frames, and seconds under the pointer: `%{text}` of every trace."""
    last = ((frames - 1) * HOP + WINDOW / 2) / RATE
    every = 0.1 if last < 1.2 else 0.2
    seconds = np.arange(0.0, last + 1e-9, every)
    ticks = {
        "title": {"text": _("seconds")},
        "tickvals": [(second * RATE - WINDOW / 2) / HOP + 1.0 for second in seconds],
        "ticktext": [f"{second:.1f}" for second in seconds],
        "range": time_range(1, frames),
    }
    drawn = chart.figure.to_plotly_json()
    layout = drawn["layout"] | {"xaxis": drawn["layout"].get("xaxis", {}) | ticks}
    traces = list(map(_with_seconds, drawn["data"], chart.figure.data))
    return replace(chart, figure=Figure(traces, layout))


def _with_seconds(trace: Trace, numbers: Any) -> Trace:
    if "hovertemplate" not in trace:
        return trace
    seconds = [_("{seconds} s").format(seconds=f"{((at - 1.0) * HOP + WINDOW / 2) / RATE:.2f}") for at in numbers.x]
    rows = [seconds] * len(numbers.z) if trace["type"] == "heatmap" else seconds
    return trace | {"text": rows, "hovertemplate": trace["hovertemplate"].replace("%{x}", "%{text}")}


def waveform(samples: Array, frames: int) -> Chart:
    shown = thin(samples[:, None], MOST_POINTS)
    at = (shown.steps[:, 0] - WINDOW / 2) / HOP + 1.0
    reach = 1.05 * max(float(np.abs(samples).max()), 1e-6)
    trace = dict(
        type="scatter",
        mode="lines",
        x=at,
        y=shown.values[:, 0],
        line={"color": INKS["x"].light, "width": 1},
        hovertemplate="<b>%{y:.3f}</b><br>%{x}<extra></extra>",
        showlegend=False,
    )
    layout: Layout = {"xaxis": {"showgrid": False}, "yaxis": {"range": [-reach, reach], "nticks": 3}}
    alt = _("The waveform: {seconds} seconds, largest amplitude {peak}.").format(
        seconds=f"{len(samples) / RATE:.2f}", peak=number(float(np.abs(samples).max()))
    )
    return on_seconds(Chart(figure([trace], title=_("Waveform"), height=140, **layout), alt), frames)


def belief_lines(belief: Array, words: Sequence[str]) -> Chart:
    """belief (T, words): the words that are believed most at some frame, each a line."""
    strongest = np.argsort(-(belief.max(axis=0) + belief[-1]))[:BELIEVED]
    lines = [
        Line(words[word], belief[:, word], ink, dash=dash) for word, (ink, dash) in zip(strongest, LOOKS, strict=False)
    ]
    title = _("The prediction if the sound ended here")
    chart = lines_over_time(lines, title=title, y_title=_("probability"), y_range=(-0.04, 1.04), height=230)
    return on_seconds(chart, len(belief))


def sound_and_beliefs(log_mel: Array, belief: Array | None, words: Sequence[str], sentence: str) -> Chart:
    """The spectrogram, and below it on the same axis of time the words that are believed most."""
    above = spectrogram(log_mel)
    heat = above.figure.data[0].to_plotly_json() | {"showscale": False, "yaxis": "y2"}
    rows = above.figure.layout.yaxis.to_plotly_json() | {"range": [-0.5, log_mel.shape[1] - 0.5]}
    if belief is None:
        lines, layout, alt = [], {"xaxis": above.figure.layout.xaxis.to_plotly_json()}, above.alt
    else:
        below = belief_lines(belief, words)
        lines, layout = [trace.to_plotly_json() for trace in below.figure.data], below.figure.layout.to_plotly_json()
        layout["yaxis"] |= {"domain": [0.0, BELIEFS], "tickformat": ".0%"}
        alt = f"{above.alt} {below.alt}"
    layout |= {
        "yaxis2": rows | {"domain": [BELIEFS + GAP if lines else 0.0, 1.0], "anchor": "x"},
        "meta": {"sentence": True},
    }
    for name in ("title", "height", "template"):
        layout.pop(name, None)
    title = sentence or _("Mel spectrogram (dB)")
    return Chart(figure([heat, *lines], title=title, height=560, **layout), alt)


def spectrogram(log_mel: Array) -> Chart:
    """log_mel (T, 24): decibels below the loudest."""
    T, bands = log_mel.shape
    hertz = mel_edges()[1:-1]
    trace = dict(
        type="heatmap",
        x=np.arange(1, T + 1),
        y=np.arange(bands),
        z=log_mel.T,
        zmin=-40.0,
        zmax=0.0,
        colorscale=[[0.0, ZERO.light], [1.0, INKS["x"].light]],
        customdata=np.repeat(hertz[:, None], T, axis=1),
        hovertemplate="%{customdata:.0f} Hz, %{x}<br><b>%{z:.1f} dB</b><extra></extra>",
        colorbar={"thickness": 12, "outlinewidth": 0, "tickfont": {"size": 12}, "nticks": 4, "x": 1.01, "xpad": 4},
    )
    shown = [0, 6, 12, 18, 23]
    ticks = {"tickvals": shown, "ticktext": [f"{hertz[band]:.0f}" for band in shown], "title": {"text": "Hz"}}
    loudest = np.unravel_index(int(log_mel.argmax()), log_mel.shape)
    alt = _("The mel spectrogram: {bands} bands over {frames} frames, loudest at {hertz} Hz in frame {frame}.").format(
        bands=bands, frames=T, hertz=f"{hertz[loudest[1]]:.0f}", frame=int(loudest[0]) + 1
    )
    layout: Layout = {"xaxis": {"showgrid": False}, "yaxis": {"showgrid": False} | ticks}
    return on_seconds(Chart(figure([trace], title=_("Mel spectrogram (dB)"), height=210, **layout), alt), T)


def coefficients(inputs: Array) -> Chart:
    """inputs (T, 13): what the network reads."""
    chart = state_heatmap(inputs, title=_("What the network reads: 13 cepstral coefficients"), symbol="x", first_step=1)
    chart.figure.layout.height = 240
    chart.figure.data[0].hovertemplate = _("coefficient %{y}") + ", %{x}<br><b>%{z:.6~g}</b><extra></extra>"
    axis = chart.figure.layout.yaxis
    third = {"tickvals": axis.tickvals[::3], "ticktext": axis.ticktext[::3]}  # thirteen do not fit below one another
    axis.update(title={"text": _("coefficient")}, **third)
    return on_seconds(chart, len(inputs))


def frame_wave(found: Features, frame: int) -> Chart:
    """One frame (from 0), before and after the window function."""
    at = np.arange(WINDOW) / RATE * 1000.0
    traces = [
        _curve(_("cut out"), at, found.frames[frame], "baseline", "dot"),
        _curve(_("under Hann’s window"), at, found.windowed[frame], "x", "solid"),
    ]
    title = _("1, 2: pre-emphasis, and one frame of 32 ms")
    return Chart(figure(traces, title=title, height=260, xaxis={"title": {"text": "ms"}}), title + ".")


def frame_spectrum(found: Features, frame: int) -> Chart:
    """Its 129 frequencies, and the 24 mel filters that sum them."""
    power = 10.0 * np.log10(found.power[frame] + 1e-12)
    triangles = [
        dict(
            type="scatter",
            mode="lines",
            x=FREQUENCIES,
            y=row,
            yaxis="y2",
            line={"color": INKS["baseline"].light, "width": 1},
            opacity=0.6,
            hoverinfo="skip",
            showlegend=False,
        )
        for row in mel_filters()
    ]
    layout: Layout = {
        "xaxis": {"title": {"text": "Hz"}, "range": [0, 4000]},
        "yaxis": {"title": {"text": "dB"}},
        "yaxis2": {"overlaying": "y", "range": [0, 4], "visible": False},
    }
    title = _("3, 4: its spectrum, and the mel triangles")
    loudest = FREQUENCIES[int(power.argmax())]
    alt = _("{title}: loudest at {hertz} Hz.").format(title=title, hertz=f"{loudest:.0f}")
    curve = _curve(_("spectrum"), FREQUENCIES, power, "x", "solid")
    return Chart(figure([*triangles, curve], title=title, height=260, **layout), alt)


def frame_cepstrum(found: Features, frame: int) -> Chart:
    """The logarithm of the 24 sums, and its approximation by 13 cosines."""
    bands = np.arange(1, found.log_mel.shape[1] + 1)
    back = found.cepstra[frame] @ dct_rows()
    traces = [
        _curve(_("24 bands"), bands, found.log_mel[frame], "x", "dot"),
        _curve(_("what 13 coefficients keep"), bands, back, "h", "solid"),
    ]
    values = np.concatenate([found.log_mel[frame], back])
    low, high = float(values.min()), float(values.max())
    room = max(0.05 * (high - low), (LEAST_SPAN - (high - low)) / 2)  # so that silence is a flat line
    layout: Layout = {
        "xaxis": {"title": {"text": _("band")}},
        "yaxis": {"title": {"text": "dB"}, "range": [low - room, high + room]},
    }
    title = _("5, 6: logarithm and cosines")
    apart = float(np.abs(back - found.log_mel[frame]).mean())
    alt = _("{title}: 13 numbers keep the curve to within {apart} dB on average.").format(
        title=title, apart=f"{apart:.1f}"
    )
    return Chart(figure(traces, title=title, height=260, **layout), alt)


def _curve(name: str, x: Array, y: Array, ink: str, dash: str) -> Trace:
    return dict(
        type="scatter",
        mode="lines",
        name=name,
        x=x,
        y=y,
        line={"color": INKS[ink].light, "width": 2, "dash": dash},
        hovertemplate="<b>%{y:.3~g}</b><extra></extra>",
        showlegend=True,
    )


def confusion_chart(counts: Integers, words: Sequence[str]) -> Chart:
    """counts (spoken, recognised): the diagonal is right."""
    most = max(1, int(counts.max()))
    trace = dict(
        type="heatmap",
        x=np.arange(len(words)),
        y=np.arange(len(words)),
        z=counts,
        zmin=0,
        zmax=most,
        colorscale=[[0.0, ZERO.light], [1.0, INKS["h"].light]],
        customdata=[[f"{spoken} → {heard}" for heard in words] for spoken in words],
        hovertemplate="%{customdata}<br><b>%{z}</b><extra></extra>",
        xgap=1,
        ygap=1,
        showscale=False,
    )
    ticks = {"tickvals": list(range(len(words))), "ticktext": list(words), "showgrid": False}
    layout: Layout = {
        "xaxis": ticks | {"title": {"text": _("heard")}, "tickangle": _LEANING},
        "yaxis": ticks | {"title": {"text": _("said")}, "range": [len(words) - 0.5, -0.5]},
        "margin": {"l": 70, "r": 20, "t": 10, "b": 60},
    }
    off = counts - np.diag(np.diag(counts))
    spoken, heard = map(int, np.unravel_index(off.argmax(), counts.shape))
    alt = _("{right} of {all} words right.").format(right=int(np.trace(counts)), all=int(counts.sum()))
    if off.max():
        alt += " " + _("Most often “{said}” was heard as “{heard}”: {times} times.").format(
            said=words[spoken], heard=words[heard], times=int(off.max())
        )
    title = _("Confusion matrix (unheard voices)")
    return Chart(figure([trace], title=title, height=520, **layout), alt)


def noise_lines(louder: Sequence[float], shares: dict[str, Array]) -> Chart:
    looks = (("h", "solid"), ("baseline", "dot"))
    traces = [
        _curve(name, np.array(louder), share, ink, dash) | {"mode": "lines+markers"}
        for (name, share), (ink, dash) in zip(shares.items(), looks, strict=True)
    ]
    layout: Layout = {
        "xaxis": {"title": {"text": _("the voice is louder by (dB)")}, "autorange": "reversed"},
        "yaxis": {"range": [0, 1.04], "tickformat": ".0%"},
    }
    title = _("Right, as the noise grows")
    words = "; ".join(f"{name}: " + ", ".join(f"{value:.0%}" for value in share) for name, share in shares.items())
    return Chart(figure(traces, title=title, height=300, **layout), f"{title}. {words}.")
