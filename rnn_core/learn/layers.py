r"""The cells in torch, for a batch of sequences and several seeds at once: inputs (S, B, T, X), outputs (S, B, T, H).

Weights have the core's names with one more axis in front, S seeds. Cells that are linear in their state are computed in
parallel over the steps: elementwise ones by a scan; matrix memories by the matrix of all steps with all steps,
$y_t = \sum_{s \le t} g_{ts} (q_t^\top k_s) u_s$ with what the gates keep from step s to t, $g_{ts} = \prod_{s<r\le t} \alpha_r$.
There $u_s$ is the value that is written. DeltaNet's, $u_t = \beta_t (v_t - \alpha_t S_{t-1} k_t)$, are the unknowns of one
triangular system: $u_t + \beta_t \sum_{s<t} g_{ts} (k_t^\top k_s) u_s = \beta_t v_t$. A test holds every layer to the core's run.

`diagonal` is no published cell but the plainest one for the question: $h_t = a_t \odot h_{t-1} + W_{xu} x_t$ with $a_t$ from
$x_t$ alone, in (0, 1) as $\sigma(\cdot)$ or in (-1, 1) as $2\sigma(\cdot) - 1$ (`signed`).
"""

import math
from collections.abc import Callable, Mapping

import torch
from torch import Tensor
from torch.nn import functional as F

Weights = Mapping[str, Tensor]
RG_LRU_POWER = 8.0  # the constant c


def linear(x: Tensor, w: Weights, letter: str) -> Tensor:
    total = x @ w[f"W_x{letter}"].mT[:, None]
    return total + w[f"b_{letter}"][:, None, None] if f"b_{letter}" in w else total


def scan(A: Tensor, B: Tensor, dim: int = 2) -> Tensor:
    """All states of S_t = A_t S_{t-1} + B_t with S_0 = 0, in log2 T rounds."""
    T, distance = B.shape[dim], 1
    while distance < T:
        later, earlier = (dim, distance, T - distance), (dim, 0, T - distance)
        first = B.narrow(dim, 0, distance)
        B = torch.cat([first, A.narrow(*later) * B.narrow(*earlier) + B.narrow(*later)], dim)
        A = torch.cat([A.narrow(dim, 0, distance), A.narrow(*later) * A.narrow(*earlier)], dim)
        distance *= 2
    return B


def loop(x: Tensor, state: tuple[Tensor, ...], step: Callable[[int, tuple[Tensor, ...]], tuple[Tensor, ...]]) -> Tensor:
    outputs = []
    for t in range(x.shape[2]):
        state = step(t, state)
        outputs.append(state[0])
    return torch.stack(outputs, dim=2)


def _stacked(x: Tensor, w: Weights, gates: str) -> tuple[Tensor, Tensor, Tensor]:
    """W_x x + b of all gates, (S, B, T, gates * H), W_h of all gates transposed, and a state of zeros."""
    of_x = torch.cat([linear(x, w, gate) for gate in gates], dim=-1)
    of_h = torch.cat([w[f"W_h{gate}"] for gate in gates], dim=1).mT
    return of_x, of_h, of_x.new_zeros(*x.shape[:2], of_h.shape[1])


def rnn(x: Tensor, w: Weights) -> Tensor:
    of_x, of_h, zeros = _stacked(x, w, "h")
    return loop(x, (zeros,), lambda t, state: (torch.tanh(of_x[:, :, t] + state[0] @ of_h),))


