"""The names of the experiments."""

from ui.i18n import _


def titles() -> dict[str, str]:
    return {
        "cells": _("Which cell learns to add?"),
        "reach": _("How long a dependency can each learn?"),
        "forget": _("The forget bias"),
        "chrono": _("Chrono against a bias of 1"),
        "clip": _("Clipping an explosion"),
        "truncation": _("Truncated back-propagation"),
        "pascanu": _("A plain RNN that remembers"),
        "counting": _("Counting aⁿbⁿ"),
        "overfit": _("Overfitting"),
        "optimisers": _("Optimisers"),
        "rates": _("Learning rates, too small to too large"),
        "inits": _("Initialisation"),
    }
