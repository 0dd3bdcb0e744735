"""'The same in PyTorch' and 'in Keras': whole programs for the current settings, to run beside digits.npz."""

from enum import StrEnum

from rnn_core.apps import programs as shared
from rnn_core.apps.multimodal.settings import CHANNELS, EMBEDDING, JOINT, PIXELS_LEFT, Settings


class Comment(StrEnum):
    """Every comment of the programs, so that the app can check that each has its translation."""

    DIGITS = "1797 handwritten digits of 8 x 8 pixels: the file rnn_core/apps/digits/files/digits.npz of this project."
    PAGES = "Different pages of the same form."
    QUESTIONS = "Some questions, each with its rule for a digit d and a number n."
    NUMBERED = "Every word and every Chinese character has a number; 0 stands before a short question."
    FAIR = "Yes and no equally often."
    MEETING = "The fusion of picture and words."
    TRAINING = "Training."


_START = """\
import re

$imports

rng = np.random.default_rng($seed)
# $DIGITS
kept = np.load("digits.npz")
images, digits = kept["images"].astype("float32") / 16, kept["digits"]
known, test = range(0, 1029), range(1287, 1797)  # $PAGES

# $QUESTIONS
RULES = {
    "is it {n}": lambda d, n: d == n, "它是{n}吗": lambda d, n: d == n,
    "is it greater than {n}": lambda d, n: d > n, "它比{n}大吗": lambda d, n: d > n,
    "is it less than {n}": lambda d, n: d < n, "它比{n}小吗": lambda d, n: d < n,
    "is it even": lambda d, n: d % 2 == 0, "它是偶数吗": lambda d, n: d % 2 == 0,
    "is it odd": lambda d, n: d % 2 == 1, "它是奇数吗": lambda d, n: d % 2 == 1,
}


def split(question):
    return re.findall(r"[a-z0-9]+|[^\\x00-\\x7f]", question)


# $NUMBERED
vocabulary = sorted({word for text in RULES for n in range(10) for word in split(text.format(n=n))})
number = {word: k + 1 for k, word in enumerate(vocabulary)}


def examples(part, count):
    words, chosen, yes = np.zeros((count, 6), "int64"), np.zeros(count, int), np.zeros(count, "float32")
    for k in range(count):
        text, rule = list(RULES.items())[rng.integers(len(RULES))]
        n, yes[k] = rng.integers(1, 9), rng.integers(2)  # $FAIR
        fitting = [at for at in part if rule(digits[at], n) == yes[k]]
        chosen[k] = fitting[rng.integers(len(fitting))]
        row = [number[word] for word in split(text.format(n=n))]
        words[k, 6 - len(row) :] = row
    return images[chosen], words, yes

"""

_TORCH = """
class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.eye = nn.Sequential(
            nn.Conv2d(1, $c1, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d($c1, $c2, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear($left, $sight), nn.Tanh(),
        )
        self.embedding = nn.Embedding(len(vocabulary) + 1, $embedding)
        self.recurrent = nn.$layer($word_size, $hidden, batch_first=True)
$parts        self.joint = nn.Sequential(nn.Linear($fused, $joint), nn.ReLU(), nn.Linear($joint, 1))

    def forward(self, images, words):
        seen = self.eye(images[:, None])
        read = self.embedding(words)
$before        h = self.recurrent(read)[0][:, -1]
        # $MEETING
        $meet
        return self.joint(h)[:, 0]


$training

pictures, words, yes = map(torch.from_numpy, examples(test, 500))
with torch.no_grad():
    right = ((model(pictures, words) > 0) == (yes > 0)).float().mean()
print(f"right answers: {right:.3f}")
"""

_TORCH_FUSIONS = {
    "early": (
        "",
        "        read = torch.cat([read, seen[:, None].expand(-1, read.shape[1], -1)], 2)\n",
        "pass",
    ),
    "late": ("", "", "h = torch.cat([h, seen], 1)"),
    "gated": (
        "        self.gate, self.picture = nn.Linear($hidden + $sight, $hidden), nn.Linear($sight, $hidden)\n",
        "",
        "g = torch.sigmoid(self.gate(torch.cat([h, seen], 1)))\n"
        "        h = g * h + (1 - g) * torch.tanh(self.picture(seen))",
    ),
}

_KERAS = """
keras.utils.set_random_seed($seed)
layers = keras.layers
picture, words = keras.Input((8, 8)), keras.Input((6,), dtype="int64")
seen = layers.Reshape((8, 8, 1))(picture)
for kernels in ($c1, $c2):
    seen = layers.MaxPooling2D(2)(layers.Conv2D(kernels, 3, padding="same", activation="relu")(seen))
seen = layers.Dense($sight, activation="tanh")(layers.Flatten()(seen))
read = layers.Embedding(len(vocabulary) + 1, $embedding)(words)
${before}h = layers.$layer($hidden)(read)
# $MEETING
$meet
yes = layers.Dense(1)(layers.Dense($joint, activation="relu")(h))
model = keras.Model([picture, words], yes)
$training

pictures, asked, answers = examples(test, 500)
right = ((model.predict([pictures, asked], verbose=0)[:, 0] > 0) == (answers > 0)).mean()
print(f"right answers: {right:.3f}")
"""

_KERAS_FUSIONS = {
    "early": ("read = layers.Concatenate()([read, layers.RepeatVector(6)(seen)])\n", "pass"),
    "late": ("", "h = layers.Concatenate()([h, seen])"),
    "gated": (
        "",
        'g = layers.Dense($hidden, activation="sigmoid")(layers.Concatenate()([h, seen]))\n'
        'shown = layers.Dense($hidden, activation="tanh")(seen)\n'
        "h = layers.Add()([shown, layers.Multiply()([g, layers.Subtract()([h, shown])])])",
    ),
}


def as_torch(settings: Settings, steps: int | None = None, say: shared.Say = str) -> str:
    parts, before, meet = _TORCH_FUSIONS[settings.fusion]
    loss = f"""
        pictures, words, yes = map(torch.from_numpy, examples(known, {settings.batch}))
        loss = nn.functional.binary_cross_entropy_with_logits(model(pictures, words), yes)"""
    training = shared.torch_training(settings, steps, loss, say(Comment.TRAINING))
    text = _TORCH.replace("$parts", parts).replace("$before", before).replace("$meet\n", f"{meet}\n")
    return shared.filled(_START + text, Comment, say, **shared.torch_words(settings, training), **_words(settings))


def as_keras(settings: Settings, steps: int | None = None, say: shared.Say = str) -> str:
    before, meet = _KERAS_FUSIONS[settings.fusion]
    loss = f"""
        pictures, asked, answers = examples(known, {settings.batch})
        loss = model.train_on_batch([pictures, asked], answers[:, None])"""
    judged_by = "keras.losses.BinaryCrossentropy(from_logits=True)"
    training = shared.keras_training(settings, steps, loss, say(Comment.TRAINING), judged_by)
    text = _KERAS.replace("${before}", before).replace("$meet\n", f"{meet}\n")
    return shared.filled(_START + text, Comment, say, **shared.keras_words(settings, training), **_words(settings))


def _words(settings: Settings) -> dict[str, object]:
    return {
        "c1": CHANNELS[0],
        "c2": CHANNELS[1],
        "left": PIXELS_LEFT,
        "sight": settings.sight,
        "embedding": EMBEDDING,
        "word_size": settings.word_size,
        "hidden": settings.hidden,
        "fused": settings.fused,
        "joint": JOINT,
    }
