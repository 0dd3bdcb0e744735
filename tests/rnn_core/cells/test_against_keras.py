"""Keras 3 over torch, an independent third: it confirms both conventions of the GRU's reset gate, and that they differ."""

import keras
import numpy as np
import pytest
import torch

import rnn_core as rc


# Over torch, Keras multiplies matrices in 32 bits whatever precision its layers have; only the path that it hands to torch's
# fused kernel, reset_after=True, keeps 64. Both are far below the difference between the conventions.
@pytest.mark.parametrize(("reset", "tolerance"), [("after", 1e-12), ("before", 2e-6)])
def test_the_gru_and_its_gradients_are_those_of_keras(reset, tolerance):
    X, H, T = 3, 4, 6
    params = rc.init_params("gru", X, H, seed=1, reset=reset)
    xs, dhs = np.random.default_rng(0).normal(size=(T, X)), np.random.default_rng(1).normal(size=(T, H))
    layer = keras.layers.GRU(H, reset_after=reset == "after", return_sequences=True, dtype="float64")
    layer.build((1, T, X))

    def stacked(name):
        """Keras's order of the gates is z, r, n, and its weights are applied as x @ W."""
        return np.concatenate([getattr(params, name + gate) for gate in "zrn"]).T

    first, second = stacked("b_"), np.concatenate((np.zeros(2 * H), params.b_hn if reset == "after" else np.zeros(H)))
    bias = np.stack((first, second)) if reset == "after" else first
    layer.set_weights([stacked("W_x"), stacked("W_h"), bias])
    x = torch.from_numpy(xs[None].copy()).requires_grad_()
    ys = layer(x)
    (ys[0] * torch.from_numpy(dhs)).sum().backward()

    trace = rc.run(params, xs)
    np.testing.assert_allclose(trace.hs[1:], ys[0].detach().numpy(), rtol=0, atol=tolerance)
    grads = rc.bptt(trace, dhs)
    np.testing.assert_allclose(grads.dxs, x.grad[0].numpy(), rtol=0, atol=tolerance)
    kernel, recurrent_kernel = (each.value.grad.numpy() for each in layer.trainable_variables[:2])
    for k, gate in enumerate("zrn"):
        at = slice(k * H, (k + 1) * H)
        np.testing.assert_allclose(getattr(grads.params, "W_x" + gate), kernel[:, at].T, rtol=0, atol=tolerance)
        np.testing.assert_allclose(
            getattr(grads.params, "W_h" + gate), recurrent_kernel[:, at].T, rtol=0, atol=tolerance
        )

    other = rc.init_params("gru", X, H, seed=1, reset="before" if reset == "after" else "after")
    assert np.abs(rc.run(other, xs).hs - trace.hs).max() > 1e-2
