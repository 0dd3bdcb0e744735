from rnn_core.apps.application import Application
from rnn_core.apps.sentiment import programs
from rnn_core.apps.sentiment.baselines import baselines
from rnn_core.apps.sentiment.inside import inside
from rnn_core.apps.sentiment.reader import Reader, scores
from rnn_core.apps.sentiment.settings import MEASURES, Settings

APPLICATION = Application(
    name="sentiment",
    settings=Settings,
    measures=MEASURES,
    baselines=baselines,
    reader=Reader,
    scores=scores,
    programs=programs,
    inside=inside,
)
