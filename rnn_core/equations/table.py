"""Every equation of the three cells, forward and backward, one line per value. `recipes.py` describes the format of a line."""

from rnn_core.blocks.readout import ReadoutParams
from rnn_core.cells import GRUParams, LSTMParams, Params, RNNParams, lstm

LSTM_LETTERS = {name: letter for letter, name in lstm.GATES.items()}
GRU_LETTERS = {"reset_gate": "r", "update_gate": "z", "candidate": "n"}


def equations(params: Params) -> list[str]:
    """The equations of this cell in this variant. Values that the variant lacks have no line."""
    if isinstance(params, RNNParams):
        return _rnn(params)
    if isinstance(params, LSTMParams):
        return _lstm(params)
    return _gru(params)


def readout_equations(params: ReadoutParams) -> list[str]:
    """A readout of the cell's states. The gradient on its scores depends on the loss, so it has no line."""
    total = "W_hy[j,i] hs[t,i] + b_y[j]"
    answer = "share( exp(scores[t,i]) )" if params.activation == "softmax" else f"{params.activation}( {total} )"
    return [
        f"scores[t,j] = {total}",
        f"ys[t,j] = {answer}",
        "dhs_direct[t,j] = W_hy[i,j] dscores[t,i]",
        "dW_hy[j,i] = dscores[t,j] hs[t,i]",
        "db_y[j] = dscores[t,j]",
    ]


def _weight_gradients(letter: str, dpre: str) -> list[str]:
    """A gate's weights multiply x_t, h_{t-1} and 1 at every step, so their gradients are sums over time."""
    return [
        f"dW_x{letter}[j,i] = {dpre}[t,j] xs[t,i]",
        f"dW_h{letter}[j,i] = {dpre}[t,j] hs[t-1,i]",
        f"db_{letter}[j] = {dpre}[t,j]",
    ]


def _rnn(params: RNNParams) -> list[str]:
    total = "W_xh[j,i] xs[t,i] + W_hh[j,i] hs[t-1,i] + b_h[j]"
    function = "identity" if params.activation == "linear" else params.activation
    slope = "" if params.activation == "linear" else f" d{function}(hs[t,j])"
    return [
        "pre_x[t,j] = W_xh[j,i] xs[t,i]",
        "pre_h[t,j] = W_hh[j,i] hs[t-1,i]",
        f"pre[t,j] = {total}",
        f"hs[t,j] = {function}( {total} )",
        "dhs[t,j] = dhs_direct[t,j] + W_hh[i,j] dpre[t+1,i]",
        f"dpre[t,j] = dhs[t,j]{slope}",
        "dxs[t,j] = W_xh[i,j] dpre[t,i]",
        *_weight_gradients("h", "dpre"),
    ]


def _gate(name: str, letter: str, function: str, peephole: str = "") -> list[str]:
    """One gate as a function of x_t, h_{t-1} and, with a peephole, of the cell state; and its gradients."""
    total = f"W_x{letter}[j,i] xs[t,i] + W_h{letter}[j,i] hs[t-1,i]{peephole} + b_{letter}[j]"
    return [
        f"{name}_x[t,j] = W_x{letter}[j,i] xs[t,i]",
        f"{name}_h[t,j] = W_h{letter}[j,i] hs[t-1,i]",
        f"{name}_pre[t,j] = {total}",
        f"{name}[t,j] = {function}( {total} )",
        f"d{name}_pre[t,j] = d{name}[t,j] d{function}({name}[t,j])",
        *_weight_gradients(letter, f"d{name}_pre"),
    ]


def _lstm(params: LSTMParams) -> list[str]:
    gates = dict(LSTM_LETTERS)
    lines: list[str] = []
    if params.variant == "no_forget":
        del gates["forget_gate"]
        lines.append("forget_gate[t,j] = 1")
    if params.variant == "coupled":
        del gates["input_gate"]
        lines.append("input_gate[t,j] = 1 - forget_gate[t,j]")
    through_input = " - dinput_gate[t,j]" if params.variant == "coupled" else ""

    # The step of the cell state that each gate reads through its peephole, and the step of the gate that reads c_t.
    peepholes = {"input_gate": ("t-1", "t+1"), "forget_gate": ("t-1", "t+1"), "output_gate": ("t", "t")}
    if params.variant != "peephole":
        peepholes = {}
    for name, letter in gates.items():
        seen = peepholes[name][0] if name in peepholes else None
        peephole = f" + w_c{letter}[j] cs[{seen},j]" if seen else ""
        lines += _gate(name, letter, "tanh" if name == "candidate" else "sigmoid", peephole)
        if seen:
            lines += [
                f"{name}_c[t,j] = w_c{letter}[j] cs[{seen},j]",
                f"dw_c{letter}[j] = d{name}_pre[t,j] cs[{seen},j]",
            ]
    if peepholes:
        looked = " + ".join(f"w_c{gates[name]}[j] d{name}_pre[{by},j]" for name, (_, by) in peepholes.items())
        lines.append(f"dcs_through_peepholes[t,j] = {looked}")
    through_peepholes = " + dcs_through_peepholes[t,j]" if peepholes else ""

    back_h = "".join(f" + W_h{letter}[i,j] d{name}_pre[t+1,i]" for name, letter in gates.items())
    back_x = " + ".join(f"W_x{letter}[i,j] d{name}_pre[t,i]" for name, letter in gates.items())
    return [
        *lines,
        "cs[t,j] = forget_gate[t,j] cs[t-1,j] + input_gate[t,j] candidate[t,j]",
        "tanh_c[t,j] = tanh( cs[t,j] )",
        "hs[t,j] = output_gate[t,j] tanh_c[t,j]",
        f"dhs[t,j] = dhs_direct[t,j]{back_h}",
        "doutput_gate[t,j] = dhs[t,j] tanh_c[t,j]",
        "dtanh_c[t,j] = dhs[t,j] output_gate[t,j]",
        "dcs_through_output[t,j] = dtanh_c[t,j] dtanh(tanh_c[t,j])",
        "dcs_through_forget[t,j] = dcs[t+1,j] forget_gate[t+1,j]",
        f"dcs[t,j] = dcs_direct[t,j] + dcs_through_output[t,j] + dcs_through_forget[t,j]{through_peepholes}",
        f"dforget_gate[t,j] = dcs[t,j] cs[t-1,j]{through_input}",
        "dinput_gate[t,j] = dcs[t,j] candidate[t,j]",
        "dcandidate[t,j] = dcs[t,j] input_gate[t,j]",
        f"dxs[t,j] = {back_x}",
    ]


