"""The sentence on a wrong answer to an exercise: it names the term or the step that was missed."""

from collections.abc import Callable, Sequence

from rnn_core.equations.explanation import Place
from rnn_core.studies.practice.mistakes import Mistake
from ui.i18n import _


def mistake_sentence(
    mistake: Mistake, symbol: Callable[[Place], str], product: Callable[[Sequence[Place]], str]
) -> str:
    """`symbol` writes a place, `product` the factors of a product."""
    right = symbol(mistake.right[0]) if mistake.right else ""
    wrong = symbol(mistake.wrong[0]) if mistake.wrong else ""
    where = symbol(mistake.line)
    of_products = product(mistake.right) if mistake.right else ""
    text = {
        "function": _("The sum is right so far, but the activation function was not applied to it in {where}."),
        "other_function": _(
            "The activation function in {where} is the other one: gates use σ, candidates and states tanh."
        ),
        "slope": _("The slope of the activation function is missing in {where}. The chain rule multiplies by it."),
        "other_slope": _("The slope in {where} is that of the other function: σ has v·(1 − v), tanh has 1 − v²."),
        "gate": _("In {where} a value was not multiplied by its gate {right}."),
        "one_minus": _("In {where} the factor is 1 − {right}, and not {right}."),
        "complement": _("In {where} the factor is {right}, and not 1 − {right}."),
        "transposed": _("In {where} the weight matrix is transposed: it reads {right}, and not {wrong}."),
        "step": _("In {where} the time step is wrong: it reads {right}, and not {wrong}."),
        "direct": _("The loss's own gradient {right} was left out."),
        "bias": _("The bias {right} was left out."),
        "product": _("One part of the sum was left out: {product}."),
        "product_sign": _("One part of the sum has the wrong sign: {product}."),
        "sign": _("The size is right, and the sign is wrong."),
        "unit": _("This is the value {wrong}. Asked is {right}."),
    }[mistake.kind]
    return text.format(where=where, right=right, wrong=wrong, product=of_products)
