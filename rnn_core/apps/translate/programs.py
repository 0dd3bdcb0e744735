"""The translator as a program that anyone can run, in PyTorch or in Keras, on the same kind of pairs."""

import inspect
from enum import StrEnum

from rnn_core.apps import programs as shared
from rnn_core.apps.translate import data
from rnn_core.apps.translate.grammar import numbers
from rnn_core.apps.translate.settings import Settings


class Comment(StrEnum):
    """Every comment of the programs, so that the app can check that each has its translation."""

    PAIRS = "Pairs of an input and its output; numbers that end in 7 are kept for the test."
    DATES = "Pairs of an input and its output; the years that end in 7 are kept for the test."
    FILE = "Pairs of a file with two columns; one in eight is kept for the test."
    TABLES = "Symbols as numbers from 1 on, 0 after the end. The decoder reads a mark first, and outputs the mark last."
    MODEL = "The encoder reads, and the decoder begins with its last state."
    LOOK = "Attention: each state of the decoder looks at every state of the encoder."
    TRAIN = "Training with teacher forcing: the decoder reads the right symbol before, not its own."
    TRY = "Greedy: the likeliest symbol at each step."


def as_torch(settings: Settings, steps: int | None = None, say: shared.Say = str) -> str:
    kind = shared.TORCH_LAYERS[settings.core_cell]
    E, H = settings.embedding, settings.hidden
    ask, width, look = "", H, ""
    if settings.attention:
        ask, width = f"\n        self.ask = nn.Linear({H}, {H}, bias=False)", 2 * H
        look = f"""
        # {say(Comment.LOOK)}
        scores = self.ask(states) @ read.transpose(1, 2)
        weights = scores.masked_fill((sources == 0)[:, None], -torch.inf).softmax(dim=2)
        states = torch.cat([states, weights @ read], dim=2)"""
    loss = f"""
        sources, before, targets = map(torch.from_numpy, tables(pairs({settings.batch}, test=False)))
        scores = model(sources, before)
        loss = nn.functional.cross_entropy(scores.flatten(0, 1), targets.flatten(), ignore_index=0)"""
    return f"""{shared.TORCH_IMPORTS}
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

{_pairs(settings, say)}

# {say(Comment.MODEL)}
class Translator(nn.Module):
    def __init__(self):
        super().__init__()
        self.source = nn.Embedding(len(read_symbols) + 1, {E})
        self.encoder = nn.{kind}({E}, {H}, batch_first=True)
        self.target_embedding = nn.Embedding(len(target_symbols) + 2, {E})
        self.decoder = nn.{kind}({E}, {H}, batch_first=True){ask}
        self.combine = nn.Linear({width}, {H})
        self.readout = nn.Linear({H}, len(target_symbols) + 2)

    def forward(self, sources, before):
        lengths = (sources > 0).sum(dim=1)
        packed = pack_padded_sequence(self.source(sources), lengths, batch_first=True, enforce_sorted=False)
        packed, last = self.encoder(packed)
        read, _ = pad_packed_sequence(packed, batch_first=True, total_length=sources.shape[1])
        states, _ = self.decoder(self.target_embedding(before), last){look}
        return self.readout(torch.tanh(self.combine(states)))


{shared.torch_training(settings, steps, loss, say(Comment.TRAIN), "Translator")}

# {say(Comment.TRY)}
for source, target in pairs(3, test=True):
    output = ""
    while len(output) < 60:
        sources, before, _ = tables([(source, output)])
        symbol = int(model(torch.from_numpy(sources), torch.from_numpy(before))[0, len(output)].argmax())
        if symbol == mark or symbol == 0:
            break
        output += target_symbols[symbol - 1]
    print(source, "|", output, "|", target)
"""


def as_keras(settings: Settings, steps: int | None = None, say: shared.Say = str) -> str:
    kind = shared.KERAS_LAYERS[settings.core_cell]
    E, H = settings.embedding, settings.hidden
    look = ""
    if settings.attention:
        look = f"""
# {say(Comment.LOOK)}
asked = layers.Dense({H}, use_bias=False)(states)
real = keras.ops.not_equal(sources, 0)
found = layers.Attention()([asked, read, read], mask=[None, real])
states = layers.Concatenate()([states, found])"""
    loss = f"""
        read_table, before_table, targets = tables(pairs({settings.batch}, test=False))
        loss = model.train_on_batch([read_table, before_table], targets)"""
    return f"""{shared.KERAS_IMPORTS}
from keras import layers

{_pairs(settings, say)}

# {say(Comment.MODEL)}
keras.utils.set_random_seed({settings.seed})
sources = layers.Input((None,), dtype="int32")
before = layers.Input((None,), dtype="int32")
embedded = layers.Embedding(len(read_symbols) + 1, {E}, mask_zero=True)(sources)
read, *last = layers.{kind}({H}, return_sequences=True, return_state=True)(embedded)
states = layers.Embedding(len(target_symbols) + 2, {E})(before)
states = layers.{kind}({H}, return_sequences=True)(states, initial_state=last){look}
scores = layers.Dense(len(target_symbols) + 2)(layers.Dense({H}, activation="tanh")(states))
model = keras.Model([sources, before], scores)
entropy = keras.losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=0)
{shared.keras_training(settings, steps, loss, say(Comment.TRAIN), "entropy")}

# {say(Comment.TRY)}
for source, target in pairs(3, test=True):
    output = ""
    while len(output) < 60:
        read_table, before_table, _ = tables([(source, output)])
        answer = keras.ops.convert_to_numpy(model([read_table, before_table]))
        symbol = int(answer[0, len(output)].argmax())
        if symbol == mark or symbol == 0:
            break
        output += target_symbols[symbol - 1]
    print(source, "|", output, "|", target)
"""


