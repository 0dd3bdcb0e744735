from rnn_core.apps.application import Application
from rnn_core.apps.translate import programs
from rnn_core.apps.translate.baselines import baselines
from rnn_core.apps.translate.inside import inside
from rnn_core.apps.translate.reader import Reader, scores
from rnn_core.apps.translate.settings import MEASURES, Settings

APPLICATION = Application(
    name="translate",
    settings=Settings,
    measures=MEASURES,
    baselines=baselines,
    reader=Reader,
    scores=scores,
    programs=programs,
    inside=inside,
)
