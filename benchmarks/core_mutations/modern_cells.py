"""Mistakes in the modern cells and in their run."""

from benchmarks.core_mutations.mutation import Mutation

RUN = "passes/modern.py"


def in_cell(cell: str, what: str, old: str, new: str) -> Mutation:
    return Mutation(f"cells/modern/{cell}.py", f"{cell}: {what}", old, new)


MODERN_CELLS = (
    in_cell("min_gru", "the gates changed round", '"hs[t,j] = one_minus(update', '"hs[t,j] = (update'),
    in_cell("min_gru", "plain step without bias", "params.W_xn @ x + params.b_n", "params.W_xn @ x"),
    in_cell("min_lstm", "shares divided by f", "forget_gate[t,j] + input_gate[t,j]", "forget_gate[t,j]"),
    in_cell("min_lstm", "plain step not normalised", "if params.normalised:", "if False:"),
    in_cell("lru", "conjugate transition", "- lambda_im[n] hs_im[t-1,n]", "+ lambda_im[n] hs_im[t-1,n]"),
    in_cell("lru", "imaginary output added", "- C_im[j,n] hs_im[t,n]", "+ C_im[j,n] hs_im[t,n]"),
    in_cell("lru", "plain step without normalisation", "np.exp(params.gamma) * (B @ x)", "(B @ x)"),
    in_cell("s4d", "hold without the rate", "one_minus(A_re[j,n]) rate[j,n] inv", "one_minus(A_re[j,n]) inv"),
    in_cell("s4d", "input map conjugate", "- hold_im[j,n] B_im[j,n]", "+ hold_im[j,n] B_im[j,n]"),
    in_cell("s4d", "plain step holds nothing", "(A_bar - 1.0) / A * (", "A_bar * ("),
    in_cell("rg_lru", "input gate left out", "write_scale[t,j] input_gate[t,j]", "write_scale[t,j]"),
    in_cell("rg_lru", "plain step's scale", "np.sqrt(1.0 - a**2)", "np.sqrt(1.0 - a)"),
    in_cell("selective", "step size left out", "step_size[t,j] input_map[t,n]", "input_map[t,n]"),
    in_cell("selective", "no D", " + D[j] inner[t,j]", ""),
    in_cell(
        "selective",
        "plain step without softplus",
        "np.logaddexp(0.0, params.W_xd",
        "np.add(0.0, params.W_xd",
    ),
    in_cell("slstm", "normaliser forgets nothing", "= forget_gate[t,j] normaliser[t-1", "= normaliser[t-1"),
    in_cell(
        "slstm",
        "stabiliser not subtracted",
        "exp( input_gate_pre[t,j] - stabiliser[t,j] )",
        "exp( input_gate_pre[t,j] )",
    ),
    in_cell("slstm", "plain step forgets with i", 'c = f * state["cs"]', 'c = i * state["cs"]'),
    in_cell("mlstm", "value and key changed round", "value[t,j] key[t,i]", "value[t,i] key[t,j]"),
    in_cell("mlstm", "no lower bound", "floor[t,u] + excess[t,u]", "size[t,u]"),
    in_cell("mlstm", "plain step without scale", " / np.sqrt(params.state_size)", ""),
    in_cell(
        "linear_attention",
        "subtracts",
        "memory[t-1,j,i] + value[t,j]",
        "memory[t-1,j,i] - value[t,j]",
    ),
    in_cell(
        "linear_attention",
        "plain normaliser forgets k",
        'state["normaliser"] + k',
        'state["normaliser"]',
    ),
    in_cell("delta_net", "plain step ignores negative", "(2.0 if params.negative else 1.0)", "1.0"),
    in_cell("delta_net", "plain step writes v alone", "beta * (v - S @ k)", "beta * v"),
    in_cell("delta_net", "decay grows", '"decay[t,u] = exp( - rate[u]', '"decay[t,u] = exp( rate[u]'),
    in_cell(
        "rwkv7",
        "removes without its rate",
        "- recalled[t,j] rate_gate[t,i] removal",
        "- recalled[t,j] removal",
    ),
    in_cell("rwkv7", "plain step transposed", "np.outer(kappa, a * kappa)", "np.outer(a * kappa, kappa)"),
    in_cell("attention", "reads keys", "weights[t,s] value[s,j]", "weights[t,s] value[t,j]"),
    in_cell("attention", "plain scores not scaled", "keys @ q / np.sqrt(len(q))", "keys @ q"),
    Mutation(
        RUN, "modern: given states ignored", "state if given is None else check_array", "state if True else check_array"
    ),
    Mutation(RUN, "modern: later steps are read", "-np.inf if recipe.name == SCORES else 0.0", "0.0"),
    Mutation(
        RUN,
        "modern: direct gradient one step early",
        "params.hidden_size)).copy()",
        "params.hidden_size))[::-1].copy()",
    ),
)
