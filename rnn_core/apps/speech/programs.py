"""The spoken words as a program that anyone can run: the same features, network and training, in PyTorch or in Keras.

The recordings are too long to print, so the programs synthesise their own words: a buzz whose formants glide.
"""

from enum import StrEnum

from rnn_core.apps import programs as shared
from rnn_core.apps.speech.settings import Settings

RUN = 200  # steps: enough for these clear words


class Comment(StrEnum):
    """Every comment of the programs, so that the app can check that each has its translation."""

    WORDS = "Made-up words: a buzz whose two formants glide from vowel to vowel. Put your own recordings here."
    FEATURES = "Pre-emphasis, frames, Hann's window, spectrum, mel triangles, logarithm, cosines, one scale."
    TRAIN = "Training: every word anew in every step, with another pitch, throat and noise."
    TEST = "New voices: throats of other lengths than in training."
    STRIPS = "Three words in one breath."
    BLANK = "The words, and the blank."
    KERAS_BLANK = "Keras keeps class 0 for the blank: word w is class w + 1."


def as_torch(settings: Settings, steps: int | None = None, say: shared.Say = str) -> str:
    if settings.task == "strip":
        return _strip_in_torch(settings, RUN if steps is None else steps, say)
    kind = shared.TORCH_LAYERS[settings.core_cell]
    last = "read[0]" if settings.core_cell == "lstm" else "read"
    pooled = "ys.mean(dim=1)" if settings.pooling == "mean" else f"torch.cat(list({last}), dim=1)"
    loss = """
        xs, words = batch(16, 0.9, 1.1)
        scores = model(torch.tensor(xs, dtype=torch.float32))
        loss = nn.functional.cross_entropy(scores, torch.tensor(words))"""
    return f"""{shared.TORCH_IMPORTS}

{_data(settings, say)}
class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.recurrent = nn.{kind}(13, {settings.hidden}, batch_first=True, bidirectional={settings.bidirectional})
        self.readout = nn.Linear({settings.directions * settings.hidden}, len(WORDS))

    def forward(self, xs):
        ys, read = self.recurrent(xs)
        return self.readout({pooled})


{shared.torch_training(settings, RUN if steps is None else steps, loss, say(Comment.TRAIN))}

# {say(Comment.TEST)}
xs, words = batch(100, 1.15, 1.25)
answers = model(torch.tensor(xs, dtype=torch.float32)).argmax(dim=1).numpy()
print("right", (answers == words).mean())
"""


def as_keras(settings: Settings, steps: int | None = None, say: shared.Say = str) -> str:
    if settings.task == "strip":
        return _strip_in_keras(settings, RUN if steps is None else steps, say)
    kind = shared.KERAS_LAYERS[settings.core_cell]
    mean = settings.pooling == "mean"
    layer = f"keras.layers.{kind}({settings.hidden}, return_sequences={mean})"
    layers = [f"keras.layers.Bidirectional({layer})" if settings.bidirectional else layer]
    layers += ["keras.layers.GlobalAveragePooling1D()"] if mean else []
    loss = "loss = model.train_on_batch(*batch(16, 0.9, 1.1))"
    return f"""{shared.KERAS_IMPORTS}

{_data(settings, say)}
keras.utils.set_random_seed({settings.seed})
model = keras.Sequential([
    keras.layers.Input((None, 13)),
    {("," + chr(10) + "    ").join(layers)},
    keras.layers.Dense(len(WORDS)),
])
{shared.keras_training(settings, RUN if steps is None else steps, loss, say(Comment.TRAIN))}

# {say(Comment.TEST)}
xs, words = batch(100, 1.15, 1.25)
print("right", (model.predict_on_batch(xs).argmax(axis=1) == words).mean())
"""


def _strip_in_torch(settings: Settings, steps: int, say: shared.Say) -> str:
    kind, K = shared.TORCH_LAYERS[settings.core_cell], "len(WORDS)"
    loss = f"""
        xs, words = strips(16, 0.9, 1.1)
        scores = model(torch.tensor(xs, dtype=torch.float32)).log_softmax(2).transpose(0, 1)  # (T, B, K)
        lengths = torch.full((16,), 3)
        frames = torch.full((16,), len(scores))
        loss = nn.functional.ctc_loss(scores, torch.tensor(words), frames, lengths, blank={K})"""
    return f"""{shared.TORCH_IMPORTS}

{_data(settings, say)}
{_STRIPS.format(strips=say(Comment.STRIPS))}

class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.recurrent = nn.{kind}(13, {settings.hidden}, batch_first=True, bidirectional={settings.bidirectional})
        self.readout = nn.Linear({settings.directions * settings.hidden}, {K} + 1)  # {say(Comment.BLANK)}

    def forward(self, xs):
        return self.readout(self.recurrent(xs)[0])


{shared.torch_training(settings, steps, loss, say(Comment.TRAIN))}

# {say(Comment.TEST)}
xs, words = strips(50, 1.15, 1.25)
paths = model(torch.tensor(xs, dtype=torch.float32)).argmax(dim=2).tolist()
print("right", np.mean([read(path, {K}) == list(wanted) for path, wanted in zip(paths, words)]))
"""


