from rnn_core.apps.recommend.application import APPLICATION
from ui.apps import frame
from ui.apps.recommend import controls, own, views
from ui.i18n import _
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose, question, source
from ui.widgets.stage import drawer, stage, stage_row

open_page("recommend")
question("recommend")
with stage_row():
    picture = stage()
    with drawer():
        settings = controls.chosen_settings()
network = frame.network_of(APPLICATION, settings)
names = views.answer_names()
with picture:
    frame.live(network, lambda: views.play(network))
prose("recommend", "intro")
note = _("Nobody can do better than the best possible: it knows how the sessions are made, and the rest is chance.")
with frame.training_and_scores(network, names, "" if network.settings.shop else note):
    frame.live(network, lambda: views.item_map(network))
    prose("recommend", "honest")
    own.own_sessions(network, names)
    frame.code(network)
source("recommend")
close_page("recommend")
