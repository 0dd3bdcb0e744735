"""What the views on whole runs give to take along: swapped states, what an answer looks back at, a training, points of rest."""

from collections.abc import Mapping, Sequence

from rnn_core.analysis.inside.patching import PatchMap
from rnn_core.analysis.inside.saliency import Saliency
from rnn_core.analysis.inside.slow_points import SlowPoints
from ui.memory.inside import compute_runs, rest_compute, training_compute
from ui.memory.inside.compute_runs import Memories, Swap
from ui.memory.inside.rest_compute import Rest
from ui.memory.inside.source import network_lines
from ui.memory.inside.swap_figure import Roads
from ui.memory.inside.training_compute import Course
from ui.widgets.take_along.view_notebook import Shown, given, offer_view

PATCHING = (
    "from rnn_core.analysis.inside.patching import Patch, patch_map, patched_road\n"
    "from rnn_core.cells.activations import sigma\n\n"
)
SNAPSHOTS = "from rnn_core.apps.look_inside import network_of_run\nfrom rnn_core.apps.snapshots import snapshots\n\n"
Place = tuple[int, int | None]  # of a swap: the step and the unit; None: all units


def take_swapped_words(variant: str, swap: Swap, roads: Roads, place: Place) -> None:
    lines = (
        f"{PATCHING}clean, corrupted = {swap.clean!r}, {swap.corrupted!r}\n"
        f"ids, weights = settings.vocabulary.ids, [1.0]\n{_patched('ids(clean), ids(corrupted)', swap.map.name, place)}"
    )
    offer_view(lines, of_swap(swap, roads), setup=network_lines("sentiment", variant))


def take_swapped_letters(variant: str, swap: Swap, roads: Roads, place: Place, answers: tuple[str, str]) -> None:
    """The answer is the score of the first character minus that of the second."""
    lines = (
        f"{PATCHING}clean, corrupted = {swap.clean!r}, {swap.corrupted!r}\n"
        "known = {symbol: number for number, symbol in enumerate(settings.corpus.symbols)}\n"
        "weights = np.zeros(network.outputs)\n"
        f"weights[known[{answers[0]!r}]], weights[known[{answers[1]!r}]] = 1.0, -1.0\n"
        "read = [[known.get(letter, 0) for letter in text] for text in (clean, corrupted)]\n"
        f"{_patched('*read', swap.map.name, place)}"
    )
    offer_view(lines, of_swap(swap, roads), setup=network_lines("text", variant))


def _patched(both: str, name: str, place: Place) -> str:
    step, unit = place
    units = None if unit is None else (unit,)
    return (
        f"found = patch_map(network, {both}, weights, name={name!r})\n"
        f"swapped = patched_road(network, {both}, weights, (Patch({step}, {units}, {name!r}),))"
    )


def of_swap(swap: Swap, roads: Roads) -> dict[str, Shown]:
    return {
        "clean": Shown(swap.clean, "clean"),
        "corrupted": Shown(swap.corrupted, "corrupted"),
        **_of_map(swap.map, roads),
    }


def _of_map(found: PatchMap, roads: Roads) -> dict[str, Shown]:
    return {
        "share_of_all_units": Shown(found.whole, "found.whole"),
        "share_of_each_unit": Shown(found.units, "found.units"),
        "share_of_the_others": Shown(found.others, "found.others"),
        "answer_clean": Shown(roads.clean, "sigma(found.roads.clean)"),
        "answer_corrupted": Shown(roads.corrupted, "sigma(found.roads.corrupted)"),
        "answer_swapped": Shown(roads.swapped, "sigma(swapped)"),
    }


def take_looks(words: Sequence[str], found: Mapping[str, Saliency], nodes: int) -> None:
    """`found`: by the cell."""
    lines = (
        "from rnn_core.analysis.inside.saliency import explained, saliency\n"
        "from rnn_core.apps.look_inside import network_of_run\n"
        "from rnn_core.apps.sentiment.settings import SHIPPED\n"
        "from rnn_core.apps.trained import load_trained\n\n"
        f"words = {tuple(words)!r}\n\n\n"
        "def look(cell):\n"
        "    settings = SHIPPED[cell]\n"
        "    network = network_of_run(load_trained(type(settings), cell).state)\n"
        f"    return saliency(network, settings.vocabulary.ids(words), explained(network, weights=[1.0]), nodes={nodes})\n\n\n"
        f"found = {{cell: look(cell) for cell in {tuple(found)!r}}}"
    )
    shown = {"words": Shown(tuple(words), "words")}
    for cell, each in found.items():
        for name in ("gradient", "norms", "times_input", "integrated", "left_out"):
            shown[f"{cell}_{name}"] = Shown(getattr(each, name), f"found[{cell!r}].{name}")
    offer_view(lines, shown)


def take_course(course: Course, label: str, unit: int) -> None:
    """How well one unit follows the label at the recorded steps of a training."""
    first, second = training_compute.CHOSEN_ON, training_compute.MEASURED_ON
    lines = (
        "from rnn_core.analysis.inside import labels, ranking\n"
        "from rnn_core.analysis.inside.activations import activations\n"
        f"{SNAPSHOTS}"
        f"states = snapshots(*{training_compute.TEXT!r}).states\n"
        "corpus, parts = states[0].settings.corpus, states[0].settings.parts\n"
        f"marks = labels.labels((parts.validation[:{first}], parts.test[:{second}]))[{label!r}]\n"
        f"texts = corpus.validation[:{first}], corpus.test[:{second}]\n\n\n"
        "def auc(state, part):\n"
        f"    values = activations(network_of_run(state), texts[part], {training_compute.VALUE!r}).values\n"
        f"    return ranking.auc(ranking.ranked(values[{unit}:{unit + 1}]), marks[part])[0]\n\n\n"
        "sign = 1.0 if auc(states[-1], 0) >= 0.5 else -1.0  # the direction that it has in the end"
    )
    shown = {
        "training_step": Shown(course.steps, "[state.step for state in states]"),
        "label": given(label),
        "unit": given(unit),
        "auc": Shown(course.of_unit(label, unit), "[0.5 + sign * (auc(state, 1) - 0.5) for state in states]"),
    }
    offer_view(lines, shown)


