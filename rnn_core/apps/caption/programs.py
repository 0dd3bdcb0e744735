"""The caption writer as a program that anyone can run, in PyTorch or in Keras, on the same kind of scenes."""

from enum import StrEnum

from rnn_core.apps import programs as shared
from rnn_core.apps.caption.grammar import COLOURS_ZH, FORMS_ZH, PLACES, PLACES_ZH, SIZES_ZH
from rnn_core.apps.caption.scenes import COLOURS, FORMS, RGB, SIZES
from rnn_core.apps.caption.settings import CHANNELS, EMBEDDING, Settings


class Comment(StrEnum):
    """Every comment of the programs, so that the app can check that each has its translation."""

    SHAPES = "Which pixels of a cell belong to a shape."
    SCENES = "Scenes of one to three shapes, each in a cell of its own, and their sentences."
    WORDS = "Words as numbers from 1 on, 0 after the end. The decoder reads a mark first, and outputs the mark last."
    SEE = "Three convolutions; the decoder begins with what they find in each cell."
    LOOK = "Attention: each state of the decoder looks at all places of the picture."
    TRAIN = "Training with teacher forcing: the decoder reads the right word before, not its own."
    TRY = "Greedy: the likeliest word at each step."


_START = """\
$imports

rng = np.random.default_rng($seed)
PLACES = $places
FORMS, SIZES = $forms, $sizes
COLOURS = $colours
ys, xs = np.mgrid[-5.5:6, -5.5:6]


# $SHAPES
def mask(form, radius):
    x, y = xs / radius, ys / radius
    angle = np.arctan2(x, -y) % (2 * np.pi / 5)
    star = 0.45 + 0.65 * abs(1 - angle * 5 / np.pi)
    square, triangle = np.maximum(abs(x), abs(y)) < 0.85, (abs(x) < (y + 1) / 1.85) & (y < 0.85)
    return (x**2 + y**2 < 1, square, triangle, np.hypot(x, y) < star)[form]


# $SCENES
def scenes(count):
    images, sentences = np.zeros((count, 3, 36, 36), dtype="float32"), []
    for image in images:
        phrases = []
        for cell in sorted(rng.choice(9, rng.integers(1, 4), replace=False)):
            form, colour, size = rng.integers((len(FORMS), len(COLOURS), len(SIZES)))
            name, rgb = list(COLOURS.items())[colour]
            row, column = 12 * (cell // 3), 12 * (cell % 3)
            image[:, row : row + 12, column : column + 12] = (1 - np.array(rgb))[:, None, None] * mask(form, (5, 3.5)[size])
            phrases.append($phrase)
        sentences.append($joined)
    return images, sentences


# $WORDS
words = sorted({word for sentence in scenes(2000)[1] for word in sentence})
number, mark = {word: at for at, word in enumerate(words, 1)}, len(words) + 1


def batch(count):
    images, sentences = scenes(count)
    before = np.zeros((count, max(map(len, sentences)) + 1), dtype="int64")
    targets = np.zeros_like(before)
    for row, sentence in enumerate(sentences):
        numbers = [number[word] for word in sentence]
        before[row, : len(numbers) + 1] = [mark] + numbers
        targets[row, : len(numbers) + 1] = numbers + [mark]
    return images, before, targets


"""

_TORCH = """\
# $SEE
class Writer(nn.Module):
    def __init__(self):
        super().__init__()
        self.see = nn.Sequential(
            nn.Conv2d(3, $c1, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d($c1, $c2, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d($c2, $c3, 3, padding=1), nn.ReLU(),
        )
        self.start = nn.Sequential(nn.MaxPool2d(3), nn.Flatten(), nn.Linear(9 * $c3, $H), nn.Tanh())
        self.word = nn.Embedding(mark + 1, $E)
        self.decoder = nn.$layer($E, $H, batch_first=True)
$parts        self.answer = nn.Sequential(nn.Linear($width, $H), nn.Tanh(), nn.Linear($H, mark + 1))

    def forward(self, images, before):
        maps = self.see(images)
        start = self.start(maps)[None]
        states, _ = self.decoder(self.word(before), $first)
$look        return self.answer(states)


$training

# $TRY
images, sentences = scenes(3)
for image, sentence in zip(images, sentences):
    output = [mark]
    while len(output) < 40:
        scores = model(torch.from_numpy(image[None]), torch.tensor([output]))
        output.append(int(scores[0, -1].argmax()))
        if output[-1] in (0, mark):
            break
    print(*[words[each - 1] for each in output[1:-1]], "|", *sentence)
"""

_TORCH_PARTS = """\
        self.place = nn.Parameter(torch.randn(81, $c3))
        self.ask = nn.Linear($H, $c3, bias=False)
"""
_TORCH_LOOK = """\
        # $LOOK
        seen = maps.flatten(2).transpose(1, 2) + self.place
        weights = (self.ask(states) @ seen.transpose(1, 2)).softmax(dim=2)
        states = torch.cat([states, weights @ seen], dim=2)
"""

