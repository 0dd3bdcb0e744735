from rnn_core.apps.application import Application
from rnn_core.apps.finding import programs
from rnn_core.apps.finding.baselines import baselines
from rnn_core.apps.finding.reader import Reader, scores
from rnn_core.apps.finding.settings import MEASURES, Settings

APPLICATION = Application(
    name="finding",
    settings=Settings,
    measures=MEASURES,
    baselines=baselines,
    reader=Reader,
    scores=scores,
    programs=programs,
)
