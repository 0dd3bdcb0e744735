"""Every application of the app."""

from collections.abc import Mapping
from typing import Any

from rnn_core.apps.application import Application
from rnn_core.apps.caption.application import APPLICATION as caption
from rnn_core.apps.finding.application import APPLICATION as finding
from rnn_core.apps.forecast.application import APPLICATION as forecast
from rnn_core.apps.multimodal.application import APPLICATION as multimodal
from rnn_core.apps.recommend.application import APPLICATION as recommend
from rnn_core.apps.sentiment.application import APPLICATION as sentiment
from rnn_core.apps.speech.application import APPLICATION as speech
from rnn_core.apps.text.application import APPLICATION as text
from rnn_core.apps.translate.application import APPLICATION as translate
from rnn_core.apps.vision.application import APPLICATION as vision
from rnn_core.apps.watch.application import APPLICATION as watch

_ALL: tuple[Application[Any], ...] = (
    text,
    forecast,
    sentiment,
    speech,
    recommend,
    vision,
    multimodal,
    translate,
    caption,
    watch,
    finding,
)
APPLICATIONS: Mapping[str, Application[Any]] = {application.name: application for application in _ALL}
