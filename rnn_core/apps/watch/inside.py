"""A look into the network: held-out strips of a moving ball, frame by frame, and the kind of motion."""

import numpy as np

from rnn_core.analysis.inside.answers import LastState
from rnn_core.analysis.inside.network import Network
from rnn_core.apps.passages import LATE, MOST, MOTION, Answers, Opened, along, each, make_passage
from rnn_core.apps.tensors import linear, network_tensors
from rnn_core.apps.watch.data import held_out
from rnn_core.apps.watch.motion import EDGE, KINDS, SEEN, SIDE
from rnn_core.apps.watch.reader import Reader
from rnn_core.arrays import Array, Mask
from rnn_core.learn.state import RunState

ARROWS = "→↘↓↙←↖↑↗"
STILL = "•"
_SLOW, _TURN, _WALL = 0.2, 0.15, 1.0  # pixels a frame; radians; pixels from where the ball turns


def inside(state: RunState) -> Opened:
    reader = Reader(state)
    parts = [held_out(part) for part in ("validation", "test")]
    paths = np.concatenate([each.paths[:MOST, :SEEN] for each in parts])  # (N, T, 2)
    kinds = np.concatenate([each.kinds[:MOST] for each in parts])
    frames = np.concatenate([each.frames[:MOST, :SEEN] for each in parts])
    moves = np.concatenate([np.zeros_like(paths[:, :1]), np.diff(paths, axis=1)], axis=1)
    rows = _arrows(moves)
    known = {f"{MOTION}{name}": np.array(along(kinds == kind, rows)) for kind, name in enumerate(KINDS)}
    known |= {name: holds.ravel() for name, holds in _places(paths, moves).items()}
    known[LATE] = np.array(each(rows, lambda row, at: at >= len(row) // 2))
    readout = linear(network_tensors(state), "motion.", "softmax")
    network = Network((reader.params,), readout)
    answers = Answers(KINDS, "softmax", (LastState(readout),), tuple(kinds.tolist()))
    inputs = reader.embedded(frames.reshape(-1, frames.shape[2]))
    titles = [KINDS[kind] for kind in kinds]
    return Opened(network, make_passage([rows[:MOST], rows[MOST:]], inputs, "", known, titles), answers)


def _places(paths: Array, moves: Array) -> dict[str, Mask]:
    """(N, T) each: where the ball is, and how it has moved since the frame before."""
    right, down = moves[..., 0], moves[..., 1]
    angles = np.arctan2(down, right)
    turns = np.zeros_like(right)
    turns[:, 2:] = (np.diff(angles[:, 1:], axis=1) + np.pi) % (2 * np.pi) - np.pi
    wall = np.minimum(paths, SIDE - paths).min(axis=2) - EDGE
    return {
        "ball in the right half": paths[..., 0] > SIDE / 2,
        "ball in the lower half": paths[..., 1] > SIDE / 2,
        "ball moves right": right > _SLOW,
        "ball moves down": down > _SLOW,
        "ball turns clockwise": turns > _TURN,
        "ball turns anticlockwise": turns < -_TURN,
        "ball close to a wall": wall < _WALL,
    }


def _arrows(moves: Array) -> list[list[str]]:
    """A sign for each frame: the direction in which the ball has moved."""
    eighths = np.round(np.arctan2(moves[..., 1], moves[..., 0]) / (np.pi / 4)).astype(int) % len(ARROWS)
    moved = np.linalg.norm(moves, axis=2) >= _SLOW
    return [
        [ARROWS[eighth] if is_moved else STILL for eighth, is_moved in zip(*both, strict=True)]
        for both in zip(eighths.tolist(), moved.tolist(), strict=True)
    ]
