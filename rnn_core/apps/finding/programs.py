"""The finder as a program that anyone can run, in PyTorch or in Keras: the path is trained with teacher forcing, without boxes."""

from enum import StrEnum

from rnn_core.apps import programs as shared
from rnn_core.apps.finding.settings import COARSE, EYE, FEATURES, POINTING, Settings


class Comment(StrEnum):
    """Every comment of the programs, so that the app can check that each has its translation."""

    DIGITS = "1797 handwritten digits of 8 x 8 pixels: the file rnn_core/apps/digits/files/digits.npz of this project."
    SCENES = (
        "Pictures of 64 x 64 pixels with one to three digits, and the path from the middle to the nearest unread digit."
    )
    WINDOWS = (
        "Windows of 18 x 18 pixels: those of the path, then others. Class 10 is a window without a digit in its middle."
    )
    EYE = "The convolutions read a window, the coarse view shows where something is, and the state decides on the next place or the end."
    FIRST = "Before the first glimpse the state is zero."
    TRAIN = "Training: the network reads the right glimpses, and learns each next place and what each window shows."


_START = """\
$imports

# $DIGITS
rng = np.random.default_rng($seed)
kept = np.load("digits.npz")
bigger = np.arange(12) * 8 // 12
pictures, digits = kept["images"][:1029, bigger][:, :, bigger].astype("float32") / 16, kept["digits"].astype("int64")
SIDE, WINDOW, GLIMPSES, END = 64, 18, 5, 256


# $SCENES
def scene():
    picture, found = np.zeros((SIDE, SIDE), "float32"), []
    for k in rng.integers(0, 1029, rng.integers(1, 4)):
        while True:
            middle = rng.integers(8, 56, 2)
            if all(abs(middle - other).max() >= 14 for other, _ in found):
                break
        found.append((middle, digits[k]))
        y, x = middle
        picture[y - 6 : y + 6, x - 6 : x + 6] = pictures[k]
    here, path, left = np.array([32, 32]), [], [middle for middle, _ in found]
    while left:
        here = left.pop(int(np.argmin([np.hypot(*(middle - here)) for middle in left])))
        path.append(here[0] // 4 * 16 + here[1] // 4)
    return picture, found, path


# $WINDOWS
def batch(count):
    coarse, windows = np.zeros((count, 16, 16), "float32"), np.zeros((count, GLIMPSES, WINDOW, WINDOW), "float32")
    places = rng.integers(0, 256, (count, GLIMPSES))
    kinds, following = np.full((count, GLIMPSES), 10), np.full((count, GLIMPSES + 1), END)
    for n in range(count):
        picture, found, path = scene()
        coarse[n] = picture.reshape(16, 4, 16, 4).mean(axis=(1, 3))
        places[n, : len(path)] = following[n, : len(path)] = path
        wide = np.pad(picture, 7)
        for k, place in enumerate(places[n]):
            top, left = 4 * (place // 16), 4 * (place % 16)
            windows[n, k] = wide[top : top + WINDOW, left : left + WINDOW]
            for middle, digit in found:
                if abs(middle - [top + 2, left + 2]).max() <= 3:
                    kinds[n, k] = digit
    return coarse, windows, places, following, kinds


"""

_TORCH = """\
# $EYE
class Finder(nn.Module):
    def __init__(self):
        super().__init__()
        self.eye = nn.Sequential(
            nn.Conv2d(1, $e1, 3), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d($e1, $e2, 3), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d($e2, $F, 3), nn.ReLU(), nn.Flatten(),
        )
        self.coarse = nn.Sequential(
            nn.Conv2d(1, $c1, 3, padding=1), nn.ReLU(), nn.Conv2d($c1, $c2, 3, padding=1), nn.ReLU(), nn.Flatten(2)
        )
        self.what = nn.Linear($F, 11)
        self.row, self.column = nn.Embedding(16, $K), nn.Embedding(16, $K)
        self.recurrent = nn.$layer($F + $K, $H, batch_first=True)
        self.at, self.ask = nn.Linear($c2, $K), nn.Linear($H, $K)
        self.point, self.stop = nn.Linear($K, 1), nn.Linear($H, 1)

    def mark(self, places):
        return self.row(places // 16) + self.column(places % 16)

    def forward(self, coarse, windows, places):
        features = self.eye(windows.flatten(0, 1)[:, None]).unflatten(0, places.shape)
        read = torch.cat([features, self.mark(places)], dim=2)
        states = $states
        # $FIRST
        states = torch.cat([torch.zeros_like(states[:, :1]), states], dim=1)[:, :, None]
        seen = self.at(self.coarse(coarse[:, None]).transpose(1, 2)) + self.mark(torch.arange(256))
        where = self.point(torch.tanh(seen[:, None] + self.ask(states)))[..., 0]
        return torch.cat([where, self.stop(states)[..., 0]], dim=2), self.what(features)


$training

coarse, windows, places, following, kinds = map(torch.from_numpy, batch(200))
where, what = model(coarse, windows, places)
print("next places:", (where.argmax(2) == following).float().mean().item())
print("windows:", (what.argmax(2) == kinds).float().mean().item())
"""

