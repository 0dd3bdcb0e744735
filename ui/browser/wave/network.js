// The Home page's GRU, in the browser: it reads a wave and goes on with its own predictions.
// rnn_core/studies/home_wave.py is the reference: tests/ui/browser/test_wave.py holds both equal.

const sigmoid = (a) => 1 / (1 + Math.exp(-a))

export class Network {
  /** @param {Record<string, number[]>} weights flat, row by row, under the core's names; b_y is a list of one number */
  constructor(weights) {
    this.weights = weights
    this.units = weights.b_r.length
  }

  /** The state after x: reset "after", z keeps. */
  step(x, before) {
    const { W_xr, W_xz, W_xn, W_hr, W_hz, W_hn, b_r, b_z, b_n, b_hn } = this.weights
    const after = new Float64Array(this.units)
    for (let unit = 0; unit < this.units; unit++) {
      const r = sigmoid(W_xr[unit] * x + this.product(W_hr, unit, before) + b_r[unit])
      const z = sigmoid(W_xz[unit] * x + this.product(W_hz, unit, before) + b_z[unit])
      const n = Math.tanh(W_xn[unit] * x + b_n[unit] + r * (this.product(W_hn, unit, before) + b_hn[unit]))
      after[unit] = z * before[unit] + (1 - z) * n
    }
    return after
  }

  product(matrix, row, vector) {
    let sum = 0
    for (let j = 0; j < vector.length; j++) sum += matrix[row * vector.length + j] * vector[j]
    return sum
  }

  predict(state) {
    const { W_hy, b_y } = this.weights
    return this.product(W_hy, 0, state) + b_y[0]
  }

  /**
   * `values`: the wave, and then the network's own predictions, each of which is its next input.
   * `states[t]`: after values[t]. `predicted[t]`: what was predicted for place t before it was read (undefined at 0).
   */
  readAndContinue(wave, ahead) {
    const values = [...wave], states = [], predicted = [undefined]
    let state = new Float64Array(this.units)
    for (let t = 0; t < wave.length + ahead; t++) {
      if (t >= wave.length) values.push(predicted[t])
      state = this.step(values[t], state)
      states.push(state)
      predicted.push(this.predict(state))
    }
    return { values, states, predicted }
  }
}
