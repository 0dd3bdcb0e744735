from ui.lab import controls
from ui.lab import run as lab_run
from ui.lab.file import file_of
from ui.lab.pictures import pictures
from ui.lab.settings import DEFAULTS
from ui.lab.take import take_run
from ui.lab.views import seen_choice
from ui.memory.sequences.controls import example_text, examples
from ui.shell.frame import close_page, open_page
from ui.widgets.lesson import prose, question
from ui.widgets.stage import tune_button, whole_stage

open_page("lab")
question("lab", is_veiled=True)
tune_button()
stage = whole_stage()
with stage.drawer:
    controls.first_controls()
    controls.other_controls()
    controls.settings_without_widgets()
with stage.picture:
    settings = controls.chosen_settings()
run = lab_run.current_run(settings)
if run is not None:
    take_run(run)
    progress = run.progress()  # one for the whole page, because a chunk may return while the page is drawn
    with stage.top:
        seen = seen_choice(run, progress.phase)
        lab_run.buttons_of_the_run_before(run)
    with stage.dock:
        lab_run.buttons(run, progress)
    with stage.picture:
        lab_run.live(run, progress.phase, seen)
with stage.dock:
    selected = examples("lab", pictures(), controls.EXAMPLES, DEFAULTS)
if run is not None:
    lab_run.live_below(run, progress.phase, seen)
example_text("lab", selected)
file_of(run)
prose("lab", "intro")
close_page("lab")
