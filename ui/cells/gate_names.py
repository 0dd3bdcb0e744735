"""The names of the gates in the reader's language."""

from ui.i18n import _


def gate_name(name: str) -> str:
    return {
        "forget_gate": _("forget gate"),
        "input_gate": _("input gate"),
        "output_gate": _("output gate"),
        "candidate": _("candidate"),
        "update_gate": _("update gate"),
        "reset_gate": _("reset gate"),
    }[name]
