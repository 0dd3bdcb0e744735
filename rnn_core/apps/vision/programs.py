"""'The same in PyTorch' and 'in Keras': whole programs for the current settings, to run beside digits.npz."""

from enum import StrEnum

from rnn_core.apps import programs as shared
from rnn_core.apps.digits.pictures import HEIGHT
from rnn_core.apps.vision.settings import POOL, Settings


class Comment(StrEnum):
    """Every comment of the programs, so that the app can check that each has its translation."""

    DIGITS = "1797 handwritten digits of 8 x 8 pixels: the file rnn_core/apps/digits/files/digits.npz of this project."
    PAGES = "Different pages of the same form."
    STRIPS = "Digits of this part side by side, with random gaps; they may touch."
    BLANK = "Ten digits, and the blank."
    KERAS_BLANK = "Keras keeps class 0 for the blank: digit d is class d + 1."
    TRAINING = "Training."


_ORDERS = {
    "rows": "images",
    "columns": "images.transpose(0, 2, 1)",
    "pixels": "images.reshape(-1, 64, 1)",
    "shuffled": "images.reshape(-1, 64, 1)[:, np.random.default_rng(8).permutation(64)]",
}

_START = """\
$imports

# $DIGITS
rng = np.random.default_rng($seed)
kept = np.load("digits.npz")
images, digits = kept["images"].astype("float32") / 16, kept["digits"].astype("int64")
known, test = slice(0, 1029), slice(1287, 1797)  # $PAGES
"""

_JOIN = """

def strips(part, count):
    # $STRIPS
    pictures, labels = np.zeros((count, 10, 56), "float32"), []
    for picture in pictures:
        chosen = rng.integers(part.start, part.stop, rng.integers(1, 6))
        gaps = rng.integers(-2, 5, len(chosen))
        gaps[0] = 0
        starts = np.cumsum(gaps) + 8 * np.arange(len(chosen))
        starts += rng.integers(0, 48 - starts[-1] + 1)
        for k, left in zip(chosen, starts):
            top = rng.integers(0, 3)
            place = picture[top : top + 8, left : left + 8]
            np.maximum(place, images[k], out=place)
        labels.append(digits[chosen].tolist())
    return pictures, labels

"""

_TORCH_DIGIT = """
steps = torch.tensor(np.ascontiguousarray($order))  # (N, T, X)
digits = torch.tensor(digits)


class Reader(nn.Module):
    def __init__(self):
        super().__init__()
        self.recurrent = nn.$layer($step_size, $hidden, batch_first=True)
        self.readout = nn.Linear($hidden, 10)

    def forward(self, x):  # (B, T, X) -> scores after every step (B, T, 10)
        return self.readout(self.recurrent(x)[0])


$training

with torch.no_grad():
    right = (model(steps[test])[:, -1].argmax(1) == digits[test]).float().mean()
print(f"digits right on test pages: {right:.3f}")
"""

_TORCH_STRIP = """
class Reader(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(1, $channels, 3, padding=1)
        self.second = nn.Conv2d($channels, $twice, 3, padding=1)
        self.recurrent = nn.$layer($frame, $hidden, batch_first=True, bidirectional=$both_ways)
        self.readout = nn.Linear($states, 11)  # $BLANK

    def forward(self, x):  # (B, 10, 56) -> (B, T=28, 11)
        maps = nn.functional.max_pool2d(torch.relu(self.first(x[:, None])), 2)
        maps = torch.relu(self.second(maps))
        return self.readout(self.recurrent(maps.flatten(1, 2).transpose(1, 2))[0])


def read(path):
    merged = [label for k, label in enumerate(path) if k == 0 or label != path[k - 1]]
    return [label for label in merged if label != 10]


$training

pictures, labels = strips(test, 200)
with torch.no_grad():
    paths = model(torch.from_numpy(pictures)).argmax(2).tolist()
print(f"strips right: {np.mean([read(path) == wanted for path, wanted in zip(paths, labels)]):.3f}")
"""

