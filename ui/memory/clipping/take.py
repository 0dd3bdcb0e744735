"""What the page on clipping gives to take along: the landscape and the three descents."""

from ui.memory.clipping.compute import B_RANGE, STEPS, W_RANGE, Descents, Landscape
from ui.memory.clipping.controls import Descending
from ui.widgets.take_along.view_notebook import Shown, offer_view

PATHS = {"free": "none", "by_norm": "norm", "by_value": "value"}


def take_descents(chosen: Descending, found: Descents, ground: Landscape) -> None:
    lines = (
        "from rnn_core.analysis import cliff\n\n"
        f"w = np.linspace({W_RANGE[0]}, {W_RANGE[1]}, {len(ground.w)})\n"
        f"b = np.linspace({B_RANGE[0]}, {B_RANGE[1]}, {len(ground.b)})\n"
        f"paths = cliff.descend({chosen.start!r}, {chosen.rate!r}, {STEPS}, {tuple(PATHS.values())!r}, {chosen.threshold!r})\n"
        f"{', '.join(PATHS)} = paths"
    )
    shown = {
        "w": Shown(ground.w, "w"),
        "b": Shown(ground.b, "b"),
        "losses": Shown(ground.losses, "cliff.losses(w[None, :], b[:, None]).values"),
    }
    for name in PATHS:
        path = getattr(found, name)
        for part in ("points", "losses", "gradients", "used"):
            shown[f"{name}_{part}"] = Shown(getattr(path, part), f"{name}.{part}")
    offer_view(lines, shown)
