from rnn_core.apps.application import Application
from rnn_core.apps.vision import programs
from rnn_core.apps.vision.baselines import baselines
from rnn_core.apps.vision.inside import inside
from rnn_core.apps.vision.judge import scores
from rnn_core.apps.vision.reader import read
from rnn_core.apps.vision.settings import MEASURES, Settings

APPLICATION = Application(
    name="vision",
    settings=Settings,
    measures=MEASURES,
    baselines=baselines,
    reader=read,
    scores=scores,
    programs=programs,
    inside=inside,
)
