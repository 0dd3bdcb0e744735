from rnn_core.apps.application import Application
from rnn_core.apps.multimodal import programs
from rnn_core.apps.multimodal.baselines import baselines
from rnn_core.apps.multimodal.inside import inside
from rnn_core.apps.multimodal.reader import Reader, scores
from rnn_core.apps.multimodal.settings import MEASURES, Settings

APPLICATION = Application(
    name="multimodal",
    settings=Settings,
    measures=MEASURES,
    baselines=baselines,
    reader=Reader,
    scores=scores,
    programs=programs,
    inside=inside,
)
