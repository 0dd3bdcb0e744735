"""An exercise of the fourth kind on the page: values in the order of their computation, and pairs that belong together."""

import streamlit as st

from rnn_core.equations.explanation import Place, explanation_latex, place_latex, place_text
from rnn_core.studies.practice.orders import MATCHES, ORDERS, MatchTask, OrderTask, Pairs
from ui.course.practice import formulas
from ui.course.practice.attempts import hints_and_solution, record_try, show_solved
from ui.figures.words import subscript
from ui.i18n import _, listed
from ui.widgets.lesson import paragraphs


def order_titles() -> dict[str, str]:
    return {
        "order_rnn_back": _("Order: an RNN backward"),
        "order_lstm": _("Order: a step of an LSTM"),
        "order_lstm_back": _("Order: an LSTM backward"),
        "order_gru": _("Order: a step of a GRU"),
        "order_gru_back": _("Order: a GRU backward"),
        "order_two_steps": _("Order: two steps of an RNN"),
        "match_rnn_shapes": _("Match: shapes of an RNN"),
        "match_lstm_shapes": _("Match: shapes of an LSTM"),
        "match_gru_shapes": _("Match: shapes of a GRU"),
        "match_counts": _("Match: cells and their numbers of weights"),
        "match_factors": _("Match: recurrent weights and gradients"),
        "match_half_lives": _("Match: forget biases and half-lives"),
        "match_slopes": _("Match: activation functions and slopes"),
    }


def order_question() -> str:
    return _("Choose the values one after another, in an order in which they can be computed.")


def show_order(name: str, seed: int) -> None:
    if name in ORDERS:
        _show_ordering(ORDERS[name], seed)
    else:
        _show_matching(MATCHES[name], seed)


def _show_ordering(task: OrderTask, seed: int) -> None:
    symbols = task.explainer.symbols
    names = {_text(task, place): place for place in task.shuffled(seed)}
    st.markdown(f"**{order_question()}**")
    chosen = st.multiselect(
        _("Order of computation"),
        list(names),
        key=f"order_{task.name}_{seed}",
        placeholder=_("Choose the first value"),
        max_selections=len(names),
    )
    if len(chosen) < len(names):
        st.caption(_("{count} of {all} are chosen.").format(count=len(chosen), all=len(names)))
    else:
        _check_order(task, [names[text] for text in chosen], seed)
    last = task.items[-1]
    paint = formulas.painter()
    lines = [task.explainer.explain(place) for place in task.items]
    hints = [
        _("Last comes {symbol}.").format(symbol=formulas.in_line(place_latex(symbols, last, paint))),
        _("First comes {symbol}.").format(symbol=formulas.in_line(place_latex(symbols, task.items[0], paint))),
        "\n\n".join(dict.fromkeys(formulas.in_line(line.formula(paint)) for line in lines)),
    ]
    solution = "\n\n".join(formulas.in_line(explanation_latex(line, paint=paint)) for line in lines)
    hints_and_solution(task.name, seed, hints, solution)


def _text(task: OrderTask, place: Place) -> str:
    """c₂: one unit, so that its number says nothing."""
    text = place_text(task.explainer.symbols, place).replace("[1,1]", "").replace("[1]", "")
    return text if place.step is None else text.replace(f"_{place.step}", subscript(place.step))


def _check_order(task: OrderTask, given: list[Place], seed: int) -> None:
    violation = task.first_violation(given)
    record_try(task.name, seed, given, right=violation is None)
    if violation is None:
        show_solved(task.name, seed, _("Yes, in this order every value has what its equation needs."))
    else:
        value, needed = (_text(task, place) for place in violation)
        text = _("{value} needs {needed}, and {needed} comes later in your order.").format(value=value, needed=needed)
        st.info(text, icon=":material/lightbulb:")


def _show_matching(task: MatchTask, seed: int) -> None:
    pairs = task.pairs(seed)
    question, *hints, reason = paragraphs("exercises", "matches", family(task.name))
    for key, text in pairs.settings.items():
        question = question.replace(f"{{{key}}}", text)
    st.markdown(f"**{question}**")
    labels = item_names()
    with st.form(f"match_{task.name}_{seed}", border=False):
        with st.container(horizontal=True, gap="small"):
            given = [
                st.selectbox(
                    labels.get(item, item),
                    pairs.options,
                    index=None,
                    key=f"pair_{task.name}_{seed}_{at}",
                    placeholder=_("Choose"),
                    width=170,
                )
                for at, item in enumerate(pairs.items)
            ]
        st.form_submit_button(_("Check"), type="primary", icon=":material/check:")
    if all(each is not None for each in given):
        _check_pairs(task, pairs, given, seed, reason)
    else:
        st.caption(_("Choose one for each."))
    solution = "\n".join(
        f"- {labels.get(item, item)}: {option}" for item, option in zip(pairs.items, pairs.right, strict=True)
    )
    hints_and_solution(task.name, seed, hints, f"{solution}\n\n{reason}")


def _check_pairs(task: MatchTask, pairs: Pairs, given: list[str | None], seed: int, reason: str) -> None:
    wrong = [
        item_names().get(item, item)
        for item, right, mine in zip(pairs.items, pairs.right, given, strict=True)
        if right != mine
    ]
    record_try(task.name, seed, given, right=not wrong)
    if not wrong:
        show_solved(task.name, seed, f"{_('Yes, all pairs are right.')} {reason}")
    else:
        text = _("{right} of {count} are right. Look again at {names}.")
        count = len(given)
        st.info(text.format(right=count - len(wrong), count=count, names=listed(wrong)), icon=":material/lightbulb:")


def family(name: str) -> str:
    """The shapes of all cells are asked with the same words."""
    return "shapes" if name.endswith("_shapes") else name.removeprefix("match_")


def item_names() -> dict[str, str]:

    return {
        "xs": _("all inputs x"),
        "hs": _("all states h, with h₀"),
        "linear": _("identity"),
        "LSTM+": _("LSTM with peepholes"),
    }
