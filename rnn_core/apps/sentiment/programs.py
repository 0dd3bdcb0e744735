"""The application as a program that anyone can run: reviews whose label depends on word order, network and training."""

from enum import StrEnum

from rnn_core.apps import programs as shared
from rnn_core.apps.sentiment.classes import outputs_for
from rnn_core.apps.sentiment.settings import Settings


class Comment(StrEnum):
    """Every comment of the programs, so that the app can check that each has its translation."""

    REVIEWS = "Reviews from a small grammar: the part after 'but', or before 'although', decides."
    OWN = "Your reviews: a text, and 1 where it is positive."
    RATED = "Reviews: a text, and 0 for negative, 1 for positive, 2 for neutral."
    SPLIT = "Words, and every other sign by itself. A word that occurs in only one review is unknown."
    HIDDEN = "Some words are hidden, so that the network learns to do without them."
    WORDS = "Every word gets a number: 0 fills up short reviews, 1 is an unknown word."
    NETWORK = "Words to vectors, a recurrent layer, its states gathered, and one score."
    TRAIN = "Training, on nine reviews of ten."
    JUDGE = "Right answers on the tenth that was kept."
    ORDER = "The same words in another order."
    TWO = "The chance of positive for two of the reviews."
    THREE = "The chances of negative, positive and neutral for two of the reviews."


def as_torch(settings: Settings, steps: int | None = None, say: shared.Say = str) -> str:
    kind = shared.TORCH_LAYERS[settings.core_cell]
    both = ", bidirectional=True" if settings.bidirectional else ""
    layers = f", num_layers={settings.layers}" if settings.layers > 1 else ""
    read = settings.directions * settings.hidden
    attention = (
        f"\n        self.attention = nn.Linear({read}, 1, bias=False)" if settings.pooling == "attention" else ""
    )
    dropped = f"\n        self.dropout = nn.Dropout({settings.dropout:g})" if settings.dropout else ""
    gathered = "self.dropout(gathered)" if settings.dropout else "gathered"
    too = "\n        gathered = torch.cat([gathered, (vectors * there).sum(1) / lengths[:, None]], 1)"
    too = too if settings.words_too else ""
    read_words = read + settings.embedding * settings.words_too
    classes, two = outputs_for(settings.classes), settings.classes == 2
    label, entropy = ("float(label)", "binary_cross_entropy_with_logits") if two else ("label", "cross_entropy")
    hidden = _hidden(settings, "ids", "torch.rand(ids.shape)", say)
    loss = f"""
        batch = random.sample(training, {settings.batch})
        ids = torch.tensor(encode([text for text, label in batch])){hidden}
        labels = torch.tensor([{label} for text, label in batch])
        loss = nn.functional.{entropy}(model(ids), labels)"""
    return f"""{_imports(settings)}

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

{_data(settings, say)}

# {say(Comment.NETWORK)}
class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(len(number) + 2, {settings.embedding})
        self.layers = nn.{kind}({settings.embedding}, {settings.hidden}, batch_first=True{layers}{both}){attention}
        self.answer = nn.Linear({read_words}, {classes}){dropped}

    def forward(self, ids):
        lengths = (ids > 0).sum(1)
        vectors = self.embedding(ids)
        packed = pack_padded_sequence(vectors, lengths, batch_first=True, enforce_sorted=False)
        states, _ = pad_packed_sequence(self.layers(packed)[0], batch_first=True)
        there = (torch.arange(states.shape[1]) < lengths[:, None])[:, :, None]
{_torch_pooling(settings)}{too}
        return self.answer({gathered}){"[:, 0]" if two else ""}


{shared.torch_training(settings, steps, loss, say(Comment.TRAIN))}


model.eval()


def chance(texts):
    with torch.no_grad():
        return torch.{"sigmoid(" if two else "softmax("}model(torch.tensor(encode(texts))){"" if two else ", dim=1"}).tolist()


{_end(say, settings)}
"""


def _torch_pooling(settings: Settings) -> str:
    H = settings.hidden
    lines = {
        "last": [
            "end = states[torch.arange(len(states)), lengths - 1]",
            f"gathered = torch.cat([end[:, :{H}], states[:, 0, {H}:]], 1)"
            if settings.bidirectional
            else "gathered = end",
        ],
        "mean": ["gathered = (states * there).sum(1) / lengths[:, None]"],
        "max": ["gathered = states.masked_fill(~there, -torch.inf).amax(1)"],
        "attention": [
            "shares = self.attention(states).masked_fill(~there, -torch.inf).softmax(1)",
            "gathered = (shares * states).sum(1)",
        ],
    }[settings.pooling]
    return "\n".join(" " * 8 + line for line in lines)


def as_keras(settings: Settings, steps: int | None = None, say: shared.Say = str) -> str:
    kind, two = shared.KERAS_LAYERS[settings.core_cell], settings.classes == 2
    answer = 'layers.Dense(1, activation="sigmoid")' if two else 'layers.Dense(3, activation="softmax")'
    entropy = '"binary_crossentropy"' if two else '"sparse_categorical_crossentropy"'
    hidden = _hidden(settings, "read", "np.random.rand(*read.shape)", say)
    loss = f"""
        batch = random.sample(training, {settings.batch})
        read = np.array(encode([text for text, label in batch])){hidden}
        loss = model.train_on_batch(read, np.array([[{"float(label)" if two else "label"}] for text, label in batch]))"""
    return f"""{_imports(settings)}

import keras
import numpy as np
from keras import layers

{_data(settings, say)}

# {say(Comment.NETWORK)}
keras.utils.set_random_seed({settings.seed})
ids = keras.Input((None,), dtype="int32")
x = vectors = layers.Embedding(len(number) + 2, {settings.embedding}, mask_zero=True)(ids)
{_keras_layers(settings, kind)}
model = keras.Model(ids, {answer}(x))
{shared.keras_training(settings, steps, loss, say(Comment.TRAIN), entropy)}


def chance(texts):
    return model.predict_on_batch(np.array(encode(texts))){"[:, 0]" if two else ""}.tolist()


{_end(say, settings)}
"""


