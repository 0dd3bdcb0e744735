from rnn_core.apps.application import Application
from rnn_core.apps.forecast import programs
from rnn_core.apps.forecast.baselines import baselines
from rnn_core.apps.forecast.reader import Reader, scores
from rnn_core.apps.forecast.settings import MEASURES, Settings

APPLICATION = Application(
    name="forecast",
    settings=Settings,
    measures=MEASURES,
    baselines=baselines,
    reader=Reader,
    scores=scores,
    programs=programs,
)
