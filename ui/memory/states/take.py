"""What the page on hidden states gives to take along, one function a view."""

from collections.abc import Mapping, Sequence

from rnn_core.analysis.trajectories import Components
from rnn_core.arrays import Array
from rnn_core.studies.sequences import Form, PlaneSetup, SequenceSetup
from ui.memory.sequences.compute import PlaneView, States
from ui.memory.sequences.take import run_lines, setup_line
from ui.widgets.take_along.view_notebook import Shown, offer_view

OF_FORM = "from rnn_core.studies.sequences import SequenceSetup, of_form, run_of\n"


def take_states(setup: SequenceSetup, run: States, units: Sequence[int]) -> None:
    """`units`: in the order of the picture."""
    shown = {"xs": Shown(run.xs, "trace.xs"), "hs": Shown(run.hs, "trace.hs"), "order": Shown(units, repr(list(units)))}
    offer_view(run_lines(setup), shown)


def take_path(setup: SequenceSetup, run: States, found: Components) -> None:
    lines = (
        "from rnn_core.analysis.trajectories import principal_components\n" + run_lines(setup) + "\n"
        "found = principal_components(trace.hs, 3)"
    )
    shown = {
        "hs": Shown(run.hs, "trace.hs"),
        "components": Shown(found.points, "found.points"),
        "shares_of_the_variance": Shown(found.shares, "found.shares"),
    }
    offer_view(lines, shown)


def take_two_runs(setup: SequenceSetup, step: int, change: float, distances: Mapping[Form, Array]) -> None:
    """`step` from 1, at which the inputs differ."""
    lines = (
        "from rnn_core.analysis import trajectories\n"
        "from rnn_core.studies.sequences import SequenceSetup, of_form, run_of, with_difference\n\n"
        f"{setup_line(setup)}\n\n\n"
        "def distance(form):\n"
        "    one = of_form(setup, form)\n"
        f"    changed = with_difference(one, {step - 1}, {change!r})\n"
        "    return trajectories.distances(run_of(one).hs, run_of(one, changed).hs)"
    )
    offer_view(lines, {f"distance_{form}": Shown(values, f'distance("{form}")') for form, values in distances.items()})


def take_cells(setup: SequenceSetup, runs: Mapping[Form, States]) -> None:
    shown = {f"hs_{form}": Shown(run.hs, f'run_of(of_form(setup, "{form}")).hs') for form, run in runs.items()}
    offer_view(f"{OF_FORM}\n{setup_line(setup)}", shown)


def take_plane(setup: PlaneSetup, view: PlaneView) -> None:
    lines = (
        "from rnn_core.analysis import fixed_points\n"
        "from rnn_core.studies.sequences import PlaneSetup, plane_params, plane_path\n\n"
        f"setup = {setup!r}\nparams = plane_params(setup)\n"
        "grid = 1.1 * fixed_points.grid(params, 17)\n"
        "found = fixed_points.fixed_points(params, (setup.push,))"
    )
    shown = {
        "path": Shown(view.path, "plane_path(setup)"),
        "grid": Shown(view.grid, "grid"),
        "one_step_later": Shown(view.next_states, "fixed_points.next_states(params, (setup.push,), grid)"),
        "fixed_points": Shown(view.fixed.points, "found.points"),
        "eigenvalues": Shown(view.fixed.eigenvalues, "found.eigenvalues"),
        "kinds": Shown(view.fixed.kinds, "found.kinds"),
    }
    offer_view(lines, shown)
