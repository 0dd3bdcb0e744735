"""The names of the series that ship, as pages and charts show them."""

from ui.i18n import _


def series_names() -> dict[str, str]:
    return {
        "sunspots": _("Sunspots, by year"),
        "co2": _("CO₂ at Mauna Loa, by month"),
        "elnino": _("El Niño: sea temperature, by month"),
        "nile": _("The Nile, by year"),
        "unemployment": _("Unemployment in the US, by quarter"),
        "waves": _("Two waves and noise (made here)"),
        "chaos": _("Chaos: the logistic map (made here)"),
    }
