from rnn_core.apps.application import Application
from rnn_core.apps.watch import programs
from rnn_core.apps.watch.baselines import baselines
from rnn_core.apps.watch.inside import inside
from rnn_core.apps.watch.reader import Reader, scores
from rnn_core.apps.watch.settings import MEASURES, Settings

APPLICATION = Application(
    name="watch",
    settings=Settings,
    measures=MEASURES,
    baselines=baselines,
    reader=Reader,
    scores=scores,
    programs=programs,
    inside=inside,
)
