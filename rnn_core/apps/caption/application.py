from rnn_core.apps.application import Application
from rnn_core.apps.caption import programs
from rnn_core.apps.caption.baselines import baselines
from rnn_core.apps.caption.inside import inside
from rnn_core.apps.caption.reader import Reader, scores
from rnn_core.apps.caption.settings import MEASURES, Settings

APPLICATION = Application(
    name="caption",
    settings=Settings,
    measures=MEASURES,
    baselines=baselines,
    reader=Reader,
    scores=scores,
    programs=programs,
    inside=inside,
)
