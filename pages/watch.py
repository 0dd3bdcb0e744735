from rnn_core.apps.watch.application import APPLICATION
from ui.apps import frame
from ui.apps.watch import controls, views
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose, question
from ui.widgets.stage import drawer, stage, stage_row, stage_top

open_page("watch")
question("watch")
with stage_row():
    picture = stage()
    with picture, stage_top():
        order = controls.chosen_order()
    with drawer():
        settings = controls.chosen_settings()
network = frame.network_of(APPLICATION, settings)
with picture:
    frame.live(network, lambda: views.play(network, order))
prose("watch", "intro")
with frame.training_and_scores(network, views.answer_names()):
    prose("watch", "honest")
    frame.code(network)
close_page("watch")
