"""Sentences on how a class has answered. The projector and the students' page fill their gaps in the browser."""

from ui.i18n import _


def spread_words() -> dict[str, str]:
    return {
        "computed": _("computed"),
        "right": _("right:"),
        "yours": _("yours:"),
        "ends": _("where each sketch ends"),
        "above": _("{count} above"),
        "near": _("{count} near it"),
        "below": _("{count} below"),
        "others": _("other orders"),
        "nobody": _("Nobody has answered."),
        "chosen": _("**{count} of {all}** chose the right answer."),
        "ordered": _("**{count} of {all}** found a right order."),
        "numbered": _("**{count} of {all}** found {right}. The median of all answers is {median}."),
        "median": _("The median of all answers is **{median}**."),
        "mostly": _("**{count} of {all}** chose “{option}”."),
        "answered": _("**{all}** have answered."),
        "sketches": _("**{all}** sketches."),
        "sketched": _(
            "**{near} of {all}** end near the computed curve, {above} above it and {below} below. It ends at {end}."
        ),
    }
