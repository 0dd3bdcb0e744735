"""The networks whose short sequences the page opens, by the names in its link."""

from ui.i18n import _
from ui.memory.inside.sequences_compute import LAB

CELLS = {"lstm": "LSTM", "gru": "GRU", "rnn-tanh": "RNN", "rnn-relu": "ReLU-RNN"}


def application_names() -> dict[str, str]:
    return {
        "sentiment": _("Reviews"),
        "recommend": _("Sessions of a shop"),
        "translate": _("Sources of translations"),
        "speech": _("Spoken words"),
        "vision": _("Digits, row by row"),
        "multimodal": _("Questions about a picture"),
        "caption": _("Captions of pictures"),
        "watch": _("Strips of a moving ball"),
        LAB: _("Strings a^n b^n of the lab"),
    }


def network_names(application: str) -> dict[str, str]:
    """Of the networks that ship, the one that opens first."""
    lstm, gru, rnn = ({each: CELLS[each]} for each in ("lstm", "gru", "rnn-tanh"))
    match application:
        case "sentiment":
            return (
                lstm
                | gru
                | rnn
                | {
                    "lstm-attention": _("LSTM with attention, its forward layer"),
                    "sentences": _("LSTM on real sentences, its forward layer"),
                }
            )
        case "recommend":
            return gru | {"gru-tied": _("GRU with tied weights")} | lstm | rnn
        case "translate":
            numbers = {f"en-zh-{cell}": f"English → 中文, {CELLS[cell]}" for cell in ("lstm", "gru", "rnn-tanh")}
            plain = {
                f"{task}-gru-plain": _("{task}, GRU without attention").format(task=name)
                for task, name in _tasks().items()
            }
            return {"dates-gru": _("dates, GRU"), **numbers, "zh-en-gru": "中文 → English, GRU", **plain}
        case "speech":
            both = {
                cell: _("{cell} in both directions, its forward layer").format(cell=CELLS.get(cell, "RNN"))
                for cell in ("gru", "lstm", "rnn")
            }
            return {"gru-forward": _("GRU that reads forward"), **both}
        case "vision":
            rows = {f"digit-{cell}": _("rows, {cell}").format(cell=CELLS[cell]) for cell in ("gru", "lstm", "rnn-tanh")}
            others = {
                "columns-gru": _("columns, GRU"),
                "pixels-gru": _("pixels, GRU"),
                "shuffled-gru": _("shuffled pixels, GRU"),
                "hidden-gru": _("rows, two of them hidden, GRU"),
            }
            strips = {
                f"strip-{cell}": _("strips of digits, the forward layer of {cell}").format(cell=CELLS[cell])
                for cell in ("gru", "lstm", "rnn-tanh")
            }
            return rows | others | strips
        case "multimodal":
            gated = {
                f"gated-{cell}": _("gated fusion, {cell}").format(cell=CELLS[cell])
                for cell in ("gru", "lstm", "rnn-tanh")
            }
            return gated | {
                "early-gru": _("early fusion, GRU"),
                "late-gru": _("late fusion, GRU"),
                "question-gru": _("the question alone, GRU"),
            }
        case "caption":
            return {
                "en-gru": _("English, attention"),
                "en-last-gru": _("English, place last, attention"),
                "zh-gru": _("Chinese, attention"),
                "en-gru-plain": _("English, no attention"),
                "zh-gru-plain": _("Chinese, no attention"),
            }
        case "watch":
            return {
                "gru": _("GRU"),
                "gru-true": _("GRU trained on true frames only"),
                "gru-shuffled": _("GRU trained on shuffled frames"),
            }
        case _:
            return {f"counting-{cell}": name for cell, name in CELLS.items()}


def _tasks() -> dict[str, str]:
    return {"dates": _("dates"), "en-zh": "English → 中文", "zh-en": "中文 → English"}