def _gru(params: GRUParams) -> list[str]:
    after, has_inner_bias = params.reset == "after", params.b_hn is not None
    keep, write = ("{}", "one_minus({})") if params.z_keeps else ("one_minus({})", "{}")
    now, later = "update_gate[t,j]", "update_gate[t+1,j]"
    more, less = ("hs[t-1,j]", "candidate[t,j]") if params.z_keeps else ("candidate[t,j]", "hs[t-1,j]")

    inner = "reset_h[t,j]" if after else "W_hn[j,i] reset_h[t,i]"
    total = f"W_xn[j,i] xs[t,i] + {inner} + b_n[j]"
    lines = [
        *_gate("reset_gate", "r", "sigmoid"),
        *_gate("update_gate", "z", "sigmoid"),
        "candidate_x[t,j] = W_xn[j,i] xs[t,i]",
        f"candidate_pre[t,j] = {total}",
        f"candidate[t,j] = tanh( {total} )",
        f"hs[t,j] = {keep.format(now)} hs[t-1,j] + {write.format(now)} candidate[t,j]",
        f"dcandidate[t,j] = dhs[t,j] {write.format(now)}",
        "dcandidate_pre[t,j] = dcandidate[t,j] dtanh(candidate[t,j])",
        f"dupdate_gate[t,j] = dhs[t,j] {more} - dhs[t,j] {less}",
        "dW_xn[j,i] = dcandidate_pre[t,j] xs[t,i]",
        "db_n[j] = dcandidate_pre[t,j]",
        "dxs[t,j] = W_xr[i,j] dreset_gate_pre[t,i] + W_xz[i,j] dupdate_gate_pre[t,i] + W_xn[i,j] dcandidate_pre[t,i]",
    ]
    if after:
        through_candidate = "W_hn[i,j] dcandidate_h[t+1,i]"
        lines += [
            "candidate_h[t,j] = W_hn[j,i] hs[t-1,i]" + (" + b_hn[j]" if has_inner_bias else ""),
            "reset_h[t,j] = reset_gate[t,j] candidate_h[t,j]",
            "dreset_h[t,j] = dcandidate_pre[t,j]",
            "dreset_gate[t,j] = dreset_h[t,j] candidate_h[t,j]",
            "dcandidate_h[t,j] = dreset_h[t,j] reset_gate[t,j]",
            "dW_hn[j,i] = dcandidate_h[t,j] hs[t-1,i]",
            *(["db_hn[j] = dcandidate_h[t,j]"] if has_inner_bias else []),
        ]
    else:
        through_candidate = "dreset_h[t+1,j] reset_gate[t+1,j]"
        lines += [
            "reset_h[t,j] = reset_gate[t,j] hs[t-1,j]",
            "candidate_h[t,j] = W_hn[j,i] reset_h[t,i]",
            "dcandidate_h[t,j] = dcandidate_pre[t,j]",
            "dreset_h[t,j] = W_hn[i,j] dcandidate_h[t,i]",
            "dreset_gate[t,j] = dreset_h[t,j] hs[t-1,j]",
            "dW_hn[j,i] = dcandidate_h[t,j] reset_h[t,i]",
        ]
    lines += [
        f"dhs_through_carry[t,j] = dhs[t+1,j] {keep.format(later)}",
        f"dhs[t,j] = dhs_direct[t,j] + dhs_through_carry[t,j] + {through_candidate}"
        " + W_hr[i,j] dreset_gate_pre[t+1,i] + W_hz[i,j] dupdate_gate_pre[t+1,i]",
    ]
    return lines
