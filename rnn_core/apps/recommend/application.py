from rnn_core.apps.application import Application
from rnn_core.apps.recommend import programs
from rnn_core.apps.recommend.baselines import baselines
from rnn_core.apps.recommend.inside import inside
from rnn_core.apps.recommend.ranking import MEASURES
from rnn_core.apps.recommend.reader import Reader, scores
from rnn_core.apps.recommend.settings import Settings

APPLICATION = Application(
    name="recommend",
    settings=Settings,
    measures=MEASURES,
    baselines=baselines,
    reader=Reader,
    scores=scores,
    programs=programs,
    inside=inside,
)