_KERAS = """\
# $SEE
keras.utils.set_random_seed($seed)
layers = keras.layers
image, before = keras.Input((3, 36, 36)), keras.Input((None,), dtype="int64")
maps = layers.Permute((2, 3, 1))(image)
for kernels, pooling in (($c1, 2), ($c2, 2), ($c3, 1)):
    maps = layers.Conv2D(kernels, 3, padding="same", activation="relu")(maps)
    maps = layers.MaxPooling2D(pooling)(maps)
start = layers.Dense($H, activation="tanh")(layers.Flatten()(layers.MaxPooling2D(3)(maps)))
$states
$look
scores = layers.Dense(mark + 1)(layers.Dense($H, activation="tanh")(states))
model = keras.Model([image, before], scores)
entropy = keras.losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=0)
$training

# $TRY
images, sentences = scenes(3)
for image, sentence in zip(images, sentences):
    output = [mark]
    while len(output) < 40:
        scores = keras.ops.convert_to_numpy(model([image[None], np.array([output])]))
        output.append(int(scores[0, -1].argmax()))
        if output[-1] in (0, mark):
            break
    print(*[words[each - 1] for each in output[1:-1]], "|", *sentence)
"""

_KERAS_STATES = """\
first = $first
states = layers.$layer($H, return_sequences=True)(layers.Embedding(mark + 1, $E)(before), initial_state=first)"""
_KERAS_LOOK = """\
# $LOOK
seen = layers.Reshape((81, $c3))(maps)
seen = seen + layers.Embedding(81, $c3)(keras.ops.arange(81))
found = layers.Attention()([layers.Dense($c3, use_bias=False)(states), seen, seen])
states = layers.Concatenate()([states, found])"""


def as_torch(settings: Settings, steps: int | None = None, say: shared.Say = str) -> str:
    loss = f"""
        images, before, targets = map(torch.from_numpy, batch({settings.batch}))
        scores = model(images, before)
        loss = nn.functional.cross_entropy(scores.flatten(0, 1), targets.flatten(), ignore_index=0)"""
    is_lstm = settings.core_cell == "lstm"
    text = _TORCH.replace("$first", "(start, torch.zeros_like(start))" if is_lstm else "start")
    parts, look = (_TORCH_PARTS, _TORCH_LOOK) if settings.attention else ("", "")
    text = text.replace("$parts", parts).replace("$look", look)
    training = shared.torch_training(settings, steps, loss, say(Comment.TRAIN), "Writer")
    return shared.filled(_START + text, Comment, say, **shared.torch_words(settings, training), **_words(settings))


def as_keras(settings: Settings, steps: int | None = None, say: shared.Say = str) -> str:
    loss = f"""
        images, before_words, targets = batch({settings.batch})
        loss = model.train_on_batch([images, before_words], targets)"""
    is_lstm = settings.core_cell == "lstm"
    text = _KERAS.replace("$states", _KERAS_STATES).replace(
        "$first", "[start, keras.ops.zeros_like(start)]" if is_lstm else "[start]"
    )
    text = text.replace("$look\n", f"{_KERAS_LOOK}\n" if settings.attention else "")
    training = shared.keras_training(settings, steps, loss, say(Comment.TRAIN), "entropy")
    return shared.filled(_START + text, Comment, say, **shared.keras_words(settings, training), **_words(settings))


def _words(settings: Settings) -> dict[str, object]:
    is_chinese = settings.language == "zh"
    forms = tuple(FORMS_ZH.values()) if is_chinese else FORMS
    sizes = tuple(SIZES_ZH.values()) if is_chinese else SIZES
    colours = {COLOURS_ZH[name] if is_chinese else name: RGB[name] for name in COLOURS}
    if is_chinese:
        phrase = '[PLACES[cell], "有", "一个", SIZES[size], name, FORMS[form]]'
        joined = '[word for k, each in enumerate(phrases) for word in ["，"][: k > 0] + each]'
    else:
        place, named = "PLACES[cell]", '"a", SIZES[size], name, FORMS[form]'
        phrase = f"[{named}, {place}]" if settings.language == "en-last" else f"[{place}, {named}]"
        between = '["and" if k == len(phrases) - 1 else ","]'
        joined = f"[word for k, each in enumerate(phrases) for word in {between}[: k > 0] + each]"
    return {
        "places": PLACES_ZH if is_chinese else PLACES,
        "forms": forms,
        "sizes": sizes,
        "colours": colours,
        "phrase": phrase,
        "joined": joined,
        "c1": CHANNELS[0],
        "c2": CHANNELS[1],
        "c3": CHANNELS[2],
        "E": EMBEDDING,
        "H": settings.hidden,
        "width": settings.hidden + (CHANNELS[2] if settings.attention else 0),
    }