def lstm(x: Tensor, w: Weights) -> Tensor:
    of_x, of_h, zeros = _stacked(x, w, "ifog")

    def step(t: int, state: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
        h, c = state
        sums = of_x[:, :, t] + h @ of_h
        H = h.shape[-1]
        i, f, o = torch.sigmoid(sums[..., : 3 * H]).chunk(3, dim=-1)
        c = f * c + i * torch.tanh(sums[..., 3 * H :])
        return o * torch.tanh(c), c

    return loop(x, (zeros, zeros), step)


def gru(x: Tensor, w: Weights) -> Tensor:
    of_x, of_h, zeros = _stacked(x, w, "rzn")

    def step(t: int, state: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
        (h,) = state
        H = h.shape[-1]
        sums, product = of_x[:, :, t], h @ of_h
        r, z = torch.sigmoid(sums[..., : 2 * H] + product[..., : 2 * H]).chunk(2, dim=-1)
        n = torch.tanh(sums[..., 2 * H :] + r * (product[..., 2 * H :] + w["b_hn"][:, None]))
        return (n + z * (h - n),)

    return loop(x, (zeros,), step)


def slstm(x: Tensor, w: Weights) -> Tensor:
    of_x, of_h, zeros = _stacked(x, w, "ifgo")

    def step(t: int, state: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
        h, c, n, m = state
        log_i, a_f, a_g, a_o = (of_x[:, :, t] + h @ of_h).chunk(4, dim=-1)
        log_f = F.logsigmoid(a_f)
        m_new = torch.maximum(log_f + m, log_i).detach()  # h does not depend on it
        i, f = torch.exp(log_i - m_new), torch.exp(log_f + m - m_new)
        c, n = f * c + i * torch.tanh(a_g), f * n + i
        return torch.sigmoid(a_o) * c / n, c, n, m_new

    return loop(x, (zeros, zeros, zeros, torch.full_like(zeros, -1e30)), step)


def min_gru(x: Tensor, w: Weights) -> Tensor:
    z = torch.sigmoid(linear(x, w, "z"))
    return scan(1.0 - z, z * linear(x, w, "n"))


def min_lstm(x: Tensor, w: Weights) -> Tensor:
    i, f = torch.sigmoid(linear(x, w, "i")), torch.sigmoid(linear(x, w, "f"))
    return scan(f / (f + i), i / (f + i) * linear(x, w, "g"))


def rg_lru(x: Tensor, w: Weights) -> Tensor:
    log_a = -RG_LRU_POWER * F.softplus(w["Lambda"])[:, None, None] * torch.sigmoid(linear(x, w, "r"))
    written = torch.sigmoid(linear(x, w, "i")) * linear(x, w, "u")
    return scan(torch.exp(log_a), torch.sqrt(-torch.expm1(2.0 * log_a)) * written)


def lru(x: Tensor, w: Weights) -> Tensor:
    """Complex numbers as pairs of real ones in `scan` would need their own product; here the kernel is written out."""
    T = x.shape[2]
    drive = [torch.exp(w["gamma"])[:, None, None] * (x @ w[name].mT[:, None]) for name in ("B_re", "B_im")]
    lags = torch.arange(T, dtype=x.dtype)
    size = torch.exp(-torch.exp(w["nu"])[:, :, None] * lags)  # (S, N, T) |lambda| to the power of the lag
    angle = torch.exp(w["theta"])[:, :, None] * lags
    index = (lags[:, None] - lags).long()
    past = (index >= 0).to(x.dtype)
    kernel = [
        (size * turn)[:, :, index.clamp(min=0)] * past for turn in (torch.cos(angle), torch.sin(angle))
    ]  # (S, N, T, T)
    re, im = (part.permute(0, 3, 1, 2) for part in (drive[0], drive[1]))  # (S, N, B, T)
    s_re = re @ kernel[0].mT - im @ kernel[1].mT
    s_im = re @ kernel[1].mT + im @ kernel[0].mT
    read = [s_re.permute(0, 2, 3, 1) @ w["C_re"].mT[:, None], s_im.permute(0, 2, 3, 1) @ w["C_im"].mT[:, None]]
    return read[0] - read[1] + x @ w["D"].mT[:, None]


def diagonal(x: Tensor, w: Weights, signed: bool) -> Tensor:
    a = torch.sigmoid(linear(x, w, "a"))
    return scan(2.0 * a - 1.0 if signed else a, linear(x, w, "u"))


def selective(x: Tensor, w: Weights) -> Tensor:
    u, delta = linear(x, w, "u"), F.softplus(linear(x, w, "d"))
    B, C = linear(x, w, "B"), linear(x, w, "C")
    decay = torch.exp(-delta[..., None] * torch.exp(w["log_rate"])[:, None, None])
    s = scan(decay, (delta * u)[..., None] * B[..., None, :])
    return (s * C[..., None, :]).sum(-1) + w["D"][:, None, None] * u


def log_kept(log_gate: Tensor) -> Tensor:
    """log g_ts (S, B, T, T) of gates (S, B, T, 1) given as logarithms; minus infinity for later steps s."""
    total = log_gate.cumsum(dim=2)
    future = torch.ones(total.shape[2], total.shape[2], dtype=torch.bool).triu(diagonal=1)
    return (total - total.mT).masked_fill(future, -math.inf)


def mlstm(x: Tensor, w: Weights) -> Tensor:
    q, v = linear(x, w, "q"), linear(x, w, "v")
    k = x @ w["W_xk"].mT[:, None] / math.sqrt(q.shape[-1]) + w["b_k"][:, None, None]
    log_written = log_kept(F.logsigmoid(linear(x, w, "f"))) + linear(x, w, "i").mT
    m = log_written.amax(dim=-1, keepdim=True).detach()  # h does not depend on it
    scores = torch.exp(log_written - m) * (q @ k.mT)
    size = torch.maximum(scores.sum(-1, keepdim=True).abs(), torch.exp(-m))
    return torch.sigmoid(linear(x, w, "o")) * (scores @ v) / size


def linear_attention(x: Tensor, w: Weights) -> Tensor:
    q, k, v = (linear(x, w, letter) for letter in "qkv")
    return torch.tril(q @ k.mT) @ v


def delta_net(x: Tensor, w: Weights, negative: bool) -> Tensor:
    q, k = (a * torch.rsqrt((a * a).sum(-1, keepdim=True) + 1e-6) for a in (linear(x, w, "q"), linear(x, w, "k")))
    v = linear(x, w, "v")
    beta = (2.0 if negative else 1.0) * torch.sigmoid(linear(x, w, "b"))
    with_keys, with_queries = torch.tril(k @ k.mT, diagonal=-1), torch.tril(q @ k.mT)
    if "log_rate" in w:
        kept = torch.exp(log_kept(-torch.exp(w["log_rate"])[:, None, None] * F.softplus(linear(x, w, "a"))))
        with_keys, with_queries = kept * with_keys, kept * with_queries
    system = torch.eye(x.shape[2], dtype=x.dtype) + beta * with_keys
    errors: Tensor = torch.linalg.solve_triangular(system, beta * v, upper=False, unitriangular=True)
    return with_queries @ errors


def attention(x: Tensor, w: Weights) -> Tensor:
    q, k, v = (linear(x, w, letter) for letter in "qkv")
    future = torch.ones(x.shape[2], x.shape[2], dtype=torch.bool).triu(diagonal=1)
    scores = (q @ k.mT / math.sqrt(q.shape[-1])).masked_fill(future, -math.inf)
    return torch.softmax(scores, dim=-1) @ v


LAYERS: Mapping[str, Callable[[Tensor, Weights], Tensor]] = {
    "rnn": rnn,
    "lstm": lstm,
    "gru": gru,
    "slstm": slstm,
    "mlstm": mlstm,
    "min_gru": min_gru,
    "min_lstm": min_lstm,
    "lru": lru,
    "rg_lru": rg_lru,
    "diagonal_positive": lambda x, w: diagonal(x, w, signed=False),
    "diagonal_signed": lambda x, w: diagonal(x, w, signed=True),
    "selective": selective,
    "linear_attention": linear_attention,
    "delta_net": lambda x, w: delta_net(x, w, negative=False),
    "gated_delta_net": lambda x, w: delta_net(x, w, negative=False),
    "delta_net_negative": lambda x, w: delta_net(x, w, negative=True),
    "attention": attention,
}
