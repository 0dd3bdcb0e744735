"""What the caption page gives to take along."""

from rnn_core.apps.caption.reader import Caption
from rnn_core.apps.caption.scenes import Scene, picture, written
from rnn_core.apps.caption.settings import Settings
from ui.apps.network import Network
from ui.apps.take import offer_answer
from ui.widgets.take_along.view_notebook import Shown


def take_caption(network: Network[Settings], scene: Scene, reads_right_words: bool, found: Caption) -> None:
    imports = "from rnn_core.apps.caption.scenes import picture, read_scene\n"
    run = "found = reader.caption(image)"
    if reads_right_words:
        imports = f"from rnn_core.apps.caption.data import sentences\n{imports}"
        run = "found = reader.next_words(image, sentences([scene], settings.language)[0])"
    lines = f"{imports}\nscene = read_scene({written(scene)!r})\nimage = picture(scene)\n{run}"
    shown = {
        "picture": Shown(picture(scene), "image"),
        "vocabulary": Shown(list(network.settings.words), "list(settings.words)"),
        "written": Shown(found.likeliest, "found.likeliest"),
        "probabilities": Shown(found.probabilities, "found.probabilities"),
        "decoder_hs": Shown(found.decoder.hs, "found.decoder.hs"),
    }
    if found.attention is not None:
        shown["attention"] = Shown(found.attention, "found.attention")
    offer_answer(network, lines, shown)
