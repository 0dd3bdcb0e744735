// A cell's run and its gradients in the browser: the table of equations (rnn_core/equations/recipes.py), evaluated for all steps.
//
// rnn_core's `run` and `bptt` are the reference: tests/ui/browser/test_engine.py holds every value of every form equal to theirs.
import { ACTIVATIONS, MAPS } from "../engine/functions.js"
import { planOf } from "../engine/plan.js"
import { ONE, addProducts } from "../engine/products.js"

const CONSTANT = { values: ONE, at: 0, start: 0, row: 0, j: 0, i: 0, k: 0 }

export class Engine {
  /** `table`: what `recipes_json` writes, parsed. */
  constructor(table) {
    this.symbols = table.symbols
    this.plan = planOf(table)
  }

  /**
   * `given`: the weights, xs, h_0 (and c_0), flat; and dhs_direct (and dcs_direct) where gradients are asked for. A dhs_direct that
   * depends on the states is a function of hs.
   * What is missing is zero. `held`: {name: [[step from 0, unit, value], ...]}. `truncate`: as in `bptt`, or null.
   * The numbers of all arrays lie in one piece: {arrays: {name: {start, shape}}, numbers}.
   */
  run({ T, X, H }, given, { held = {}, truncate = null } = {}) {
    return new Run(this, { T, X, H }, given, held, truncate).result()
  }
}

class Run {
  /** @type {Record<string, any>} */ symbols
  /** @type {Record<string, any>} */ plan
  /** @type {number | null} */ truncate
  /** @type {number} */ T

  constructor({ symbols, plan }, sizes, given, held, truncate) {
    Object.assign(this, { symbols, plan, truncate, T: sizes.T })
    this.isBackward = "dhs_direct" in given
    this.held = Object.fromEntries(Object.entries(held).map(([name, places]) => [name, byStep(places)]))
    this.makeRoom(sizes)
    this.direct = typeof given.dhs_direct === "function" ? given.dhs_direct : null
    for (const [name, values] of Object.entries(given)) {
      if (typeof values !== "function") this.arrays.get(FIRST_ROW[name] ?? name)?.values.set(values)
    }
  }

  result() {
    const { T, plan } = this
    const forward = this.bound(plan.forward)
    for (const { name } of plan.forward) if (this.symbols[name].first === 0) this.look(this.arrays.get(name), 0)
    for (let t = 1; t <= T; t++) for (const value of forward) this.makeRow(value, t)
    if (this.isBackward) {
      if (this.direct) this.arrays.get("dhs_direct").values.set(this.direct(this.arrays.get("hs").values))
      const backward = this.bound(plan.backward)
      for (let t = T; t >= 0; t--) for (const value of backward) if (t >= value.to.first) this.makeRow(value, t)
      for (const weight of this.bound(plan.weights)) this.sumOverSteps(weight)
    }
    return { arrays: this.places, numbers: this.numbers }
  }

  makeRoom(sizes) {
    const lengths = { hidden: sizes.H, input: sizes.X }
    this.places = {}
    let start = 0
    for (const [name, { axes, first, of }] of Object.entries(this.symbols)) {
      if (of && !this.isBackward) continue
      const shape = axes.map((axis) => (axis === "time" ? sizes.T + 1 - first : lengths[axis]))
      this.places[name] = { start, shape }
      start += shape.reduce((product, length) => product * length, 1)
    }
    this.numbers = new Float64Array(start)
    this.arrays = new Map()
    for (const [name, { start: begin, shape }] of Object.entries(this.places)) {
      const size = shape.reduce((product, length) => product * length, 1)
      const { first, of } = this.symbols[name]
      const views = {}
      for (const map of this.plan.views[name] ?? []) views[map] = new Float64Array(size)
      const blocked = of === "L" ? this.held[name.slice(1)] : undefined
      this.arrays.set(name, {
        values: this.numbers.subarray(begin, begin + size),
        passing: blocked && new Float64Array(size), // what goes on to others: nothing passes behind a held value
        row: first === null ? 0 : size / shape[0],
        shape, first, views, blocked,
      })
    }
  }

