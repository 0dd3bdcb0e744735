"""What the page on forecasts gives to take along: the series, and every forecast from the origin."""

from collections.abc import Mapping

from rnn_core.apps.forecast.series import Series
from rnn_core.apps.forecast.settings import Settings
from rnn_core.arrays import Array
from ui.apps.network import Network
from ui.apps.take import offer_answer
from ui.widgets.take_along.view_notebook import Shown, given


def take_forecast(
    network: Network[Settings],
    found: Series,
    origin: int,
    answer: tuple[Array, Array | None] | None,
    simple: Mapping[str, Array],
) -> None:
    lines = (
        "from rnn_core.apps.forecast.baselines import forecasts\n"
        "from rnn_core.apps.forecast.reader import interval\n\n"
        f"origin = {origin}\n"
        "forecast = reader.forecast(origin).ahead\n"
        "baselines = {\n"
        "    name: answer(np.array([origin]), settings.horizon)[0] for name, answer in forecasts(settings).items()\n"
        "}"
    )
    ahead, band = answer or (None, None)
    ours = {"forecast": (ahead, "forecast"), "band": (band, "interval(state, origin, forecast)")}
    shown = {
        "dates": given(list(found.dates)),
        "values": Shown(found.values, "settings.split().values"),
        "origin": Shown(origin, "origin"),
        **{name: Shown(value, code) for name, (value, code) in ours.items() if value is not None},
        **{
            f"forecast_{name.replace(' ', '_')}": Shown(values, f"baselines[{name!r}]")
            for name, values in simple.items()
        },
    }
    offer_answer(network, lines, shown)
