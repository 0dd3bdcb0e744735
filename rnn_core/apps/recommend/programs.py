"""The recommender as a program that anyone can run, in PyTorch or in Keras, on sessions of the same kind."""

from enum import StrEnum

from rnn_core.apps import programs as shared
from rnn_core.apps.recommend.settings import Settings
from rnn_core.apps.recommend.shop import LONGEST


class Comment(StrEnum):
    """Every comment of the programs, so that the app can check that each has its translation."""

    SESSIONS = "Sessions: an interest that drifts, a need that is answered later, and clicks that come back."
    OWN = "Your table, with a column of sessions and one of items, in the order of time."
    NEED = "The first item of an interest leaves a need for its last one."
    BATCH = "What is read, and what comes next; -1 behind the end of a session."
    TRAIN = "Training."
    TIED = "The scores are products with the embedding itself."
    TRY = "Item 0, then something else: is item 11, which item 0 needs, near the top?"


def as_torch(settings: Settings, steps: int | None = None, say: shared.Say = str) -> str:
    kind = shared.TORCH_LAYERS[settings.core_cell]
    E, H = settings.embedding, settings.hidden
    layers = f"wish = nn.Linear({H}, {E})" if settings.tied else f"readout = nn.Linear({H}, items)"
    last = "wish" if settings.tied else "readout"
    answer = "wish(hs) @ embedding.weight.T" if settings.tied else "readout(hs)"
    tied = f"    # {say(Comment.TIED)}\n" if settings.tied else ""
    loss = f"""
        read, wanted = map(torch.from_numpy, batch({settings.batch}))
        loss = nn.functional.cross_entropy(scores(read).flatten(0, 1), wanted.flatten(), ignore_index=-1)"""
    return f"""{shared.TORCH_IMPORTS}

{_sessions(settings, say)}
torch.manual_seed({settings.seed})
embedding = nn.Embedding(items, {E})
layer = nn.{kind}({E}, {H}, batch_first=True)
{layers}
weights = [*embedding.parameters(), *layer.parameters(), *{last}.parameters()]
adam = torch.optim.Adam(weights, lr={settings.rate})


def scores(clicks):
    hs, _ = layer(embedding(clicks))
{tied}    return {answer}


{shared.torch_steps(settings, steps, loss, say(Comment.TRAIN), "weights")}

# {say(Comment.TRY)}
last_scores = scores(torch.tensor([[0, 3]]))[0, -1]
print(last_scores.topk(5).indices.tolist())
"""


def as_keras(settings: Settings, steps: int | None = None, say: shared.Say = str) -> str:
    kind = shared.KERAS_LAYERS[settings.core_cell]
    E, H = settings.embedding, settings.hidden
    if settings.tied:
        head = f"""# {say(Comment.TIED)}
wish = keras.layers.Dense({E})(hs)
scores = keras.layers.Lambda(lambda both: keras.ops.matmul(both, keras.ops.transpose(embedding.embeddings)))(wish)"""
    else:
        head = "scores = keras.layers.Dense(items)(hs)"
    loss = f"loss = model.train_on_batch(*batch({settings.batch}))"
    return f"""{shared.KERAS_IMPORTS}

{_sessions(settings, say)}
keras.utils.set_random_seed({settings.seed})
clicks = keras.layers.Input((None,), dtype="int32")
embedding = keras.layers.Embedding(items, {E})
hs = keras.layers.{kind}({H}, return_sequences=True)(embedding(clicks))
{head}
model = keras.Model(clicks, scores)
entropy = keras.losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=-1)
{shared.keras_training(settings, steps, loss, say(Comment.TRAIN), "entropy")}

# {say(Comment.TRY)}
last_scores = keras.ops.convert_to_numpy(model(np.array([[0, 3]])))[0, -1]
print(last_scores.argsort()[::-1][:5].tolist())
"""


def _sessions(settings: Settings, say: shared.Say) -> str:
    if settings.shop:
        return _own_sessions(settings, say)
    return f"""items, interests, rng = 120, 10, np.random.default_rng({settings.seed})


# {say(Comment.SESSIONS)}
def session():
    interest, need, clicks = rng.integers(interests), None, []
    for _ in range(rng.integers(5, 17)):
        chance = rng.random()
        if clicks and chance < 0.12:
            clicks.append(rng.choice(clicks))
        elif need is not None and chance < 0.5:
            clicks.append(need)
            need = None
        else:
            if rng.random() < 0.14:
                interest = rng.integers(interests)
            item = 12 * interest + int(12 * rng.random() ** 2)
            clicks.append(item)
            # {say(Comment.NEED)}
            if item % 12 == 0:
                need = item + 11
    return clicks


# {say(Comment.BATCH)}
def batch(size):
    table = np.full((size, 16), -1)
    for row in table:
        clicks = session()
        row[:len(clicks)] = clicks
    return np.maximum(table[:, :-1], 0), table[:, 1:]

"""


def _own_sessions(settings: Settings, say: shared.Say) -> str:
    return f"""import csv
from collections import defaultdict

rng = np.random.default_rng({settings.seed})

# {say(Comment.OWN)}
with open("sessions.csv", encoding="utf-8", newline="") as file:
    rows = [(row["session"], row["item"]) for row in csv.DictReader(file)]
names = list(dict.fromkeys(item for _, item in rows))
items, number = len(names), {{name: at for at, name in enumerate(names)}}
sessions = defaultdict(list)
for session, item in rows:
    sessions[session].append(number[item])
kept = [clicks[:{LONGEST}] for clicks in sessions.values() if len(clicks) > 1]


# {say(Comment.BATCH)}
def batch(size):
    table = np.full((size, {LONGEST}), -1)
    for row in table:
        clicks = kept[rng.integers(len(kept))]
        row[:len(clicks)] = clicks
    return np.maximum(table[:, :-1], 0), table[:, 1:]

"""
