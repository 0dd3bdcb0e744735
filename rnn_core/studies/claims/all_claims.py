"""The 37 claims: their groups, the page on which each can be played with, and their computations."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, get_args

from rnn_core.studies.claims import architectures, back, forward, gates, gradient_limits, training
from rnn_core.studies.claims.claim import Finding

Group = Literal["forward", "gates", "back", "training", "architectures"]
GROUPS: tuple[Group, ...] = get_args(Group)


@dataclass(frozen=True)
class Claim:
    number: int
    group: Group
    page: str  # where it can be played with
    view: Mapping[str, str] = field(default_factory=dict)  # the link's parameters there


_MODULES: dict[Group, Mapping[int, Callable[[], Finding]]] = {
    "forward": forward.ALL,
    "gates": gates.ALL,
    "back": {**back.ALL, **gradient_limits.ALL},
    "training": training.ALL,
    "architectures": architectures.ALL,
}
_PLAY: dict[int, tuple[str, dict[str, str]]] = {
    1: ("rnn", {"preset": "random", "form": "sigmoid", "init": "zeros"}),
    2: ("gradients", {}),
    3: ("before", {"part": "layer"}),
    4: ("before", {"part": "window"}),
    5: ("rnn", {"form": "linear"}),
    6: ("before", {"part": "layer"}),
    7: ("rnn", {}),
    8: ("gru", {}),
    9: ("gru", {}),
    10: ("lstm", {}),
    11: ("compare", {}),
    12: ("compare", {}),
    13: ("gradients", {}),
    14: ("bptt", {}),
    15: ("lstm", {"direction": "backward"}),
    16: ("bptt", {}),
    17: ("bptt", {}),
    18: ("bptt", {}),
    19: ("clipping", {}),
    20: ("before", {"part": "matrix"}),
    21: ("experiments", {}),
    22: ("states", {}),
    23: ("lab", {}),
    24: ("lab", {}),
    25: ("before", {"part": "order"}),
    26: ("compare", {}),
    27: ("runs", {}),
    28: ("text", {}),
    29: ("variants", {}),
    30: ("gru", {}),
    31: ("vision", {}),
    32: ("translate", {}),
    33: ("variants", {}),
    34: ("after", {}),
    35: ("after", {"part": "scan"}),
    36: ("multimodal", {}),
    37: ("frameworks", {}),
}
CLAIMS: tuple[Claim, ...] = tuple(
    Claim(number, group, *_PLAY[number]) for group in GROUPS for number in _MODULES[group]
)


@cache
def judge(number: int) -> Finding:
    """The claim's computation; the same bits at every call, so it is made once."""
    return next(found[number] for found in _MODULES.values() if number in found)()
