"""Every colour of the app, once: a symbol has one colour in the diagram, the formula, the plot and the legend."""

from typing import NamedTuple


class Ink(NamedTuple):
    light: str  # on a white page
    dark: str  # on a dark page


# Safe for colour-blind eyes (tests/test_style.py measures contrast and distance); never the only signal.
INKS: dict[str, Ink] = {
    "x": Ink("#4B5563", "#B6C0CC"),  # input: neutral, it comes from outside
    "h": Ink("#0067A5", "#5CB3F0"),  # hidden state
    "c": Ink("#7B3FB5", "#C39BF0"),  # cell state
    "y": Ink("#1F2937", "#F3F4F6"),  # output of a readout
    "input_gate": Ink("#00755A", "#3CCBA0"),
    "forget_gate": Ink("#C2410C", "#FF9A5C"),
    "candidate": Ink("#8A6100", "#E8BE4A"),
    "output_gate": Ink("#0E7490", "#5FD0E6"),
    "reset_gate": Ink("#8C4A3C", "#E0A899"),
    "update_gate": Ink("#4D7C0F", "#B5D85A"),
    "gradient": Ink("#BE185D", "#FF86B4"),  # everything that flows backward
    "loss": Ink("#9F1239", "#FDA4AF"),
    "baseline": Ink("#6B7280", "#9CA3AF"),  # reference lines and bounds
}

# Diverging scale for signed values: negative, zero, positive.
DIVERGING_LIGHT = ("#B35806", "#F7F7F7", "#2166AC")
DIVERGING_DARK = ("#F4A261", "#1F242D", "#6DB4F2")