  /** The equations with the arrays that they read and fill. */
  bound(recipes) {
    return recipes.map((recipe) => {
      return {
        to: this.arrays.get(recipe.name),
        heldValues: this.held[recipe.name],
        sameSum: recipe.sameSum && this.arrays.get(recipe.sameSum),
        apply: ACTIVATIONS[recipe.function],
        terms: recipe.sameSum ? [] : recipe.terms.map((term) => this.boundTerm(recipe, term)),
      }
    })
  }

  boundTerm({ index }, { sign, factors, looksAhead }) {
    const [j, i] = index.filter((letter) => letter !== "t")
    const letters = new Set(factors.flatMap((factor) => factor.index))
    const k = [...letters].find((letter) => !index.includes(letter))
    const [a, b = CONSTANT] = factors.map((factor) => this.boundFactor(factor, j, i, k))
    const term = { sign, looksAhead, a, b, sums: 1, low: -Infinity, high: Infinity }
    for (const factor of factors) {
      const array = this.arrays.get(factor.name)
      if (!array || !factor.index.includes("t")) continue
      term.low = Math.max(term.low, array.first - factor.dt)
      term.high = Math.min(term.high, array.first + array.shape[0] - 1 - factor.dt)
    }
    if (k && k !== "t") {
      const summed = factors.find((factor) => factor.index.includes(k))
      term.sums = this.arrays.get(summed.name).shape[summed.index.indexOf(k)]
    }
    return term
  }

  boundFactor({ name, index, dt, map }, j, i, k) {
    if (!name) return CONSTANT
    const array = this.arrays.get(name)
    const { shape, passing, first } = array
    const strides = Object.fromEntries(index.map((letter, axis) => [letter, shape.slice(axis + 1).reduce((product, length) => product * length, 1)]))
    const row = strides.t ?? 0
    return {
      values: passing ?? (map === "identity" ? array.values : array.views[map]),
      at: 0,
      start: row && (dt - first) * row, // where step 0 would lie
      row,
      j: strides[j] ?? 0,
      i: strides[i] ?? 0,
      k: strides[k] ?? 0,
    }
  }

  makeRow({ to, terms, sameSum, apply, heldValues }, t) {
    const row = t - to.first
    const start = row * to.row
    const end = start + to.row
    if (sameSum) to.values.set(rowOf(sameSum, t), start)
    for (const term of terms) {
      if (t < term.low || t > term.high) continue
      if (term.looksAhead && this.truncate && t && t % this.truncate === 0) continue
      const { a, b } = term
      a.at = a.start + t * a.row
      b.at = b.start + t * b.row
      addProducts(to.values, start, term.sign, a, b, to.row, 1, term.sums)
    }
    if (apply) for (let place = start; place < end; place++) to.values[place] = apply(to.values[place])
    for (const [unit, value] of heldValues?.get(t) ?? []) to.values[start + unit] = value
    this.look(to, row)
    if (to.passing) this.pass(to, row, t)
  }

  /** What the equations read of a row through their maps. */
  look({ values, views, row: length }, row) {
    for (const map in views) {
      const seen = views[map]
      const change = MAPS[map]
      for (let place = row * length; place < (row + 1) * length; place++) seen[place] = change(values[place])
    }
  }

  pass({ values, passing, blocked, row: length }, row, t) {
    const start = row * length
    passing.set(values.subarray(start, start + length), start)
    for (const [unit] of blocked.get(t) ?? []) passing[start + unit] = 0
  }

  sumOverSteps({ to, terms }) {
    const [rows, columns = 1] = to.shape
    for (const { sign, a, b, low, high } of terms) {
      const from = Math.max(low, 1)
      a.at = a.start + from * a.row
      b.at = b.start + from * b.row
      addProducts(to.values, 0, sign, a, b, rows, columns, high - from + 1)
    }
  }
}

const rowOf = ({ values, row, first }, t) => values.subarray((t - first) * row, (t - first + 1) * row)

const FIRST_ROW = { h_0: "hs", c_0: "cs" }

/** Steps are counted from 0 where values are held, and from 1 in the equations. */
function byStep(places) {
  const steps = new Map()
  for (const [step, unit, value] of places) steps.set(step + 1, [...(steps.get(step + 1) ?? []), [unit, value]])
  return steps
}
