// The functions that the table of equations names (rnn_core/equations/recipes.py).

/** Applied to one factor. The slopes are written in terms of the function's own value v, but for the last three. */
export const MAPS = {
  identity: (v) => v,
  one_minus: (v) => 1 - v,
  dsigmoid: (v) => v * (1 - v),
  dtanh: (v) => 1 - v * v,
  drelu: (v) => (v > 0 ? 1 : 0),
  exp: Math.exp,
  dsoftplus: (v) => -Math.expm1(-v),
  dlog_sigmoid: (v) => -Math.expm1(v),
  delu_plus_one: (v) => Math.min(v, 1),
  dreciprocal: (v) => -v * v,
  dinverse_root: (v) => -0.5 * v ** 3,
  droot_rest: (v) => v - 1 / v,
  sign: Math.sign,
  sin: Math.sin,
  cos: Math.cos,
}

/** Applied to the sum of the terms, as rnn_core/cells/activations.py computes them. */
export const ACTIVATIONS = {
  identity: null,
  sigmoid: (a) => 1 / (1 + Math.exp(-a)),
  tanh: Math.tanh,
  relu: (a) => (a > 0 || Number.isNaN(a) ? a : 0),
  exp: Math.exp,
  softplus: (a) => Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a))),
  log_sigmoid: (a) => Math.min(a, 0) - Math.log1p(Math.exp(-Math.abs(a))),
  elu_plus_one: (a) => (a > 0 ? a + 1 : Math.exp(a)),
  reciprocal: (a) => 1 / a,
  inverse_root: (a) => 1 / Math.sqrt(a),
  root_rest: (a) => Math.sqrt(-Math.expm1(2 * a)),
  magnitude: Math.abs,
  cos: Math.cos,
  sin: Math.sin,
}