def _strip_in_keras(settings: Settings, steps: int, say: shared.Say) -> str:
    kind = shared.KERAS_LAYERS[settings.core_cell]
    layer = f"keras.layers.{kind}({settings.hidden}, return_sequences=True)"
    wrapped = f"keras.layers.Bidirectional({layer})" if settings.bidirectional else layer
    loss = """
    xs, words = strips(16, 0.9, 1.1)
    loss = model.train_on_batch(xs, words + 1)"""
    return f"""{shared.KERAS_IMPORTS}

{_data(settings, say)}
{_STRIPS.format(strips=say(Comment.STRIPS))}

keras.utils.set_random_seed({settings.seed})
model = keras.Sequential([
    keras.layers.Input((None, 13)),
    {wrapped},
    keras.layers.Dense(len(WORDS) + 1),  # {say(Comment.KERAS_BLANK)}
])
{shared.keras_training(settings, steps, loss, say(Comment.TRAIN), "keras.losses.CTC()")}

# {say(Comment.TEST)}
xs, words = strips(50, 1.15, 1.25)
paths = model.predict_on_batch(xs).argmax(axis=2).tolist()
print("right", np.mean([read(path, 0) == list(wanted + 1) for path, wanted in zip(paths, words)]))
"""


_STRIPS = """
def strips(size, shortest, longest):
    # {strips}
    words = np.array([rng.permutation(len(WORDS))[:3] for _ in range(size)])
    throats = rng.uniform(shortest, longest, size)
    said = [np.concatenate([speak(WORDS[word], throat) for word in row]) for row, throat in zip(words, throats)]
    return np.array([features(sound) for sound in said]), words


def read(path, blank):
    merged = [label for k, label in enumerate(path) if k == 0 or label != path[k - 1]]
    return [label for label in merged if label != blank]
"""


def _data(settings: Settings, say: shared.Say) -> str:
    return f"""# {say(Comment.WORDS)}
VOWELS = {{"a": (750, 1250), "i": (300, 2300), "u": (320, 800), "e": (480, 1900)}}
WORDS = ["ai", "ia", "au", "ua", "iu", "ui", "ea", "ae", "a", "i"]
rng = np.random.default_rng({settings.seed})


def speak(word, throat):
    time = np.arange(2000) / 8000
    overtones = rng.uniform(100, 250) * np.arange(1, 25)[:, None]
    glide = 1 / (1 + np.exp(-(time - 0.125) * rng.uniform(30, 80)))
    loud = 0.01
    for begin, end in zip(VOWELS[word[0]], VOWELS[word[-1]]):
        formant = throat * (begin + (end - begin) * glide)
        loud = loud + 1 / (1 + ((overtones - formant) / 90) ** 2)
    loud = loud * (overtones < 3900) / overtones * 200
    return (loud * np.sin(2 * np.pi * overtones * time)).sum(axis=0) + rng.normal(0, rng.uniform(0.001, 0.03), 2000)


# {say(Comment.FEATURES)}
def features(sound):
    sound = np.append(sound[0], sound[1:] - 0.97 * sound[:-1])
    frames = np.lib.stride_tricks.sliding_window_view(sound, 256)[::100]
    power = np.abs(np.fft.rfft(frames * np.sin(np.pi * (np.arange(256) + 0.5) / 256) ** 2)) ** 2
    mels = np.linspace(*(2595 * np.log10(1 + np.array([100, 3800]) / 700)), 26)
    edges = (700 * (10 ** (mels / 2595) - 1))[:, None]
    hertz = np.arange(129) * 8000 / 256
    rise, fall = (hertz - edges[:-2]) / np.diff(edges[:-1], axis=0), (edges[2:] - hertz) / np.diff(edges[1:], axis=0)
    mel = power @ np.clip(np.minimum(rise, fall), 0, None).T
    decibels = 10 * np.log10(mel / mel.max() + 1e-4)
    cosines = np.cos(np.pi * np.outer(np.arange(24) + 0.5, np.arange(13)) / 24) * np.sqrt(2 / 24)
    cepstra = decibels @ cosines
    return (cepstra - cepstra.mean(axis=0)) / (cepstra.std(axis=0) + 1)


def batch(size, shortest, longest):
    words = rng.integers(0, len(WORDS), size)
    return np.array([features(speak(WORDS[word], rng.uniform(shortest, longest))) for word in words]), words

"""
