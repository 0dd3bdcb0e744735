from rnn_core.apps.vision.application import APPLICATION
from ui.apps import frame
from ui.apps.vision import controls, views
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose, prose_part, question
from ui.widgets.stage import drawer, stage, stage_row, stage_top

open_page("vision")
question("vision")
with stage_row():
    picture = stage()
    with picture, stage_top():
        task = controls.chosen_task()
        order = controls.chosen_order() if task == "digit" else None
    with drawer():
        settings = controls.chosen_settings(order)
network = frame.network_of(APPLICATION, settings)
with picture:
    frame.live(network, lambda: views.play(network))
prose_part("vision", "tasks", settings.task)
views.how_soon(network)
with frame.training_and_scores(network, views.answer_names()):
    prose("vision", "honest")
    frame.code(network)
close_page("vision")
