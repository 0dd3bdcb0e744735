// The functions that the table of equations names (rnn_core/equations/recipes.py).

/** Applied to one factor. The slopes are written in terms of the function's own value v. */
export const MAPS = {
  identity: (v) => v,
  one_minus: (v) => 1 - v,
  dsigmoid: (v) => v * (1 - v),
  dtanh: (v) => 1 - v * v,
  drelu: (v) => (v > 0 ? 1 : 0),
}

/** Applied to the sum of the terms, as rnn_core/cells/activations.py computes them. */
export const ACTIVATIONS = {
  identity: null,
  sigmoid: (a) => 1 / (1 + Math.exp(-a)),
  tanh: Math.tanh,
  relu: (a) => (a > 0 || Number.isNaN(a) ? a : 0),
}
