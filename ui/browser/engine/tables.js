// A modern cell's run and its gradients in the browser: any table of equations, evaluated number by number.
//
// engine.js is made for the three classical cells, whose values are vectors; here a value may be a matrix, a single number
// or a row of attention weights. rnn_core/passes/modern.py is the reference: tests/ui/browser/test_tables.py.
import { ACTIVATIONS, MAPS } from "../engine/functions.js"

/**
 * `given`: {name: {values, shape}} of weights, constants, xs, the states' rows of step 0, and the direct gradient if
 * gradients are asked for. The answer has every array in the same form.
 * @param {{symbols: Record<string, any>, recipes: Record<string, any>}} table
 * @param {number} T
 * @param {Record<string, {values: ArrayLike<number>, shape: number[]}>} given
 */
export function runTable(table, T, given) {
  const run = new TableRun(table, T, given)
  return Object.fromEntries(run.arrays)
}

class TableRun {
  constructor({ symbols, recipes }, T, given) {
    /** @type {Record<string, any>} */ this.symbols = symbols
    /** @type {number} */ this.T = T
    /** @type {Map<string, {values: Float64Array, shape: number[]}>} */ this.arrays = new Map()
    for (const [name, { values, shape }] of Object.entries(given)) this.take(name, values, shape)
    const all = Object.values(recipes)
    const isGradient = ({ name }) => symbols[name].of !== ""
    const forward = inOrder(all.filter((recipe) => !isGradient(recipe)))
    const isTimed = ({ name }) => symbols[name].first !== null
    this.fill(forward.filter((recipe) => !isTimed(recipe)), [null])
    this.fill(forward.filter(isTimed), range(1, T))
    if (!Object.keys(given).some((name) => name.endsWith("_direct"))) return
    const backward = inOrder(all.filter(isGradient))
    this.fill(backward.filter(isTimed), range(0, T).reverse())
    this.fill(backward.filter((recipe) => !isTimed(recipe)), [null])
  }

  /** A given array; a state is given as its row of step 0. */
  take(name, values, shape) {
    const { first, of } = this.symbols[name]
    const whole = first === 0 && !of ? [this.T + 1, ...shape] : shape
    const array = { values: new Float64Array(size(whole)), shape: whole }
    array.values.set(Array.from(values))
    this.arrays.set(name, array)
  }

  fill(recipes, steps) {
    for (const recipe of recipes) if (!this.arrays.has(recipe.name)) this.makeRoom(recipe)
    const lines = recipes.map((recipe) => this.compiled(recipe))
    for (const t of steps) for (const line of lines) if (t === null || t >= line.first) this.makeRow(line, t)
  }

  compiled(recipe) {
    const { name, index, terms } = recipe
    const { first, axes, of } = this.symbols[name]
    const { values, shape } = this.arrays.get(name)
    const units = first === null ? index : index.slice(1)
    const past = axes[1] === "past"
    const line = { recipe, first: first ?? 0, values, units, lengths: shape.slice(first === null ? 0 : 1), past, of }
    return { ...line, terms: terms.map((term) => this.compiledTerm(term, index)) }
  }

  compiledTerm({ sign, factors }, index) {
    const bound = factors.filter(({ name }) => name).map((factor) => {
      const { values, shape } = this.arrays.get(factor.name)
      return { ...factor, values, shape, strides: strides(shape), first: this.symbols[factor.name].first, change: MAPS[factor.map] }
    })
    const letters = [...new Set(bound.flatMap((factor) => factor.index))].filter((letter) => !index.includes(letter))
    const summed = letters.map((letter) => {
      if (letter === "t") return { letter, from: 0, to: this.T }
      const factor = bound.find((each) => each.index.includes(letter))
      return { letter, from: 0, to: factor.shape[factor.index.indexOf(letter)] - 1 }
    })
    return { sign, factors: bound, summed }
  }

  makeRoom({ name, index, terms }) {
    const { first, of } = this.symbols[name]
    const lengths = { u: 1, t: this.T + (first === 0 ? 1 : 0), s: this.T, r: this.T }
    if (of) {
      const { shape } = this.arrays.get(name.slice(1))
      this.arrays.set(name, { values: new Float64Array(size(shape)), shape })
      return
    }
    for (const factor of terms.flatMap((term) => term.factors)) {
      if (!factor.name || !this.arrays.has(factor.name)) continue
      factor.index.forEach((letter, axis) => (lengths[letter] ??= this.arrays.get(factor.name).shape[axis]))
    }
    const shape = index.map((letter) => lengths[letter])
    this.arrays.set(name, { values: new Float64Array(size(shape)), shape })
  }

  makeRow(line, t) {
    const length = size(line.lengths)
    const start = t === null ? 0 : (t - line.first) * length
    if (line.recipe.function === "share") return this.share(line, t, start)
    const apply = ACTIVATIONS[line.recipe.function]
    const known = { t }
    for (let place = 0; place < length; place++) {
      if (line.past && place >= t) { // no later step has a score
        line.values[start + place] = line.of ? 0 : -Infinity
        continue
      }
      let rest = place
      for (let axis = line.units.length - 1; axis >= 0; axis--) {
        known[line.units[axis]] = rest % line.lengths[axis]
        rest = Math.floor(rest / line.lengths[axis])
      }
      let total = 0
      for (const term of line.terms) total += term.sign * this.sum(term, known, 0)
      line.values[start + place] = apply ? apply(total) : total
    }
  }

  /** The term's products, added up over its letters that are not on the left. */
  sum(term, known, depth) {
    if (depth === term.summed.length) return this.product(term, known)
    const { letter, from, to } = term.summed[depth]
    let total = 0
    for (let i = from; i <= to; i++) {
      known[letter] = i
      total += this.sum(term, known, depth + 1)
    }
    if (letter === "t") known.t = null
    return total
  }

  product({ factors }, known) {
    let product = 1
    for (const { values, shape, strides: steps, first, index, dt, change } of factors) {
      let offset = 0
      for (let axis = 0; axis < index.length; axis++) {
        const letter = index[axis]
        let at = known[letter]
        if (axis === 0 && first !== null) at = letter === "t" ? at + dt - first : at + 1 - first
        else if (letter === "t") at -= 1
        if (at < 0 || at >= shape[axis]) return 0 // nothing before h_0 and after h_T
        offset += at * steps[axis]
      }
      product *= change(values[offset])
    }
    return product
  }

  share(line, t, start) {
    const scores = this.arrays.get(line.recipe.terms[0].factors[0].name).values.subarray(start, start + t)
    const largest = Math.max(...scores)
    let total = 0
    for (const score of scores) total += Math.exp(score - largest)
    scores.forEach((score, place) => (line.values[start + place] = Math.exp(score - largest) / total))
  }
}

const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => from + i)
const size = (shape) => shape.reduce((product, length) => product * length, 1)
const strides = (shape) => shape.map((_, axis) => size(shape.slice(axis + 1)))

/** Each line after those of the same step that it reads. */
function inOrder(recipes) {
  const byName = new Map(recipes.map((recipe) => [recipe.name, recipe]))
  const order = new Set()
  const add = (recipe) => {
    if (!recipe || order.has(recipe)) return
    for (const { factors } of recipe.terms) for (const { name, dt } of factors) if (dt === 0 && name !== recipe.name) add(byName.get(name))
    order.add(recipe)
  }
  for (const recipe of byName.values()) add(recipe)
  return [...order]
}

