"""Charts of a sound count in seconds, at their axis and under the pointer."""

import json

import numpy as np
import pytest

from tests.charts import charts, opened, values


@pytest.mark.parametrize("key", ["speech_wave", "speech_mel", "speech_inputs"])
def test_under_the_pointer_a_sound_has_seconds_as_its_axis_has(key: str) -> None:
    app = opened("speech")
    app.session_state["speech_steps"] = True
    app.run()
    figure = json.loads(charts(app)[key]["figure"])
    ticks = dict(zip(figure["layout"]["xaxis"]["tickvals"], figure["layout"]["xaxis"]["ticktext"], strict=True))
    drawn = [trace for trace in figure["data"] if "hovertemplate" in trace]
    assert drawn
    for trace in drawn:
        assert "%{text}" in trace["hovertemplate"]
        assert "%{x}" not in trace["hovertemplate"]
        said = trace["text"][0] if "z" in trace else trace["text"]
        seconds = [float(each.removesuffix(" s")) for each in said]
        at = values(trace["x"])
        assert seconds == pytest.approx(np.interp(at, list(ticks), list(map(float, ticks.values()))), abs=0.06)
