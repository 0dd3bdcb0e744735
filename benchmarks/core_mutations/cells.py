"""Mistakes in the plain cell, the LSTM and the GRU, and in what all cells share."""

from benchmarks.core_mutations.mutation import Mutation


def in_stack(cell: str, gate: str, what: str, new: str) -> Mutation:
    """A mistake in one gate's weights, where they are put above those of the other gates."""
    old = "getattr(self, prefix + gate)"
    return Mutation(f"cells/{cell}.py", f"{cell} {gate}: {what}", old, new.format(old=old, gate=gate))


OF_EACH_GATE = (
    ("its sign turned", '(-1.0 if gate == "{gate}" else 1.0) * {old}'),
    ("W_x's sign turned", '(-1.0 if prefix + gate == "W_x{gate}" else 1.0) * {old}'),
    ("W_h transposed", '({old}.T if prefix + gate == "W_h{gate}" else {old})'),
    ("bias dropped", '(0.0 if prefix + gate == "b_{gate}" else 1.0) * {old}'),
)
LSTM, GRU, RNN = "cells/lstm.py", "cells/gru.py", "cells/rnn.py"
LSTM_FAST, GRU_FAST, RNN_FAST = "cells/lstm_fast.py", "cells/gru_fast.py", "cells/rnn_fast.py"

