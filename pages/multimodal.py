from rnn_core.apps.multimodal.application import APPLICATION
from ui.apps import frame
from ui.apps.multimodal import controls, views
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose, question
from ui.widgets.stage import drawer, stage, stage_row

open_page("multimodal")
question("multimodal")
with stage_row():
    picture = stage()
    with drawer():
        settings = controls.chosen_settings()
network = frame.network_of(APPLICATION, settings)
with picture:
    frame.live(network, lambda: views.play(network))
prose("multimodal", "intro")
with frame.training_and_scores(network, views.answer_names()):
    prose("multimodal", "honest")
    frame.code(network)
close_page("multimodal")
