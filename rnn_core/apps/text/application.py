from rnn_core.apps.application import Application
from rnn_core.apps.text import programs
from rnn_core.apps.text.baselines import baselines
from rnn_core.apps.text.reader import Reader, scores
from rnn_core.apps.text.settings import MEASURES, Settings

APPLICATION = Application(
    name="text",
    settings=Settings,
    measures=MEASURES,
    baselines=baselines,
    reader=Reader,
    scores=scores,
    programs=programs,
)
