"""A second, independent implementation of the cells in torch, one value at a time, whose gradients are autograd's.

Nothing is shared with rnn_core but the names. Each use of a state is a copy with a name of its own ("h_to_forget_gate"),
so that autograd also says by which way a state's gradient came.
"""

from collections import defaultdict
from dataclasses import fields

import numpy as np
import torch

import rnn_core as rc


class Reference:
    """A run of `params` over `xs`. `values[name]` is the list of that value's tensors, one a step."""

    def __init__(self, params, xs, h_0=None, c_0=None, interventions=(), truncate=None):
        self.params, self.interventions, self.truncate = params, interventions, truncate
        self.T, self.H = len(xs), params.hidden_size
        self.weights = {
            field.name: torch.tensor(value, requires_grad=True)
            for field in fields(params)
            if isinstance(value := getattr(params, field.name), np.ndarray)
        }
        self.values = defaultdict(list)
        zeros = np.zeros(self.H)
        self.t = -1
        h = self.keep("hs", torch.tensor(zeros if h_0 is None else h_0))
        c = self.keep("cs", torch.tensor(zeros if c_0 is None else c_0))
        for t in range(self.T):
            self.t = t
            if truncate and t and t % truncate == 0:
                h, c = h.detach(), c.detach()
            x = self.keep("xs", torch.tensor(xs[t]))
            h, c = {"rnn": self.rnn, "lstm": self.lstm, "gru": self.gru}[params.cell](x, h, c)

    def keep(self, name, tensor, held_as=None):
        """Note a value, after holding what the interventions hold of it."""
        for each in self.interventions if self.t >= 0 else ():
            match each:
                case rc.Clamp(gate, units, value, steps):
                    target = gate
                case rc.Silence(units, steps):
                    target, value = "h", 0.0
                case rc.SetState(target, units, value, step):
                    steps = (step,)
            if target == (held_as or name) and (steps is None or self.t in steps):
                mask = torch.zeros(self.H, dtype=torch.bool)
                mask[list(units)] = True
                tensor = torch.where(mask, torch.tensor(value, dtype=torch.float64), tensor)
        if not tensor.requires_grad:
            tensor.requires_grad_()
        tensor.retain_grad()
        self.values[name].append(tensor)
        return tensor

    def gate(self, name, letter, squash, x, h, c=None):
        """squash(W_x x + W_h h + b), and what a peephole adds."""
        w = self.weights
        from_x = self.keep(f"{name}_x", w[f"W_x{letter}"] @ x)
        from_h = self.keep(f"{name}_h", w[f"W_h{letter}"] @ self.keep(f"h_to_{name}", h.clone()))
        total = from_x + from_h + w[f"b_{letter}"]
        if c is not None:
            total = total + self.keep(f"{name}_c", w[f"w_c{letter}"] * self.keep(f"c_to_{name}", c.clone()))
        return self.keep(name, squash(self.keep(f"{name}_pre", total)))

    def rnn(self, x, h, c):
        w = self.weights
        phi = {"tanh": torch.tanh, "relu": torch.relu, "sigmoid": torch.sigmoid, "linear": torch.clone}
        from_x = self.keep("pre_x", w["W_xh"] @ x)
        from_h = self.keep("pre_h", w["W_hh"] @ self.keep("h_to_recurrence", h.clone()))
        pre = self.keep("pre", from_x + from_h + w["b_h"])
        return self.keep("hs", phi[self.params.activation](pre), held_as="h"), c

    def lstm(self, x, h, c):
        variant = self.params.variant
        looks = c if variant == "peephole" else None
        if variant == "no_forget":
            f = self.keep("forget_gate", torch.ones(self.H, dtype=torch.float64))
        else:
            f = self.gate("forget_gate", "f", torch.sigmoid, x, h, looks)
        if variant == "coupled":
            i = self.keep("input_gate", 1 - f)
        else:
            i = self.gate("input_gate", "i", torch.sigmoid, x, h, looks)
        g = self.gate("candidate", "g", torch.tanh, x, h)
        c = self.keep("cs", f * self.keep("c_to_cell", c.clone()) + i * g, held_as="c")
        o = self.gate("output_gate", "o", torch.sigmoid, x, h, c if variant == "peephole" else None)
        tanh_c = self.keep("tanh_c", torch.tanh(self.keep("c_to_output", c.clone())))
        return self.keep("hs", o * tanh_c, held_as="h"), c

    def gru(self, x, h, c):
        w = self.weights
        r = self.gate("reset_gate", "r", torch.sigmoid, x, h)
        z = self.gate("update_gate", "z", torch.sigmoid, x, h)
        h_to_n = self.keep("h_to_candidate", h.clone())
        from_x = self.keep("candidate_x", w["W_xn"] @ x)
        if self.params.reset == "after":
            inner = self.keep("candidate_h", w["W_hn"] @ h_to_n + w.get("b_hn", 0.0))
            from_h = self.keep("reset_h", r * inner)
        else:
            from_h = self.keep("candidate_h", w["W_hn"] @ self.keep("reset_h", r * h_to_n))
        n = self.keep("candidate", torch.tanh(self.keep("candidate_pre", from_x + from_h + w["b_n"])))
        h_kept = self.keep("h_to_carry", h.clone())
        h = z * h_kept + (1 - z) * n if self.params.z_keeps else (1 - z) * h_kept + z * n
        return self.keep("hs", h, held_as="h"), c

    def backward(self, dhs, dcs=None):
        """Autograd, from the loss whose direct gradients on h_1..h_T and c_1..c_T these are."""
        loss = (torch.stack(self.values["hs"][1:]) * torch.tensor(dhs)).sum()
        if dcs is not None:
            loss = loss + (torch.stack(self.values["cs"][1:]) * torch.tensor(dcs)).sum()
        loss.backward()
        return self

    def value(self, name):
        return np.stack([tensor.detach().numpy() for tensor in self.values[name]])

    def grad(self, name):
        """(steps, size): the gradient on this value; where the loss does not feel it, 0."""
        zeros = torch.zeros_like
        return np.stack([(zeros(t) if t.grad is None else t.grad).numpy() for t in self.values[name]])

    def weight_grad(self, name):
        weight = self.weights[name]
        return (torch.zeros_like(weight) if weight.grad is None else weight.grad).numpy()
