"""The forecast as a program that anyone can run: the same series, network and training, in PyTorch or in Keras."""

from enum import StrEnum
from textwrap import TextWrapper

from rnn_core.apps import programs as shared
from rnn_core.apps.forecast.linear import linear_of
from rnn_core.apps.forecast.settings import Settings
from rnn_core.arrays import Array


class Comment(StrEnum):
    """Every comment of the programs, so that the app can check that each has its translation."""

    SERIES = "The series, oldest value first."
    PARTS = "Train on the first 70%, and take the scale from there alone."
    WINDOWS = "Windows of the training part: what is read, and what comes after each step."
    TRAIN = "Training."
    LINEAR = "The mean of the five linear autoregressions that predict the validation part best; the network learns what it leaves."
    FORM = "The form in which the network reads the series."
    BACK = "Back to the series' own unit."
    AHEAD = "A forecast from the end of the series: each prediction is the next input."
    AT_ONCE = "A forecast from the end of the series: all steps at once."


_FIRST_VALUES = "rng.integers(1, end - window - Y + 1, {batch})"


def as_torch(settings: Settings, steps: int | None = None, say: shared.Say = str) -> str:
    scale = "scale" if settings.linear else "unit"
    kind = shared.TORCH_LAYERS[settings.core_cell]
    loss = f"""
        inputs, targets = windows({_FIRST_VALUES.format(batch=settings.batch)})
        hs, _ = layer(torch.tensor(inputs, dtype=torch.float32))
        wrong = readout(hs) - torch.tensor(targets, dtype=torch.float32)
        loss = wrong[:, window // 4:].square().mean()"""
    return f"""{shared.TORCH_IMPORTS}

{_data(settings, say)}
rng = np.random.default_rng({settings.seed})
torch.manual_seed({settings.seed})
layer = nn.{kind}(1, {settings.hidden}, batch_first=True)
readout = nn.Linear({settings.hidden}, Y)
weights = [*layer.parameters(), *readout.parameters()]
adam = torch.optim.Adam([
    {{"params": [weight for weight in weights if weight.dim() > 1], "weight_decay": {settings.l2}}},
    {{"params": [weight for weight in weights if weight.dim() == 1]}},
], lr={settings.rate})

{shared.torch_steps(settings, steps, loss, say(Comment.TRAIN), "weights")}


def answer(window_of_values):
    hs, _ = layer(torch.tensor(read(window_of_values), dtype=torch.float32)[None])
    return readout(hs[0, -1]).detach().numpy() * {scale}


{_forecast(settings, say)}
"""


def as_keras(settings: Settings, steps: int | None = None, say: shared.Say = str) -> str:
    scale = "scale" if settings.linear else "unit"
    kind = shared.KERAS_LAYERS[settings.core_cell]
    loss = f"""
        inputs, targets = windows({_FIRST_VALUES.format(batch=settings.batch)})
        counted = np.repeat(np.arange(window)[None] >= window // 4, len(inputs), axis=0)
        loss = model.train_on_batch(inputs, targets, sample_weight=counted.astype("float32"))"""
    return f"""{shared.KERAS_IMPORTS}

{_data(settings, say)}
rng = np.random.default_rng({settings.seed})
keras.utils.set_random_seed({settings.seed})
model = keras.Sequential([
    keras.layers.Input((None, 1)),
    keras.layers.{kind}({settings.hidden}, return_sequences=True),
    keras.layers.Dense(Y),
])
{shared.keras_training(settings, steps, loss, say(Comment.TRAIN), '"mse"')}


def answer(window_of_values):
    return model.predict_on_batch(read(window_of_values)[None])[0, -1] * {scale}


{_forecast(settings, say)}
"""


def _data(settings: Settings, say: shared.Say) -> str:
    if settings.changes:
        unit, shift = "np.diff(values[:end]).std()", "np.diff(numbers) / unit"
    else:
        unit, shift = "values[:end].std()", "(numbers[1:] - values[:end].mean()) / unit"
    linear, base, scale = "", "values[now]", "unit"
    if settings.linear:
        part, base, scale = linear_of(settings), "predicted[now + 1]", "scale"
        linear = f"""
# {say(Comment.LINEAR)}
weights_of_linear = np.array([
{_in_lines(part.weights)},
])
p = len(weights_of_linear)


def linear(known):
    return known[..., -p:] @ weights_of_linear + {part.constant!r}


predicted = np.concatenate([values[:1], values[:-1]])
predicted[p:] = linear(np.lib.stride_tricks.sliding_window_view(values[:-1], p))
scale = (values - predicted)[p:end].std()
"""
    form = settings.series_form
    name, end, read = "values", "int(0.7 * len(values))", ""
    if form.log or form.season:
        name, end = "series", f"int(0.7 * len(series)) - {form.season}"
        difference = f"z[{form.season}:] - z[:-{form.season}]" if form.season else "z"
        read = f"""
# {say(Comment.FORM)}
z = {"np.log(series)" if form.log else "series"}
values = {difference}
"""
    return f"""# {say(Comment.SERIES)}
{name} = np.array([
{_in_lines(settings.split().values)},
])
{read}window, Y, horizon = {settings.window}, {settings.outputs}, {settings.horizon}

# {say(Comment.PARTS)}
end = {end}
unit = {unit}
{linear}

def read(numbers):
    return ({shift})[:, None]


# {say(Comment.WINDOWS)}
def windows(first):
    inputs = np.stack([read(values[at - 1:at + window]) for at in first])
    now = first[:, None] + np.arange(window)
    later = values[now[:, :, None] + 1 + np.arange(Y)]
    return inputs, (later - {base}[:, :, None]) / {scale}

"""


def _in_lines(values: Array) -> str:
    given = ", ".join(f"{value:.10g}" for value in values)
    return TextWrapper(width=110, initial_indent="    ", subsequent_indent="    ", break_long_words=False).fill(given)


def _forecast(settings: Settings, say: shared.Say) -> str:
    if settings.ahead == "direct":
        ahead = f"""# {say(Comment.AT_ONCE)}
ahead = values[-1] + answer(values[-window - 1:])"""
    else:
        base = "linear(np.array(known))" if settings.linear else "known[-1]"
        ahead = f"""# {say(Comment.AHEAD)}
known = list(values)
for _ in range(horizon):
    known.append({base} + answer(np.array(known[-window - 1:]))[0])
ahead = np.array(known[-horizon:])"""
    form = settings.series_form
    if not form.log and not form.season:
        return f"{ahead}\nprint(np.round(ahead, 3).tolist())"
    back = f"ahead[k] + z[-{form.season}]" if form.season else "ahead[k]"
    return f"""{ahead}

# {say(Comment.BACK)}
for k in range(horizon):
    z = np.append(z, {back})
print(np.round({"np.exp(z[-horizon:])" if form.log else "z[-horizon:]"}, 3).tolist())"""
