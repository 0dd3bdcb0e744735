"""The network that watches strips as a program that anyone can run, in PyTorch or in Keras, on the same kind of strips."""

from enum import StrEnum

from rnn_core.apps import programs as shared
from rnn_core.apps.watch.motion import FRAMES, SEEN, SIDE
from rnn_core.apps.watch.settings import BETWEEN, EMBEDDING, Settings


class Comment(StrEnum):
    """Every comment of the programs, so that the app can check that each has its translation."""

    STRIPS = "Strips of a ball: its kind of motion, and every frame."
    ORDER = "The frames of each strip in a random order."
    OWN = "From a random frame on, the network reads its own predictions."
    TRAIN = "Training on the kind of motion and on every next frame."
    TRY = "How many kinds are right in new strips."


_START = """\
$imports

rng = np.random.default_rng($seed)
KINDS = ("right", "left", "up", "down", "clockwise", "anticlockwise", "bounce", "swing")
T, SEEN, SIDE = $frames, $seen, $side


# $STRIPS
def batch(count):
    kinds = rng.integers(len(KINDS), size=count)
    t, middles = np.arange(T), np.arange(SIDE) + 0.5
    frames = np.zeros((count, T, SIDE * SIDE), dtype="float32")
    for strip, kind in zip(frames, kinds):
        speed, angle, size = rng.uniform(0.4, 0.75), rng.uniform(-0.25, 0.25), rng.uniform(2, 4.5)
        if kind < 4:
            angle += (0, np.pi, 1.5 * np.pi, 0.5 * np.pi)[kind]
            x, y = t * speed * np.cos(angle), t * speed * np.sin(angle)
        elif kind < 6:
            angles = rng.uniform(0, 2 * np.pi) + (1 if kind == 4 else -1) * t * 1.6 * speed / size
            x, y = size * np.cos(angles), size * np.sin(angles)
        elif kind == 6:
            x, y = (np.abs((rng.uniform(9, 12) + v * t) % 24 - 12) for v in (speed + 0.4, rng.uniform(-0.5, 0.5)))
        else:
            along, angle = size * np.sin(rng.uniform(0, 6) + 0.5 * t), rng.uniform(0, 2 * np.pi)
            x, y = along * np.cos(angle), along * np.sin(angle)
        x, y = (each - each.min() + 2 + rng.uniform(0, max(0, 12 - np.ptp(each))) for each in (x, y))
        distance = np.hypot(x[:, None, None] - middles, y[:, None, None] - middles[:, None])
        strip[:] = np.clip(2.5 - distance, 0, 1).reshape(T, -1)
$shuffle    return frames, kinds


"""
_SHUFFLE = """\
        strip[:] = strip[rng.permutation(T)]  # $ORDER
"""

_TORCH = """\
class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.frame = nn.Sequential(nn.Linear(SIDE * SIDE, $embedding), nn.ReLU())
        self.recurrent = nn.$layer($embedding, $H, batch_first=True)
        self.kind = nn.Linear($H, len(KINDS))
        self.next = nn.Sequential(nn.Linear($H, $between), nn.ReLU(), nn.Linear($between, SIDE * SIDE))

    def forward(self, frames, own_from):
        hs, state = self.recurrent(self.frame(frames[:, :own_from]))
        states, logits = [hs], [self.next(hs)]
        # $OWN
        for _ in range(own_from, frames.shape[1]):
            hs, state = self.recurrent(self.frame(logits[-1][:, -1:].sigmoid()), state)
            states.append(hs)
            logits.append(self.next(hs))
        return self.kind(torch.cat(states, 1)), torch.cat(logits, 1)


$training

# $TRY
frames, kinds = map(torch.from_numpy, batch(500))
with torch.no_grad():
    right = model(frames[:, :SEEN], SEEN)[0][:, -1].argmax(1) == kinds
print(f"right kinds: {right.float().mean():.3f}")
"""

_KERAS = """\
keras.utils.set_random_seed($seed)
layers = keras.layers
frames = keras.Input((None, SIDE * SIDE))
read = layers.Dense($embedding, activation="relu")(frames)
hs = layers.$layer($H, return_sequences=True)(read)
kinds = layers.Dense(len(KINDS))(hs)
following = layers.Dense(SIDE * SIDE)(layers.Dense($between, activation="relu")(hs))
model = keras.Model(frames, layers.Concatenate()([kinds, following]))


def judged(wanted, outputs):
    kinds, logits = outputs[:, :, : len(KINDS)], outputs[:, :, len(KINDS) :]
    right = keras.ops.cast(wanted[:, :, 0], "int32")
    of_kind = keras.ops.mean(keras.losses.sparse_categorical_crossentropy(right, kinds, from_logits=True)[:, 4:])
    return of_kind + 20 * keras.ops.mean(keras.losses.binary_crossentropy(wanted[:, :, 1:], logits, from_logits=True))


def wanted(frames, kinds):
    return np.concatenate([np.repeat(kinds, T - 1).reshape(-1, T - 1, 1), frames[:, 1:]], axis=2)


$training

# $TRY
strips, right = batch(500)
found = model.predict(strips[:, :SEEN], verbose=0)[:, -1, : len(KINDS)].argmax(1)
print(f"right kinds: {(found == right).mean():.3f}")
"""


def as_torch(settings: Settings, steps: int | None = None, say: shared.Say = str) -> str:
    cut = "int(rng.integers(5, T))" if settings.later_frames == "own" else "T - 1"
    loss = f"""
        frames, kinds = map(torch.from_numpy, batch({settings.batch}))
        scores, logits = model(frames[:, :-1], {cut})
        of_kind = nn.functional.cross_entropy(scores[:, 4:].flatten(0, 1), kinds.repeat_interleave(T - 5))
        loss = of_kind + 20 * nn.functional.binary_cross_entropy_with_logits(logits, frames[:, 1:])"""
    training = shared.torch_training(settings, steps, loss, say(Comment.TRAIN))
    return shared.filled(
        _start(settings) + _TORCH, Comment, say, **shared.torch_words(settings, training), **_words(settings)
    )


def as_keras(settings: Settings, steps: int | None = None, say: shared.Say = str) -> str:
    """Keras trains on true frames alone."""
    loss = f"""
        frames, kinds = batch({settings.batch})
        loss = model.train_on_batch(frames[:, :-1], wanted(frames, kinds))"""
    training = shared.keras_training(settings, steps, loss, say(Comment.TRAIN), "judged")
    return shared.filled(
        _start(settings) + _KERAS, Comment, say, **shared.keras_words(settings, training), **_words(settings)
    )


def _start(settings: Settings) -> str:
    return _START.replace("$shuffle", _SHUFFLE if settings.order == "shuffled" else "")


def _words(settings: Settings) -> dict[str, object]:
    return {
        "frames": FRAMES,
        "seen": SEEN,
        "side": SIDE,
        "embedding": EMBEDDING,
        "between": BETWEEN,
        "H": settings.hidden,
    }