_KERAS_DIGIT = """
steps = np.ascontiguousarray($order)  # (N, T, X)

keras.utils.set_random_seed($seed)
model = keras.Sequential([
    keras.Input((None, $step_size)),
    keras.layers.$layer($hidden),
    keras.layers.Dense(10),
])
$training

right = (model.predict(steps[test], verbose=0).argmax(1) == digits[test]).mean()
print(f"digits right on test pages: {right:.3f}")
"""

_KERAS_STRIP = """
keras.utils.set_random_seed($seed)
layer = keras.layers.$layer($hidden, return_sequences=True)
given = keras.Input((10, 56))
maps = keras.layers.Reshape((10, 56, 1))(given)
maps = keras.layers.Conv2D($channels, 3, padding="same", activation="relu")(maps)
maps = keras.layers.MaxPooling2D(2)(maps)
maps = keras.layers.Conv2D($twice, 3, padding="same", activation="relu")(maps)
frames = keras.layers.Reshape((28, $frame))(keras.layers.Permute((2, 1, 3))(maps))
states = $wrapped(frames)
model = keras.Model(given, keras.layers.Dense(11)(states))  # $KERAS_BLANK


def padded(labels):
    return np.array([[digit + 1 for digit in each] + [0] * (5 - len(each)) for each in labels])


$training


def read(path):
    merged = [label for k, label in enumerate(path) if k == 0 or label != path[k - 1]]
    return [label - 1 for label in merged if label != 0]


pictures, labels = strips(test, 200)
paths = model.predict(pictures, verbose=0).argmax(2).tolist()
print(f"strips right: {np.mean([read(path) == wanted for path, wanted in zip(paths, labels)]):.3f}")
"""


def as_torch(settings: Settings, steps: int | None = None, say: shared.Say = str) -> str:
    if settings.task == "digit":
        body = _TORCH_DIGIT
        loss = f"""
            batch = torch.from_numpy(rng.integers(known.start, known.stop, {settings.batch}))
            loss = nn.functional.cross_entropy(model(steps[batch])[:, -1], digits[batch])"""
    else:
        body = _JOIN + _TORCH_STRIP
        loss = f"""
            pictures, labels = strips(known, {settings.batch})
            scores = model(torch.from_numpy(pictures)).log_softmax(2).transpose(0, 1)  # (T, B, 11)
            lengths, wanted = torch.tensor([len(each) for each in labels]), torch.tensor(sum(labels, []))
            loss = nn.functional.ctc_loss(scores, wanted, torch.full_like(lengths, 28), lengths, blank=10)"""
    training = shared.torch_training(settings, steps, loss, say(Comment.TRAINING), "Reader")
    return shared.filled(_START + body, Comment, say, **shared.torch_words(settings, training), **_words(settings))


def as_keras(settings: Settings, steps: int | None = None, say: shared.Say = str) -> str:
    if settings.task == "digit":
        body, judged_by = _KERAS_DIGIT, shared.KERAS_ENTROPY
        loss = f"""
            chosen = rng.integers(known.start, known.stop, {settings.batch})
            loss = model.train_on_batch(steps[chosen], digits[chosen])"""
    else:
        body, judged_by = _JOIN + _KERAS_STRIP, "keras.losses.CTC()"
        loss = f"""
            pictures, labels = strips(known, {settings.batch})
            loss = model.train_on_batch(pictures, padded(labels))"""
    training = shared.keras_training(settings, steps, loss, say(Comment.TRAINING), judged_by)
    return shared.filled(_START + body, Comment, say, **shared.keras_words(settings, training), **_words(settings))


def _words(settings: Settings) -> dict[str, object]:
    both = settings.both_ways
    return {
        "wrapped": "keras.layers.Bidirectional(layer)" if both else "layer",
        "order": _ORDERS[settings.order],
        "step_size": settings.step_size,
        "hidden": settings.hidden,
        "states": settings.hidden * (2 if both else 1),
        "channels": settings.channels,
        "twice": 2 * settings.channels,
        "frame": 2 * settings.channels * HEIGHT // POOL,
        "both_ways": both,
    }
