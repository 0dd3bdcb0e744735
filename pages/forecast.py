from rnn_core.apps.forecast.application import APPLICATION
from ui.apps import frame
from ui.apps.forecast import controls, views
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose, question
from ui.widgets.stage import drawer, stage, stage_row

open_page("forecast")
question("forecast")
with stage_row():
    picture = stage()
    with drawer(is_open_at_first=controls.own_is_asked()):
        settings = controls.chosen_settings()
network = frame.network_of(APPLICATION, settings)
title = controls.series_labels()[network.settings.series]
with picture:
    frame.live(network, lambda: views.play(network, title))
prose("forecast", "intro")
with frame.training_and_scores(network, views.answer_names()):
    views.errors(network)
    prose("forecast", "honest")
    frame.code(network)
close_page("forecast")
