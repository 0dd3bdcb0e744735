// The four memories of rnn_core/studies/modern/pairs.py for keys on a circle: what each returns for a query.

/** @typedef {{angle: number, x: number, y: number}} Pair the key's angle in degrees, and the value in hundredths */

export const RULES = ["hebbian", "delta", "gated_delta", "softmax"]

/** @param {number} degrees @returns {[number, number]} */
export const direction = (degrees) => [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]

/** @param {Pair} pair @returns {[number, number]} */
export const valueOfPair = ({ x, y }) => [x / 100, y / 100]

/**
 * The matrix after all pairs were written in their order, row by row.
 * @param {Pair[]} pairs @param {string} rule @param {number} decay of the gated delta rule
 */
export function memoryOf(pairs, rule, decay) {
  let S = [[0, 0], [0, 0]]
  for (const pair of pairs) {
    const [k, v] = [direction(pair.angle), valueOfPair(pair)]
    const kept = S.map((row) => row.map((each) => (rule === "gated_delta" ? decay * each : each)))
    const recalled = rule === "hebbian" ? [0, 0] : kept.map(([a, b]) => a * k[0] + b * k[1])
    S = kept.map((row, j) => row.map((each, i) => each + (v[j] - recalled[j]) * k[i]))
  }
  return S
}

/**
 * @param {Pair[]} pairs @param {number} query an angle @param {number} sharpness
 * @returns {number[]} the weight of every pair
 */
export function attentionOf(pairs, query, sharpness) {
  const q = direction(query)
  const scores = pairs.map(({ angle }) => sharpness * (direction(angle)[0] * q[0] + direction(angle)[1] * q[1]))
  const most = Math.max(...scores)
  const shares = scores.map((score) => Math.exp(score - most))
  const sum = shares.reduce((total, share) => total + share, 0)
  return shares.map((share) => share / sum)
}

/**
 * What each query reads.
 * @param {Pair[]} pairs @param {string} rule @param {number[]} queries angles @param {{decay: number, sharpness: number}} settings
 * @returns {[number, number][]}
 */
export function readsOfPairs(pairs, rule, queries, { decay, sharpness }) {
  if (rule === "softmax") {
    return queries.map((query) => {
      const weights = attentionOf(pairs, query, sharpness)
      return /** @type {[number, number]} */ ([0, 1].map((axis) => pairs.reduce((sum, pair, i) => sum + weights[i] * valueOfPair(pair)[axis], 0)))
    })
  }
  const S = memoryOf(pairs, rule, decay)
  return queries.map((query) => /** @type {[number, number]} */ (S.map(([a, b]) => a * direction(query)[0] + b * direction(query)[1])))
}

/** The squared error of every read. @param {Pair[]} pairs @param {string} rule @param {{decay: number, sharpness: number}} settings */
export function errorsOfPairs(pairs, rule, settings) {
  const reads = readsOfPairs(pairs, rule, pairs.map(({ angle }) => angle), settings)
  return reads.map(([x, y], i) => (x - valueOfPair(pairs[i])[0]) ** 2 + (y - valueOfPair(pairs[i])[1]) ** 2)
}
