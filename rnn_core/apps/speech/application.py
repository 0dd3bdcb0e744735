from rnn_core.apps.application import Application
from rnn_core.apps.speech import programs
from rnn_core.apps.speech.baselines import baselines
from rnn_core.apps.speech.inside import inside
from rnn_core.apps.speech.reader import read, scores
from rnn_core.apps.speech.settings import MEASURES, Settings

APPLICATION = Application(
    name="speech",
    settings=Settings,
    measures=MEASURES,
    baselines=baselines,
    reader=read,
    scores=scores,
    programs=programs,
    inside=inside,
)
