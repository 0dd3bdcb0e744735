"""The names of the kinds of motion."""

from ui.i18n import _


def motion_names() -> dict[str, str]:
    return {
        "right": _("to the right"),
        "left": _("to the left"),
        "up": _("upwards"),
        "down": _("downwards"),
        "clockwise": _("clockwise"),
        "anticlockwise": _("anticlockwise"),
        "bounce": _("bounces"),
        "swing": _("swings"),
    }