CELLS = (
    *(in_stack("lstm", gate, what, new) for gate in "ifgo" for what, new in OF_EACH_GATE),
    *(in_stack("gru", gate, what, new) for gate in "rzn" for what, new in OF_EACH_GATE),
    # The plain cell
    Mutation(RNN_FAST, "rnn: W_hh transposed forward", "W_hh.dot(h_prev, a_h)", "W_hh.T.dot(h_prev, a_h)"),
    Mutation(RNN_FAST, "rnn: W_hh transposed backward", "da.dot(W_hh, sent)", "da.dot(W_hh.T, sent)"),
    Mutation(RNN_FAST, "rnn: W_hh's sign turned", "np.add(a, a_h, a)", "np.subtract(a, a_h, a)"),
    Mutation(RNN_FAST, "rnn: bias dropped", "np.add(pre_x, params.b_h, pre)", "np.copyto(pre, pre_x)"),
    Mutation(RNN_FAST, "rnn: bias's gradient dropped", "dpre.sum(0), params", "0.0 * dpre.sum(0), params"),
    Mutation(RNN_FAST, "rnn: h_0 forgotten", "hs[0] = h_0", "hs[0] = 0.0"),
    Mutation(RNN_FAST, "rnn: h_0 read at every step", "zip(hs[:-1], pre_h", "zip(hs[:1].repeat(T, 0), pre_h"),
    Mutation(RNN_FAST, "rnn: W_hh's gradient one step late", "trace.hs[:-1], dpre.sum", "trace.hs[1:], dpre.sum"),
    Mutation(RNN_FAST, "rnn: slope one step early", "trace.hs[1:])))", "trace.hs[:-1])))"),
    Mutation(RNN_FAST, "rnn: direct gradients one step early", "0.0, dhs_direct", "0.0, np.roll(dhs_direct, 1, 0)"),
    Mutation(RNN_FAST, "rnn: nothing sent back", "np.add(dh_prev, sent, dh_prev)", "pass"),
    Mutation(
        RNN_FAST,
        "rnn: silence lets gradient through",
        'masks.without_overridden("h", slope',
        '(lambda _, s: s)("h", slope',
    ),
    # The LSTM forward
    Mutation(LSTM_FAST, "lstm: W_h's sign turned", "np.add(a, a_h, a)", "np.subtract(a, a_h, a)"),
    Mutation(LSTM_FAST, "lstm: all biases dropped", 'np.add(pre_x, params.stack("b_"), pre)', "np.copyto(pre, pre_x)"),
    Mutation(LSTM_FAST, "lstm: h_0 forgotten", "hs[0], cs[0] = h_0, c_0", "hs[0], cs[0] = 0.0, c_0"),
    Mutation(LSTM_FAST, "lstm: c_0 forgotten", "hs[0], cs[0] = h_0, c_0", "hs[0], cs[0] = h_0, 0.0"),
    Mutation(LSTM_FAST, "lstm: h_0 read at every step", "zip(hs[:-1], cs[:-1]", "zip(hs[:1].repeat(T, 0), cs[:-1]"),
    Mutation(LSTM_FAST, "lstm: c_0 read at every step", "zip(hs[:-1], cs[:-1]", "zip(hs[:-1], cs[:1].repeat(T, 0)"),
    Mutation(
        LSTM_FAST, "lstm: the cell forgets with i", "np.multiply(f, c_prev, kept)", "np.multiply(i, c_prev, kept)"
    ),
    Mutation(LSTM_FAST, "lstm: the cell writes with o", "np.multiply(i, g, written)", "np.multiply(o, g, written)"),
    Mutation(LSTM_FAST, "lstm: the cell subtracts", "np.add(kept, written, c)", "np.subtract(kept, written, c)"),
    Mutation(LSTM_FAST, "lstm: h without tanh", "np.tanh(c, tanh_c)", "np.copyto(tanh_c, c)"),
    Mutation(LSTM_FAST, "lstm: coupled i is f", "np.subtract(ONE, f, i)", "np.copyto(i, f)"),
    Mutation(LSTM_FAST, "lstm: no forget gate is f = 0", "f[:] = 1.0", "f[:] = 0.0"),
    Mutation(LSTM_FAST, "lstm: peephole of i dropped", "a_i += w_ci * c_prev", "pass"),
    Mutation(LSTM_FAST, "lstm: peephole of f with i's weights", "a_f += w_cf * c_prev", "a_f += w_ci * c_prev"),
    Mutation(LSTM_FAST, "lstm: peephole of o one step early", "a_o += w_co * c\n", "a_o += w_co * c_prev\n"),
    # The LSTM backward
    Mutation(LSTM_FAST, "lstm: tanh(c)'s slope of o", "tanh_slope(trace.tanh_c)", "tanh_slope(o)"),
    Mutation(LSTM_FAST, "lstm: c_prev one step late", "c_prev = trace.cs[:-1]", "c_prev = trace.cs[1:]"),
    Mutation(
        LSTM_FAST,
        "lstm: carry by i",
        'c_by_c=masks.without_overridden("c", f)',
        'c_by_c=masks.without_overridden("c", i)',
    ),
    Mutation(
        LSTM_FAST,
        "lstm: i's gradient by f",
        'c_by_i=masks.without_overridden("c", g)',
        'c_by_i=masks.without_overridden("c", f)',
    ),
    Mutation(LSTM_FAST, "lstm: i's slope as tanh's", '"input_gate", sigmoid_slope(i)', '"input_gate", tanh_slope(i)'),
    Mutation(LSTM_FAST, "lstm: f's slope as tanh's", '"forget_gate", sigmoid_slope(f)', '"forget_gate", tanh_slope(f)'),
    Mutation(LSTM_FAST, "lstm: g's slope as sigma's", '"candidate", tanh_slope(g)', '"candidate", sigmoid_slope(g)'),
    Mutation(LSTM_FAST, "lstm: o's slope as tanh's", '"output_gate", sigmoid_slope(o)', '"output_gate", tanh_slope(o)'),
    Mutation(
        LSTM_FAST,
        "lstm: coupled f forgets i's part",
        'if trace.params.variant == "coupled" else c_prev',
        "if 0 else c_prev",
    ),
    Mutation(LSTM_FAST, "lstm: nothing along the cell", "np.add(dc_prev, from_forget, dc_prev)", "pass"),
    Mutation(LSTM_FAST, "lstm: nothing from h to c", "np.add(dc, from_output, dc)", "pass"),
    Mutation(LSTM_FAST, "lstm: nothing back through h", "np.add(dh_prev, sent, dh_prev)", "pass"),
    Mutation(LSTM_FAST, "lstm: nothing back through o's peephole", "dc += da_o * w_co", "pass"),
    Mutation(LSTM_FAST, "lstm: nothing back through the others", "dc_prev += from_peepholes_prev", "pass"),
    Mutation(
        LSTM_FAST, "lstm: direct gradients one step early", "= dhs_direct, dcs", "= np.roll(dhs_direct, 1, 0), dcs"
    ),
    Mutation(LSTM_FAST, "lstm: direct gradients on c dropped", "= dhs_direct, dcs_direct", "= dhs_direct, 0.0"),
    Mutation(LSTM_FAST, "lstm: W_h's gradient one step late", "flat.T @ trace.hs[:-1]", "flat.T @ trace.hs[1:]"),
    Mutation(LSTM_FAST, "lstm: w_co's gradient one step early", '("o", trace.cs[1:])', '("o", trace.cs[:-1])'),
    Mutation(LSTM, "lstm: contributions one step late", '"W_h": trace.hs[:-1]', '"W_h": trace.hs[1:]'),
    # The GRU forward
    Mutation(GRU_FAST, "gru: all biases dropped", 'np.add(pre_x, params.stack("b_"), pre)', "np.copyto(pre, pre_x)"),
    Mutation(GRU_FAST, "gru: inner bias dropped", "np.add(candidate_h, b_hn, candidate_h)", "pass"),
    Mutation(GRU_FAST, "gru: h_0 forgotten", "hs[0] = h_0", "hs[0] = 0.0"),
    Mutation(GRU_FAST, "gru: h_0 read at every step", "zip(hs[:-1], *sums", "zip(hs[:1].repeat(T, 0), *sums"),
    Mutation(
        GRU_FAST, "gru: z turned round", "if params.z_keeps else (not_z, z)", "if not params.z_keeps else (not_z, z)"
    ),
    Mutation(GRU_FAST, "gru: the candidate subtracts", "np.add(kept, written, h)", "np.subtract(kept, written, h)"),
    Mutation(
        GRU_FAST,
        "gru: r not applied (after)",
        "np.multiply(r, candidate_h, reset_h)",
        "np.copyto(reset_h, candidate_h)",
    ),
    Mutation(GRU_FAST, "gru: r not applied (before)", "np.multiply(r, h_prev, reset_h)", "np.copyto(reset_h, h_prev)"),
    Mutation(GRU_FAST, "gru: z is 1 - z twice", "np.subtract(ONE, z, not_z)", "np.copyto(not_z, z)"),
    # The GRU backward
    Mutation(
        GRU_FAST,
        "gru: z's gradient turned round",
        "h_prev - n if keeps else n - h_prev",
        "n - h_prev if keeps else h_prev - n",
    ),
    Mutation(GRU_FAST, "gru: nothing along the carry", "np.add(dh_prev, carried, dh_prev)", "pass"),
    Mutation(GRU_FAST, "gru: nothing back through the gates", "np.add(dh_prev, sent, dh_prev)", "pass"),
    Mutation(
        GRU_FAST,
        "gru: r left out of the way back (after)",
        "np.multiply(dreset_h, r, dcandidate_h)",
        "np.copyto(dcandidate_h, dreset_h)",
    ),
    Mutation(GRU_FAST, "gru: r left out of the way back (before)", "dreset_h * r, sent", "dreset_h, sent"),
    Mutation(
        GRU_FAST,
        "gru: W_hn transposed backward (before)",
        "W_h[2 * len(dh) :], dreset_h",
        "W_h[2 * len(dh) :].T, dreset_h",
    ),
    Mutation(GRU_FAST, "gru: n's slope as sigma's", '"candidate", tanh_slope(n)', '"candidate", sigmoid_slope(n)'),
    Mutation(GRU_FAST, "gru: z's slope as tanh's", '"update_gate", sigmoid_slope(z)', '"update_gate", tanh_slope(z)'),
    Mutation(GRU_FAST, "gru: r's slope as tanh's", '"reset_gate", sigmoid_slope(r)', '"reset_gate", tanh_slope(r)'),
    Mutation(GRU_FAST, "gru: W_h's gradient one step late", "flat.T @ h_prev", "flat.T @ trace.hs[1:]"),
    Mutation(
        GRU_FAST, "gru: W_hn's gradient without r (before)", "dcandidate_h.T @ trace.reset_h", "dcandidate_h.T @ h_prev"
    ),
    # The plain steps
    Mutation(RNN, "rnn: plain step without bias", " + params.b_h)", ")"),
    Mutation(LSTM, "lstm: plain step forgets with i", "c = f * c_prev + i * g", "c = i * c_prev + i * g"),
    Mutation(LSTM, "lstm: plain o sees the cell before", 'o = sigma(a("o", c))', 'o = sigma(a("o"))'),
    Mutation(GRU, "gru: plain step without inner bias", "p.W_hn @ h_prev + b_hn", "p.W_hn @ h_prev"),
    Mutation(GRU, "gru: plain step resets after the product", "p.W_hn @ (r * h_prev)", "r * (p.W_hn @ h_prev)"),
    # What the cells share
    Mutation("cells/activations.py", "sigma's slope", "return s * (1.0 - s)", "return s * (1.0 + s)"),
    Mutation("cells/activations.py", "relu's slope", "np.where(y > 0.0, 1.0, 0.0)", "np.ones_like(y)"),
    Mutation("cells/rows.py", "truncation one step late", "t % chunk else None", "(t - 1) % chunk else None"),
    Mutation("cells/rows.py", "h_0 gets no gradient", "sent if t == 0 or t % chunk", "sent if t % chunk"),
    Mutation("cells/base.py", "paths not truncated", "through[self.truncate :: self.truncate] = 0.0", "pass"),
    Mutation("cells/interventions.py", "overridden values pass gradient", "np.where(found.mask, 0.0, slope)", "slope"),
    Mutation(
        "cells/interventions.py",
        "values are not overridden",
        "np.copyto(row, found.values[step], where=found.mask[step])",
        "pass",
    ),
)