def take_swap_of_step(
    variant: str, at: int, clean: Sequence[str], corrupted: Sequence[str], found: PatchMap, roads: Roads, place: Place
) -> None:
    """`at`: the place of the recorded step."""
    lines = (
        f"{PATCHING.rstrip()}\n{SNAPSHOTS}"
        f"state = snapshots({training_compute.REVIEWS!r}, {variant!r}).states[{at}]\n"
        "network, ids, weights = network_of_run(state), state.settings.vocabulary.ids, [1.0]\n"
        f"clean, corrupted = {tuple(clean)!r}, {tuple(corrupted)!r}\n"
        f"{_patched('ids(clean), ids(corrupted)', found.name, place)}"
    )
    words = {"clean": Shown(clean, "clean"), "corrupted": Shown(corrupted, "corrupted")}
    offer_view(lines, {**words, **_of_map(found, roads)})


def take_flip_flop(cell: str, found: Memories) -> None:
    runs, steps, starts = compute_runs.RUNS, compute_runs.STEPS, compute_runs.STARTS
    lines = (
        "from rnn_core.analysis.inside import slow_points\n"
        "from rnn_core.analysis.inside.steps import Stepper\n"
        "from rnn_core.studies import flip_flop\n\n"
        f"network = flip_flop.load({cell!r})\n"
        f"inputs = flip_flop.FlipFlop().held_out().inputs[:{runs}]\n"
        "stepper, rows = Stepper(network), []\n"
        f"states = stepper.start({runs})\n"
        f"for t in range({steps}):\n"
        "    states = stepper.step(states, inputs[:, t])\n"
        "    rows.append(np.concatenate([*states.hs, *states.cs], axis=1))\n"
        "visited = np.stack(rows, axis=1)\n"
        "flat = visited.reshape(-1, visited.shape[2])\n"
        "rng = np.random.default_rng(0)\n"
        f"one, two = (flat[rng.permutation(len(flat))[:{starts // 2}]] for _ in range(2))\n"
        "starts = np.concatenate([one, (one + two) / 2, flat[:1] * 0])\n"
        "points = slow_points.slow_points(network.layers[0], np.zeros(3), starts)\n"
        "hidden = points.points[:, : network.hidden_size]"
    )
    answers = Shown(found.answers, "hidden @ network.readout.W_hy.T + network.readout.b_y")
    offer_view(lines, {**_of_points(found.points), "answers": answers})


def _of_points(found: SlowPoints) -> dict[str, Shown]:
    return {name: Shown(getattr(found, name), f"points.{name}") for name in ("points", "eigenvalues", "stable")}


def take_preset(name: str, found: Rest) -> None:
    steps = rest_compute.LATCH_STEPS if name == "latch" else rest_compute.COUNTER_STEPS
    lines = (
        "from rnn_core.analysis.inside import slow_points\n"
        "from rnn_core.params.presets import PRESETS\n"
        "from rnn_core.passes.unroll import run\n\n"
        f'preset = PRESETS["lstm"][{name!r}]\n'
        f"trace = run(preset.params, preset.inputs({steps}))\n"
        "states = np.concatenate([trace.hs, trace.cs], axis=1)\n"
        "points = slow_points.slow_points(preset.params, np.zeros(preset.params.input_size), states)"
    )
    answers = Shown(found.answers, "points.points[:, preset.params.hidden_size]")  # the cell state of the first unit
    offer_view(lines, {**_of_points(found.points), "answers": answers})


def take_reviews(cell: str, found: Rest) -> None:
    lines = (
        "from rnn_core.analysis.inside import slow_points\n"
        "from rnn_core.analysis.inside.steps import Stepper\n"
        "from rnn_core.apps.sentiment import data\n\n"
        "given = data.encoded(data.test(), settings.vocabulary)\n\n\n"
        "def states_of(ids):\n"
        "    stepper, rows = Stepper(network), []\n"
        "    states = stepper.start(1)\n"
        "    for t in range(len(ids)):\n"
        "        states = stepper.step(states, ids[t : t + 1])\n"
        "        rows.append(np.concatenate([*states.hs, *states.cs], axis=1)[0])\n"
        "    return np.array(rows)\n\n\n"
        f"reviews = zip(given.ids[:{rest_compute.REVIEWS}], given.lengths)\n"
        "flat = np.concatenate([states_of(row[:length]) for row, length in reviews])\n"
        f"starts = flat[np.random.default_rng(0).permutation(len(flat))[:{rest_compute.STARTS[cell]}]]\n"
        "mean_word = network.inputs(np.arange(2, len(network.symbols))).mean(axis=0)\n"
        "points = slow_points.slow_points(network.layers[0], mean_word, starts)\n"
        "H = network.hidden_size\n"
        "within = np.abs(points.points[:, :H]).max(axis=1) <= 1.0  # the minimisation knows no bounds"
    )
    named = {
        name: Shown(getattr(found.points, name), f"points.{name}[within]")
        for name in ("points", "eigenvalues", "stable")
    }
    answers = "points.points[within, :H] @ network.readout.W_hy[0] + network.readout.b_y[0]"
    offer_view(lines, {**named, "answers": Shown(found.answers, answers)}, setup=network_lines("sentiment", cell))
