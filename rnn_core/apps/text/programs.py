"""The same model as a program that a reader can copy, run and change."""

from enum import StrEnum

from rnn_core.apps import programs as shared
from rnn_core.apps.text.settings import Settings


class Comment(StrEnum):
    """Every comment of the programs, so that the app can check that each has its translation."""

    TEXT = "A short piece to begin with. More is better:"
    PIECES = (
        "Word pieces: the pair of neighbours that is most frequent within words becomes one symbol, again and again."
    )
    SIDE = "Pieces of the text that are read side by side."
    STATES = "The states are inputs and outputs, so that each chunk can begin where the last one ended."
    AGAIN = "The end of the pieces: from the beginning again, without a memory."
    GOES_ON = "The state goes on; the gradient ends here."
    WRITE = "Now it writes: each character that is drawn is read next. 0.7 is the temperature."


EXCERPT = 4_000  # characters of the text inside the program

WORD_PIECES = """
def merged(parts, pair):
    result = []
    for part in parts:
        if result and (result[-1], part) == pair:
            result[-1] += part
        else:
            result.append(part)
    return result


words = re.findall(r" ?\\w+| ?[^\\w\\s]+|\\s+", TEXT)
cut = {word: list(word) for word in words}
for _ in range(MERGES):
    pairs = Counter()
    for word, times in Counter(words).items():
        for pair in zip(cut[word], cut[word][1:]):
            pairs[pair] += times
    if not pairs:
        break
    most = max(pairs, key=pairs.get)
    cut = {word: merged(parts, most) for word, parts in cut.items()}
symbols_read = [part for word in words for part in cut[word]]"""

RATES = {
    "constant": "RATE",
    "warm-up": "RATE * min(1, (step + 1) / max(1, 0.1 * STEPS))",
    "halving": "RATE * 0.5 ** (4 * step // STEPS)",
    "cosine": "RATE * 0.5 * (1 + math.cos(math.pi * step / STEPS))",
}
TORCH_OPTIMISERS = {
    "sgd": "SGD(network.parameters(), lr=RATE)",
    "momentum": "SGD(network.parameters(), lr=RATE, momentum={momentum})",
    "rmsprop": "RMSprop(network.parameters(), lr=RATE)",
    "adam": "Adam(network.parameters(), lr=RATE)",
    "adamw": "AdamW(network.parameters(), lr=RATE, weight_decay={weight_decay})",
}
KERAS_OPTIMISERS = {
    "sgd": "SGD(RATE{clip})",
    "momentum": "SGD(RATE, momentum={momentum}{clip})",
    "rmsprop": "RMSprop(RATE, rho=0.99{clip})",
    "adam": "Adam(RATE{clip})",
    "adamw": "AdamW(RATE, weight_decay={weight_decay}{clip})",
}
TIED_KERAS = """
class Tied(keras.layers.Layer):
    def __init__(self, table):
        super().__init__()
        self.table = table
        self.bias = self.add_weight(shape=(V,), initializer="zeros")

    def call(self, hs):
        return keras.ops.matmul(hs, keras.ops.transpose(self.table.embeddings)) + self.bias

"""


def as_torch(settings: Settings, steps: int | None = None, say: shared.Say = str) -> str:
    """`steps` of training instead of the settings' own."""
    one_hot = settings.embedding is None
    read, share = ("symbols_read", " * len(symbols_read) / len(TEXT)") if settings.merges else ("TEXT", "")
    encode = "F.one_hot(symbols, V).float()" if one_hot else "self.embedding(symbols)"
    embedding = "" if one_hot else f"\n        self.embedding = nn.Embedding(V, {settings.embedding})"
    states_read, tied = "hs", ""
    if settings.dropout:
        encode, states_read = encode if one_hot else f"self.dropout({encode})", "self.dropout(hs)"
        embedding += f"\n        self.dropout = nn.Dropout({settings.dropout:g})"
    if settings.tied:
        tied = "\n        self.readout.weight = self.embedding.weight\n        nn.init.normal_(self.embedding.weight, std=0.1)"
    between = f", dropout={settings.dropout:g}" if settings.dropout and settings.layers > 1 else ""
    width = "V" if one_hot else settings.embedding
    clip = ""
    if settings.clip_norm is not None:
        clip = f"\n    nn.utils.clip_grad_norm_(network.parameters(), {settings.clip_norm:g})"
    detach = "tuple(state.detach() for state in states)" if settings.cell == "lstm" else "states.detach()"
    return f"""{_imports(settings)}

import torch
from torch import nn
from torch.nn import functional as F

{_numbers(settings, steps)}
{_text(settings, say)}

torch.manual_seed({settings.seed})
alphabet = sorted(set({read}))
V = len(alphabet)
data = torch.tensor([alphabet.index(symbol) for symbol in {read}])
length = len(data) // BATCH
pieces = data[: BATCH * length].view(BATCH, length)  # {say(Comment.SIDE)}


class Network(nn.Module):
    def __init__(self):
        super().__init__(){embedding}
        self.layers = nn.{shared.TORCH_LAYERS[settings.core_cell]}({width}, {settings.hidden}, num_layers={settings.layers}, batch_first=True{between})
        self.readout = nn.Linear({settings.hidden}, V){tied}

    def forward(self, symbols, states=None):
        hs, states = self.layers({encode}, states)
        return self.readout({states_read}), states


network = Network()
optimiser = torch.optim.{TORCH_OPTIMISERS[settings.optimiser].format(**_options(settings))}
states, at = None, 0
for step in range(STEPS):
    if at + 1 >= length:  # {say(Comment.AGAIN)}
        states, at = None, 0
    chunk = pieces[:, at : at + CHUNK + 1]
    scores, states = network(chunk[:, :-1], states)
    loss = F.cross_entropy(scores.flatten(0, 1), chunk[:, 1:].flatten())
    optimiser.zero_grad()
    loss.backward(){clip}
    optimiser.param_groups[0]["lr"] = {RATES[settings.schedule]}
    optimiser.step()
    states = {detach}  # {say(Comment.GOES_ON)}
    at += CHUNK
    if step % 50 == 0 or step == STEPS - 1:
        print(f"step {{step}}: {{loss.item() / math.log(2){share}:.2f}} bits per character")

# {say(Comment.WRITE)}
network.eval()
written, states = [0], None
with torch.no_grad():
    for _ in range(200):
        scores, states = network(torch.tensor([written[-1:]]), states)
        chances = (scores[0, -1] / 0.7).softmax(dim=0)
        written.append(torch.multinomial(chances, 1).item())
print("".join(alphabet[symbol] for symbol in written))
"""


