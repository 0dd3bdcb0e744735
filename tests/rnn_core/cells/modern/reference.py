"""The modern cells a second time: one step after another in torch, with autograd behind it. Nothing is shared but names.

`reference(params, xs)` returns the values by name, each as a list of one tensor a step, and the leaves.
"""

import math
from collections import defaultdict
from dataclasses import fields

import numpy as np
import torch
from torch.nn import functional as F


class Reference:
    def __init__(self, params, xs, states):
        self.params = params
        self.weights = {
            field.name: torch.tensor(value, requires_grad=True)
            for field in fields(params)
            if isinstance(value := getattr(params, field.name), np.ndarray)
        }
        self.values = defaultdict(list)
        self.before = {name: torch.tensor(value, requires_grad=True) for name, value in states.items()}
        self.xs = [torch.tensor(x, requires_grad=True) for x in xs]
        self.outputs = []
        step = getattr(self, params.cell)
        state = dict(self.before)
        for x in self.xs:
            y, state = step(x, state)
            self.outputs.append(y)

    def keep(self, name, tensor):
        if tensor.requires_grad:
            tensor.retain_grad()
        self.values[name].append(tensor)
        return tensor

    def w(self, name):
        return self.weights[name]

    def of_x(self, letter, x):
        total = self.w(f"W_x{letter}") @ x
        return total + self.w(f"b_{letter}") if f"b_{letter}" in self.weights else total

    def backward(self, direct):
        sum((y * torch.tensor(d)).sum() for y, d in zip(self.outputs, direct, strict=True)).backward()
        return self

    def min_gru(self, x, state):
        z = self.keep("update_gate", torch.sigmoid(self.of_x("z", x)))
        n = self.keep("candidate", self.of_x("n", x))
        h = self.keep("hs", state["hs"] + z * (n - state["hs"]))
        return h, {"hs": h}

    def min_lstm(self, x, state):
        f = self.keep("forget_gate", torch.sigmoid(self.of_x("f", x)))
        i = self.keep("input_gate", torch.sigmoid(self.of_x("i", x)))
        g = self.keep("candidate", self.of_x("g", x))
        if self.params.normalised:
            f, i = self.keep("forget_share", f / (f + i)), self.keep("input_share", i / (f + i))
        h = self.keep("hs", f * state["hs"] + i * g)
        return h, {"hs": h}

    def lru(self, x, state):
        magnitude, angle = torch.exp(-torch.exp(self.w("nu"))), torch.exp(self.w("theta"))
        eigenvalue = torch.polar(magnitude, angle)
        B, C = (torch.complex(self.w(f"{name}_re"), self.w(f"{name}_im")) for name in "BC")
        s = torch.complex(state["hs_re"], state["hs_im"])
        s = eigenvalue * s + torch.exp(self.w("gamma")) * (B @ x.to(torch.complex128))
        kept = {"hs_re": self.keep("hs_re", s.real.clone()), "hs_im": self.keep("hs_im", s.imag.clone())}
        s = torch.complex(kept["hs_re"], kept["hs_im"])
        return self.keep("ys", (C @ s).real + self.w("D") @ x), kept

    def s4d(self, x, state):
        u = self.keep("inner", self.w("W_xu") @ x)
        A = torch.complex(-torch.exp(self.w("log_rate")), self.w("frequency"))
        dt_A = torch.exp(self.w("log_step"))[:, None] * A
        B, C = (torch.complex(self.w(f"{name}_re"), self.w(f"{name}_im")) for name in "BC")
        s = torch.complex(state["hs_re"], state["hs_im"])
        s = torch.exp(dt_A) * s + (torch.exp(dt_A) - 1) / A * B * u[:, None]
        kept = {"hs_re": self.keep("hs_re", s.real.clone()), "hs_im": self.keep("hs_im", s.imag.clone())}
        s = torch.complex(kept["hs_re"], kept["hs_im"])
        return self.keep("ys", (C * s).sum(1).real + self.w("D") * u), kept

    def rg_lru(self, x, state):
        r = self.keep("recurrence_gate", torch.sigmoid(self.of_x("r", x)))
        i = self.keep("input_gate", torch.sigmoid(self.of_x("i", x)))
        log_a = self.keep("log_decay", -8.0 * F.softplus(self.w("Lambda"), threshold=1e9) * r)
        a = self.keep("decay", torch.exp(log_a))
        root = self.keep("write_scale", torch.sqrt(-torch.expm1(2 * log_a)))
        h = self.keep("hs", a * state["hs"] + root * i * self.keep("inner", self.w("W_xu") @ x))
        return h, {"hs": h}

    def selective(self, x, state):
        u = self.keep("inner", self.w("W_xu") @ x)
        delta = self.keep("step_size", F.softplus(self.of_x("d", x), threshold=1e9))
        B, C = self.keep("input_map", self.w("W_xB") @ x), self.keep("output_map", self.w("W_xC") @ x)
        A = -torch.exp(self.w("log_rate"))
        s = self.keep("decay", torch.exp(delta[:, None] * A)) * state["hs"] + torch.outer(delta * u, B)
        s = self.keep("hs", s)
        return self.keep("ys", s @ C + self.w("D") * u), {"hs": s}

    def log_forget(self, a_f):
        return self.keep("log_forget", a_f.clone() if self.params.forget == "exp" else F.logsigmoid(a_f))

    def slstm(self, x, state):
        a = {gate: self.of_x(gate, x) + self.w(f"W_h{gate}") @ state["hs"] for gate in "ifgo"}
        log_i, log_f = self.keep("input_gate_pre", a["i"]), self.log_forget(a["f"])
        m = torch.maximum(log_f + state["stabiliser"], log_i)
        i = self.keep("input_gate", torch.exp(log_i - m))
        f = self.keep("forget_gate", torch.exp(log_f + state["stabiliser"] - m))
        g, o = self.keep("candidate", torch.tanh(a["g"])), self.keep("output_gate", torch.sigmoid(a["o"]))
        c, n = self.keep("cs", f * state["cs"] + i * g), self.keep("normaliser", f * state["normaliser"] + i)
        h = self.keep("hs", o * (c / n))
        return h, {"hs": h, "cs": c, "normaliser": n, "stabiliser": m}

    def mlstm(self, x, state):
        q, v = self.keep("query", self.of_x("q", x)), self.keep("value", self.of_x("v", x))
        k = self.keep("key", self.w("W_xk") @ x / math.sqrt(len(q)) + self.w("b_k"))
        log_i, log_f = self.keep("input_gate_pre", self.of_x("i", x)), self.log_forget(self.of_x("f", x))
        m = torch.maximum(log_f + state["stabiliser"], log_i)
        i = self.keep("input_gate", torch.exp(log_i - m))
        f = self.keep("forget_gate", torch.exp(log_f + state["stabiliser"] - m))
        C = self.keep("memory", f * state["memory"] + i * torch.outer(v, k))
        n = self.keep("normaliser", f * state["normaliser"] + i * k)
        o = self.keep("output_gate", torch.sigmoid(self.of_x("o", x)))
        h = o * (C @ q) / torch.maximum(torch.dot(n, q).abs(), torch.exp(-m))
        return self.keep("hs", h), {"memory": C, "normaliser": n, "stabiliser": m}

    def linear_attention(self, x, state):
        q, k, v = (self.w(f"W_x{letter}") @ x for letter in "qkv")
        if self.params.feature == "elu":
            q, k = F.elu(q) + 1, F.elu(k) + 1
        q, k, v = self.keep("query", q), self.keep("key", k), self.keep("value", v)
        S = self.keep("memory", state["memory"] + torch.outer(v, k))
        if self.params.feature == "identity":
            return self.keep("ys", S @ q), {"memory": S}
        z = self.keep("normaliser", state["normaliser"] + k)
        return self.keep("ys", S @ q / torch.dot(z, q)), {"memory": S, "normaliser": z}

    def delta_net(self, x, state):
        q, k = (self.w(f"W_x{letter}") @ x for letter in "qk")
        q = self.keep("query", q * torch.rsqrt((q * q).sum() + 1e-6))
        k = self.keep("key", k * torch.rsqrt((k * k).sum() + 1e-6))
        v = self.keep("value", self.w("W_xv") @ x)
        beta = self.keep("write", (2 if self.params.negative else 1) * torch.sigmoid(self.of_x("b", x)))
        transition = torch.eye(len(k), dtype=torch.float64) - beta * torch.outer(k, k)
        if self.params.gated:
            alpha = torch.exp(-torch.exp(self.w("log_rate")) * F.softplus(self.of_x("a", x), threshold=1e9))
            transition = self.keep("decay", alpha) * transition
        S = self.keep("memory", state["memory"] @ transition + beta * torch.outer(v, k))
        return self.keep("ys", S @ q), {"memory": S}

    def rwkv7(self, x, state):
        r, k = self.keep("receptance", self.w("W_xr") @ x), self.keep("key", self.w("W_xk") @ x)
        v = self.keep("value", self.w("W_xv") @ x)
        w = self.keep("decay", torch.exp(-math.exp(-0.5) * torch.sigmoid(self.of_x("w", x))))
        a = self.keep("rate_gate", torch.sigmoid(self.of_x("a", x)))
        kappa = k * self.w("xi")
        kappa = self.keep("removal", kappa * torch.rsqrt((kappa * kappa).sum() + 1e-6))
        written = self.keep("written_key", k * (1 + (a - 1) * self.w("mu")))
        transition = torch.diag(w) - torch.outer(kappa, a * kappa)
        S = self.keep("memory", state["memory"] @ transition + torch.outer(v, written))
        return self.keep("ys", S @ r), {"memory": S}

    def attention(self, x, state):
        q, _, _ = (self.keep(name, self.w(f"W_x{name[0]}") @ x) for name in ("query", "key", "value"))
        keys, values = torch.stack(self.values["key"]), torch.stack(self.values["value"])
        weights = torch.softmax(keys @ q / math.sqrt(len(q)), dim=0)
        return self.keep("ys", weights @ values), {}
