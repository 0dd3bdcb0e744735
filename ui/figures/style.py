"""Every colour of the app, once: a symbol has one colour in the diagram, the formula, the plot and the legend.

Figures are written in the light colours. The browser exchanges them for the dark ones when the page is dark, so no two
names may share a light colour.
"""

from typing import NamedTuple


class Ink(NamedTuple):
    light: str  # on a white page
    dark: str  # on a dark page


# Safe for colour-blind eyes (tests/ui/figures/test_style.py measures contrast and distance); never the only signal.
INKS: dict[str, Ink] = {
    "x": Ink("#514C55", "#B8BDD1"),  # input: neutral, it comes from outside
    "h": Ink("#235A95", "#54B6FA"),  # hidden state
    "c": Ink("#7C41B6", "#C898DD"),  # cell state
    "y": Ink("#242F3D", "#F3F0F4"),  # output of a readout
    "input_gate": Ink("#1B7551", "#45D5A1"),
    "forget_gate": Ink("#A73521", "#FD9A60"),
    "candidate": Ink("#A45C06", "#ECBC1A"),
    "output_gate": Ink("#19779B", "#52D8F8"),
    "reset_gate": Ink("#844835", "#E4A28E"),
    "update_gate": Ink("#397D39", "#ABD86D"),
    "gradient": Ink("#C4346D", "#F178A1"),  # everything that flows backward
    "loss": Ink("#99143E", "#FDA6AA"),
    "baseline": Ink("#676E7F", "#92A1B5"),  # reference lines and bounds
}

# Diverging scale for signed values: negative, zero, positive. A gate's scale runs from ZERO to the gate's own ink.
ZERO = Ink("#F4F5F7", "#1F2530")
DIVERGING_LIGHT = ("#B35806", ZERO.light, "#2166AC")
DIVERGING_DARK = ("#F4A261", ZERO.dark, "#6DB4F2")
# The same for cells with a number in them: TEXT stays readable on every shade.
SOFT_DIVERGING_LIGHT = ("#F2B27A", ZERO.light, "#8EBBEA")
SOFT_DIVERGING_DARK = ("#8A4410", ZERO.dark, "#245E9C")
# For gradients: what is pink adds to the loss, what is green takes from it.
GRADIENT_LIGHT = ("#3F7F2A", ZERO.light, INKS["gradient"].light)
GRADIENT_DARK = ("#9BD36A", ZERO.dark, INKS["gradient"].dark)


def _mixed(pale: str, full: str, part: float) -> str:
    """`part` of the full colour over the pale one."""
    channels = [(int(pale[at : at + 2], 16), int(full[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(low + part * (high - low)):02X}" for low, high in channels)


def _faded(name: str, part: float) -> Ink:
    return Ink(*(_mixed(pale, full, part) for pale, full in zip(ZERO, INKS[name], strict=True)))


# From old to new, in a symbol's own colour: what each stretch of steps wrote, and the early part of a path.
AGES = tuple(_faded("candidate", part / 10) for part in range(2, 11))
EARLY_STATE = _faded("h", 0.35)

MUTED = Ink("#5B6675", "#A3AFBF")  # tick labels and remarks

# Colours that the page's theme decides: the browser reads them from Streamlit's variables (.streamlit/config.toml).
TEXT = "#1A2230"
BACKGROUND = "#FFFFFF"
GRID = "#DCE3EA"
THEME_VARIABLES = {TEXT: "--st-text-color", BACKGROUND: "--st-background-color", GRID: "--st-border-color"}


def light_to_dark() -> dict[str, str]:
    inks = dict([*INKS.values(), ZERO, MUTED, *AGES, EARLY_STATE])
    light = DIVERGING_LIGHT + SOFT_DIVERGING_LIGHT + GRADIENT_LIGHT
    dark = DIVERGING_DARK + SOFT_DIVERGING_DARK + GRADIENT_DARK
    return inks | dict(zip(light, dark, strict=True))