_KERAS = """\
# $EYE
keras.utils.set_random_seed($seed)
layers, ops = keras.layers, keras.ops
eye = keras.Sequential([
    layers.Input((WINDOW, WINDOW, 1)),
    layers.Conv2D($e1, 3, activation="relu"), layers.MaxPooling2D(2),
    layers.Conv2D($e2, 3, activation="relu"), layers.MaxPooling2D(2),
    layers.Conv2D($F, 3, activation="relu"), layers.Flatten(),
])
coarse, windows = keras.Input((16, 16)), keras.Input((GLIMPSES, WINDOW, WINDOW))
places = keras.Input((GLIMPSES,), dtype="int64")
row, column = layers.Embedding(16, $K), layers.Embedding(16, $K)
features = layers.TimeDistributed(eye)(layers.Reshape((GLIMPSES, WINDOW, WINDOW, 1))(windows))
read = layers.Concatenate()([features, row(places // 16) + column(places % 16)])
states = $states
# $FIRST
states = layers.ZeroPadding1D((1, 0))(states)
maps = layers.Reshape((16, 16, 1))(coarse)
for channels in ($c1, $c2):
    maps = layers.Conv2D(channels, 3, padding="same", activation="relu")(maps)
every = ops.arange(256)
seen = layers.Dense($K)(layers.Reshape((256, $c2))(maps)) + row(every // 16) + column(every % 16)
units = ops.tanh(ops.expand_dims(seen, 1) + ops.expand_dims(layers.Dense($K)(states), 2))
where = layers.Concatenate()([layers.Reshape((GLIMPSES + 1, 256))(layers.Dense(1)(units)), layers.Dense(1)(states)])
model = keras.Model([coarse, windows, places], [where, layers.Dense(11)(features)])
entropy = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
$training

*read, following, kinds = batch(200)
where, what = model.predict(read, verbose=0)
print("next places:", (where.argmax(2) == following).mean())
print("windows:", (what.argmax(2) == kinds).mean())
"""


def as_torch(settings: Settings, steps: int | None = None, say: shared.Say = str) -> str:
    loss = f"""
        coarse, windows, places, following, kinds = map(torch.from_numpy, batch({settings.batch}))
        where, what = model(coarse, windows, places)
        loss = nn.functional.cross_entropy(where.flatten(0, 1), following.flatten())
        loss = loss + nn.functional.cross_entropy(what.flatten(0, 1), kinds.flatten())"""
    states = "self.recurrent(read)[0]"
    if not settings.memory:
        states = "self.recurrent(read.flatten(0, 1)[:, None])[0][:, 0].unflatten(0, places.shape)"
    training = shared.torch_training(settings, steps, loss, say(Comment.TRAIN), "Finder")
    words = shared.torch_words(settings, training) | _words(settings)
    return shared.filled(_START + _TORCH, Comment, say, **words, states=states)


def as_keras(settings: Settings, steps: int | None = None, say: shared.Say = str) -> str:
    loss = f"""
        *read, following, kinds = batch({settings.batch})
        loss = model.train_on_batch(read, [following, kinds], return_dict=True)["loss"]"""
    layer = f"layers.{shared.KERAS_LAYERS[settings.core_cell]}({settings.hidden}{{}})"
    states = f"{layer.format(', return_sequences=True')}(read)"
    if not settings.memory:
        one = f"ops.reshape(read, (-1, 1, {FEATURES + POINTING}))"
        states = f"ops.reshape({layer.format('')}({one}), (-1, GLIMPSES, {settings.hidden}))"
    training = shared.keras_training(settings, steps, loss, say(Comment.TRAIN), "[entropy, entropy]")
    words = shared.keras_words(settings, training) | _words(settings)
    return shared.filled(_START + _KERAS, Comment, say, **words, states=states)


def _words(settings: Settings) -> dict[str, object]:
    return {
        "e1": EYE[0],
        "e2": EYE[1],
        "c1": COARSE[0],
        "c2": COARSE[1],
        "F": FEATURES,
        "K": POINTING,
        "H": settings.hidden,
    }
