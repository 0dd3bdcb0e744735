"""Every colour of the app, once: a symbol has one colour in the diagram, the formula, the plot and the legend.

Figures are written in the light colours. The browser exchanges them for the dark ones when the page is dark, so no two
names may share a light colour.
"""

from typing import NamedTuple


class Ink(NamedTuple):
    light: str  # on a white page
    dark: str  # on a dark page


# Safe for colour-blind eyes (tests/ui/figures/test_style.py measures contrast and distance); never the only signal. Blue and orange are
# left to the sign of a value.
INKS: dict[str, Ink] = {
    "x": Ink("#494439", "#BDC7E6"),  # input: neutral, it comes from outside
    "h": Ink("#151A26", "#E3EDF5"),  # hidden state
    "c": Ink("#6C3FCB", "#B59AF5"),  # cell state
    "y": Ink("#16595D", "#93E0CB"),  # output of a readout
    "input_gate": Ink("#1C683D", "#7DD082"),
    "forget_gate": Ink("#836612", "#F0C130"),
    "candidate": Ink("#626373", "#C6A8A0"),
    "output_gate": Ink("#AA2D57", "#F091CA"),
    "reset_gate": Ink("#7B3893", "#D9A4F5"),
    "update_gate": Ink("#467934", "#A6E16B"),
    "gradient": Ink("#D6248A", "#FF5FB4"),  # everything that flows backward
    "loss": Ink("#970C4A", "#ECA7B0"),
    "baseline": Ink("#57717E", "#939994"),  # reference lines and bounds
    "rnn": Ink("#5B6B82", "#93A4BD"),  # what a whole cell did, beside other cells
    "gru": Ink("#0B9281", "#2CC4AE"),
    "lstm": Ink("#7C4DDB", "#A585F2"),
}

# Lines, bars and dots may be paler than words: these inks have another shade for text.
TEXT_INKS: dict[str, Ink] = {
    "gradient": Ink("#B01379", "#FF8BD5"),
    "rnn": Ink("#4F5E74", "#A3B2C8"),
    "gru": Ink("#0A7566", "#2CC4AE"),
    "lstm": Ink("#6C3FCB", "#B59AF5"),
}

# Cells also differ by their dash. Upper bounds are dotted.
CELL_DASHES = {"rnn": "solid", "gru": "13px,6px", "lstm": "14px,5px,2px,5px"}
LSTM_HIDDEN_DASH = "2px,5px"  # the LSTM's h where its c is drawn as well

# Diverging scale for signed values: negative, zero, positive. A gate's scale runs from ZERO to the gate's own ink.
ZERO = Ink("#F4F5F7", "#1F2530")
DIVERGING_LIGHT = ("#DD6A2C", ZERO.light, "#2F6FDE")
DIVERGING_DARK = ("#F08A50", ZERO.dark, "#5B93F5")
# The same for cells with a number in them: TEXT stays readable on every shade.
SOFT_DIVERGING_LIGHT = ("#F2B27A", ZERO.light, "#8EBBEA")
SOFT_DIVERGING_DARK = ("#8A4410", ZERO.dark, "#245E9C")
# For gradients: pink increases the loss, green decreases it.
GRADIENT_LIGHT = ("#3F7F2A", ZERO.light, INKS["gradient"].light)
GRADIENT_DARK = ("#9BD36A", ZERO.dark, INKS["gradient"].dark)


def text_ink(name: str) -> Ink:
    return TEXT_INKS.get(name, INKS[name])


def _mixed(pale: str, full: str, part: float) -> str:
    """`part` of the full colour over the pale one."""
    channels = [(int(pale[at : at + 2], 16), int(full[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(low + part * (high - low)):02X}" for low, high in channels)


def _faded(name: str, part: float) -> Ink:
    return Ink(*(_mixed(pale, full, part) for pale, full in zip(ZERO, INKS[name], strict=True)))


# From old to new, in the colour of the symbol: contributions of groups of steps, and the early part of a path.
AGES = tuple(_faded("candidate", part / 10) for part in range(2, 11))
EARLY_STATE = _faded("h", 0.35)

MUTED = Ink("#5B6675", "#A3AFBF")  # tick labels and remarks

# What the page itself is made of. Styles name them as CSS variables: var(--paper).
PAGE: dict[str, Ink] = {
    "paper": Ink("#FBFAF7", "#12151D"),
    "raised": Ink("#FFFFFF", "#1B202B"),  # cards, the dock, the drawer
    "sunk": Ink("#F3F1EB", "#0C0F15"),  # the ground of a stage
    "ink": Ink("#171C28", "#EDF0F7"),
    "ink2": Ink("#4A5365", "#B3BCCD"),
    "ink3": Ink("#5B6372", "#98A2B6"),
    "line": Ink("#DDD8CC", "#333A49"),
    "accent": Ink("#6C3FCB", "#B59AF5"),
    "accent-soft": Ink("#EBE5F8", "#2A2346"),
    "on-accent": Ink("#FFFFFF", "#12151D"),
    "shade": Ink("rgb(60 48 20 / .10)", "rgb(0 0 0 / .5)"),
    "positive": Ink("#2F6FDE", "#5B93F5"),
    "negative": Ink("#DD6A2C", "#F08A50"),
    "good": Ink("#1C683D", "#7DD082"),
    "bad": Ink("#A8321F", "#FF9B85"),
}
TYPE = {"t14": 0.875, "t16": 1.0, "t20": 1.25, "t28": 1.75, "t44": 2.75}  # the five sizes of type, in rem

# Colours that the page's theme decides: the browser reads them from Streamlit's variables (.streamlit/config.toml).
TEXT = "#171C28"
BACKGROUND = "#FBFAF7"
GRID = "#DDD8CC"
THEME_VARIABLES = {TEXT: "--st-text-color", BACKGROUND: "--st-background-color", GRID: "--st-border-color"}


def light_to_dark() -> dict[str, str]:
    inks = dict([*INKS.values(), *TEXT_INKS.values(), ZERO, MUTED, *AGES, EARLY_STATE])
    light = DIVERGING_LIGHT + SOFT_DIVERGING_LIGHT + GRADIENT_LIGHT
    dark = DIVERGING_DARK + SOFT_DIVERGING_DARK + GRADIENT_DARK
    return inks | dict(zip(light, dark, strict=True))


def css_variables() -> str:
    """The page's colours, every ink (`--ink-h` for lines, `--text-h` for words) and the sizes of type, for style sheets."""
    inks = PAGE | {f"ink-{_css_name(name)}": ink for name, ink in INKS.items()}
    inks |= {f"text-{_css_name(name)}": text_ink(name) for name in INKS}
    colours = "".join(f"--{name}: light-dark({ink.light}, {ink.dark}); " for name, ink in inks.items())
    return f":root {{ {colours}{''.join(f'--{name}: {size}rem; ' for name, size in TYPE.items())}}}\n"


def _css_name(name: str) -> str:
    return name.replace("_", "-")