def as_keras(settings: Settings, steps: int | None = None, say: shared.Say = str) -> str:
    """`steps` of training instead of the settings' own."""
    clip = "" if settings.clip_norm is None else f", global_clipnorm={settings.clip_norm:g}"
    optimiser = KERAS_OPTIMISERS[settings.optimiser].format(clip=clip, **_options(settings))
    one_hot = settings.embedding is None
    read, share = ("symbols_read", " * len(symbols_read) / len(TEXT)") if settings.merges else ("TEXT", "")
    encode = "Lambda(lambda symbols: keras.ops.one_hot(symbols, V))"
    encode = encode if one_hot else f"Embedding(V, {settings.embedding})"
    dropped = f"\nhs = keras.layers.Dropout({settings.dropout:g})(hs)" if settings.dropout else ""
    tied, readout = ("\n" + TIED_KERAS, "Tied(table)(hs)") if settings.tied else ("", "keras.layers.Dense(V)(hs)")
    per_layer = 2 if settings.cell == "lstm" else 1
    layers = "\n".join(
        f"hs, *more = keras.layers.{shared.KERAS_LAYERS[settings.core_cell]}({settings.hidden}, return_sequences=True, return_state=True)"
        f"(hs, initial_state=states[{layer * per_layer}:{(layer + 1) * per_layer}])\nafter += more{dropped}"
        for layer in range(settings.layers)
    )
    return f"""{_imports(settings)}

import keras
import numpy as np

{_numbers(settings, steps)}
{_text(settings, say)}

keras.utils.set_random_seed({settings.seed})
alphabet = sorted(set({read}))
V = len(alphabet)
data = np.array([alphabet.index(symbol) for symbol in {read}])
length = len(data) // BATCH
pieces = data[: BATCH * length].reshape(BATCH, length)  # {say(Comment.SIDE)}
{tied}
# {say(Comment.STATES)}
symbols = keras.Input((None,), dtype="int32")
states = [keras.Input(({settings.hidden},)) for _ in range({per_layer * settings.layers})]
table = keras.layers.{encode}
hs, after = table(symbols), []{"" if one_hot else dropped}
{layers}
scores = {readout}
model = keras.Model([symbols, *states], scores)
reader = keras.Model([symbols, *states], [scores, *after])
loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
model.compile(optimizer=keras.optimizers.{optimiser}, loss=loss)


def start(texts):
    return [np.zeros((texts, {settings.hidden}), "float32") for _ in states]


now, at = start(BATCH), 0
for step in range(STEPS):
    if at + 1 >= length:  # {say(Comment.AGAIN)}
        now, at = start(BATCH), 0
    chunk = pieces[:, at : at + CHUNK + 1]
    after_chunk = reader.predict_on_batch([chunk[:, :-1], *now])[1:]
    model.optimizer.learning_rate = {RATES[settings.schedule]}
    nats = model.train_on_batch([chunk[:, :-1], *now], chunk[:, 1:])
    now = after_chunk  # {say(Comment.GOES_ON)}
    at += CHUNK
    if step % 50 == 0 or step == STEPS - 1:
        print(f"step {{step}}: {{nats / math.log(2){share}:.2f}} bits per character")

# {say(Comment.WRITE)}
rng, written, now = np.random.default_rng({settings.seed}), [0], start(1)
for _ in range(100):
    scores, *now = reader.predict_on_batch([np.array([written[-1:]]), *now])
    powers = np.exp((scores[0, -1] - scores.max()).astype(float) / 0.7)
    written.append(int(rng.choice(V, p=powers / powers.sum())))
print("".join(alphabet[symbol] for symbol in written))
"""


def _options(settings: Settings) -> dict[str, str]:
    return {"momentum": f"{settings.momentum:g}", "weight_decay": f"{settings.weight_decay:g}"}


def _numbers(settings: Settings, steps: int | None) -> str:
    merges = f"\nMERGES = {settings.merges}" if settings.merges else ""
    return f"""STEPS = {settings.budget if steps is None else steps}
BATCH, CHUNK, RATE = {settings.batch}, {settings.steps}, {settings.rate:g}{merges}"""


def _imports(settings: Settings) -> str:
    return "import math\nimport re\nfrom collections import Counter" if settings.merges else "import math"


def _text(settings: Settings, say: shared.Say) -> str:
    """A part of the training text as a literal, line by line, so that nothing in it can leave its quotation marks; its word pieces."""
    lines = settings.parts.training[:EXCERPT].splitlines(keepends=True)
    quoted = "\n".join(f"    {line!r}" for line in lines)
    pieces = f"\n\n\n# {say(Comment.PIECES)}{WORD_PIECES}" if settings.merges else ""
    return f'# {say(Comment.TEXT)} TEXT = open("book.txt", encoding="utf-8").read()\nTEXT = (\n{quoted}\n){pieces}'