def _pairs(settings: Settings, say: shared.Say) -> str:
    """The part before the model: pairs and their conversion to tables of numbers. Letter by letter on both sides."""
    match settings.task:
        case "dates":
            grammar = _dates(say)
        case data.OWN:
            grammar = _file(say)
        case _:
            grammar = _numbers(settings, say)
    return f"""rng = np.random.default_rng({settings.seed})

{grammar}

# {say(Comment.TABLES)}
mark = len(target_symbols) + 1


def tables(batch):
    read = [[read_symbols.index(symbol) + 1 for symbol in source] for source, _ in batch]
    output = [[target_symbols.index(symbol) + 1 for symbol in target] for _, target in batch]

    def table(rows):
        filled = np.zeros((len(rows), max(map(len, rows))), dtype=np.int64)
        for row, numbers in zip(filled, rows):
            row[:len(numbers)] = numbers
        return filled

    return table(read), table([[mark] + row for row in output]), table([row + [mark] for row in output])

"""


def _numbers(settings: Settings, say: shared.Say) -> str:
    """The app's own grammar, unchanged."""
    functions = (numbers.english, numbers.chinese, numbers._below_ten_thousand)
    source = "\n\n".join(inspect.getsource(function) for function in functions)
    order = "(english(n), chinese(n))" if settings.task == "en-zh" else "(chinese(n), english(n))"
    letters = {"english": " -abcdefghijklmnopqrstuvwxyz", "chinese": "".join(numbers.CHINESE_LETTERS)}
    read, output = ("english", "chinese") if settings.task == "en-zh" else ("chinese", "english")
    return f"""ONES = {" ".join(numbers.ONES)!r}.split()
TENS = {" ".join(numbers.TENS)!r}.split()
DIGITS = {numbers.DIGITS!r}
PLACES = {numbers.PLACES!r}


{source}

read_symbols, target_symbols = {letters[read]!r}, {letters[output]!r}


# {say(Comment.PAIRS)}
def pairs(size, test):
    found = []
    while len(found) < size:
        n = int(rng.integers(10 ** rng.integers(1, 6)))
        if (n % 10 == 7) == test:
            found.append({order})
    return found
"""


def _file(say: shared.Say) -> str:
    return f"""import csv

# {say(Comment.FILE)}
with open("pairs.csv", encoding="utf-8", newline="") as file:
    rows = [(row[0].strip(), row[1].strip()) for row in csv.reader(file) if len(row) > 1]
rng.shuffle(rows)
rows = [tuple(row) for row in rows]
kept, learned = rows[: len(rows) // 8], rows[len(rows) // 8 :]
read_symbols = "".join(sorted({{letter for source, _ in rows for letter in source}}))
target_symbols = "".join(sorted({{letter for _, target in rows for letter in target}}))


def pairs(size, test):
    chosen = kept if test else learned
    return [chosen[at] for at in rng.integers(len(chosen), size=size)]
"""


def _dates(say: shared.Say) -> str:
    return f"""from datetime import date, timedelta

MONTHS = ("january february march april may june july august september october november december").split()
FORMS = (
    lambda d: f"{{d.day}} {{MONTHS[d.month - 1]}} {{d.year}}",
    lambda d: f"{{MONTHS[d.month - 1][:3]}} {{d.day}}, {{d.year}}",
    lambda d: f"{{d.day}}.{{d.month}}.{{d.year}}",
    lambda d: f"{{d.year}}年{{d.month}}月{{d.day}}日",
)
read_symbols, target_symbols = "0123456789 ,.年月日abcdefghijklmnopqrstuvwxyz", "0123456789-"


# {say(Comment.DATES)}
def pairs(size, test):
    found = []
    while len(found) < size:
        day = date(1900, 1, 1) + timedelta(days=int(rng.integers(73_000)))
        if (day.year % 10 == 7) == test:
            found.append((FORMS[rng.integers(len(FORMS))](day), day.isoformat()))
    return found
"""
