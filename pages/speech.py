from rnn_core.apps.speech.application import APPLICATION
from ui.apps import frame
from ui.apps.speech import controls, views
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose, question

open_page("speech")
question("speech")
settings = controls.chosen_settings()
network = frame.network_of(APPLICATION, settings)
frame.live(network, lambda: views.listen(network))
prose("speech", "intro")
with frame.training_and_scores(network, views.answer_names()):
    views.confusion_and_noise(network)
    prose("speech", "honest")
    frame.code(network)
close_page("speech")