def _keras_layers(settings: Settings, kind: str) -> str:
    """The mask of `mask_zero` goes with the states into every layer but the maximum and the attention."""
    lines = []
    for layer in range(settings.layers):
        whole = layer + 1 < settings.layers or settings.pooling != "last"
        made = f"layers.{kind}({settings.hidden}{', return_sequences=True' if whole else ''})"
        lines.append(f"x = layers.Bidirectional({made})(x)" if settings.bidirectional else f"x = {made}(x)")
    match settings.pooling:
        case "mean":
            lines.append("x = layers.GlobalAveragePooling1D()(x)")
        case "max":
            lines += [
                'there = keras.ops.cast(keras.ops.not_equal(ids, 0), "float32")[:, :, None]',
                "x = layers.GlobalMaxPooling1D()(x - 1e9 * (1 - there))",
            ]
        case "attention":
            lines += [
                'there = keras.ops.cast(keras.ops.not_equal(ids, 0), "float32")[:, :, None]',
                "shares = layers.Softmax(axis=1)(layers.Dense(1, use_bias=False)(x) - 1e9 * (1 - there))",
                "x = keras.ops.sum(shares * x, axis=1)",
            ]
    if settings.words_too:
        lines.append("x = layers.Concatenate()([x, layers.GlobalAveragePooling1D()(vectors)])")
    if settings.dropout:
        lines.append(f"x = layers.Dropout({settings.dropout:g})(x)")
    return "\n".join(lines)


def _imports(settings: Settings) -> str:
    return "import random\nimport re\nfrom collections import Counter" if settings.reviews else "import random"


def _hidden(settings: Settings, ids: str, chance: str, say: shared.Say) -> str:
    if not settings.reviews or not settings.forgotten:
        return ""
    return f"\n        {ids}[({chance} < {settings.forgotten:g}) & ({ids} > 1)] = 1  # {say(Comment.HIDDEN)}"


def _data(settings: Settings, say: shared.Say) -> str:
    if settings.reviews:
        reviews = "\n".join(f"    ({text!r}, {label})," for text, label in settings.own_rows)
        made = f"# {say(Comment.OWN if settings.classes == 2 else Comment.RATED)}\nreviews = [\n{reviews}\n]\nrandom.seed({settings.seed})\nrandom.shuffle(reviews)"
        examples = "[reviews[0][0], reviews[1][0]]"
        split, words = f"# {say(Comment.SPLIT)}\n{_SPLIT}\n", _FREQUENT
    else:
        made = f"# {say(Comment.REVIEWS)}\n{_GRAMMAR.format(seed=settings.seed)}"
        examples = '["not at all boring , but slow", "slow , but not at all boring"]'
        split, words = "", "words = sorted({word for text, label in training for word in text.lower().split()})"
    return f"""{made}
training, kept = reviews[len(reviews) // 10:], reviews[:len(reviews) // 10]
examples = {examples}

{split}# {say(Comment.WORDS)}
{words}
number = {{word: place + 2 for place, word in enumerate(words)}}


def encode(texts):
    rows = [[number.get(word, 1) for word in {"split(text)" if split else "text.lower().split()"}] for text in texts]
    longest = max(map(len, rows))
    return [row + [0] * (longest - len(row)) for row in rows]

"""


_SPLIT = """def split(text):
    return re.findall(r"[a-z0-9']+|\\S", text.lower())

"""

_FREQUENT = """counts = Counter(word for text, label in training for word in set(split(text)))
words = sorted(word for word, count in counts.items() if count > 1)"""

_GRAMMAR = """good = ["funny", "clever", "moving", "quick", "good"]
bad = ["boring", "slow", "silly", "dull", "bad"]


def opinion(positive):
    negated = random.random() < 0.5
    word = random.choice(good if positive != negated else bad)
    return random.choice(["not {{}}", "not at all {{}}", "never {{}}"] if negated else ["{{}}", "very {{}}"]).format(word)


def review():
    label = random.random() < 0.5
    this, other = opinion(label), opinion(not label)
    return random.choice([f"{{other}} , but {{this}}", f"{{this}} , although {{other}}", this]), int(label)


random.seed({seed})
reviews = sorted({{review() for _ in range(3000)}})
random.shuffle(reviews)"""


def _end(say: shared.Say, settings: Settings) -> str:
    right, shown, last = "(p > 0.5) == label", "{p:.3f}", Comment.TWO if settings.reviews else Comment.ORDER
    if settings.classes > 2:
        right, shown, last = "p.index(max(p)) == label", "{[round(each, 3) for each in p]}", Comment.THREE
    return f"""# {say(Comment.JUDGE)}
predicted = chance([text for text, label in kept])
print("right", sum({right} for p, (text, label) in zip(predicted, kept)) / len(kept))

# {say(last)}
for text, p in zip(examples, chance(examples)):
    print(f"{shown} {{text}}")"""
