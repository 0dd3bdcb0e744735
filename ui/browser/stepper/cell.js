// The numbers of one cell, and how each was made: the table of rnn_core/equations/recipes.py, read in the browser.
import { MAPS } from "../engine/functions.js"

/** All float64 numbers of a message: base64 of little-endian bytes. */
export function decodeNumbers(text) {
  const characters = atob(text)
  const bytes = new Uint8Array(characters.length)
  for (let i = 0; i < bytes.length; i++) bytes[i] = characters.charCodeAt(i)
  return new Float64Array(bytes.buffer)
}

const parsedTables = new Map() // a form's table is long, and the same for all its cells

export function parsedTable(text) {
  if (!parsedTables.has(text)) parsedTables.set(text, JSON.parse(text))
  return parsedTables.get(text)
}

/** A place is {name, t, units}: t is the step of the equations (null for weights), units count from 0. */
export class Cell {
  // From the description:
  /** @type {any} */ options
  /** @type {string} */ kind
  /** @type {number} */ T
  /** @type {number} */ X
  /** @type {number} */ H
  /** @type {number | null} */ truncate
  /** @type {any} */ blocks // of a cell after the LSTM: where its values lie (ui/browser/stepper_blocks.py)
  // From the table:
  /** @type {Record<string, any>} */ symbols
  /** @type {Record<string, any>} */ recipes

  constructor(description, table, numbers) {
    Object.assign(this, description, parsedTable(table)) // kind, options, T, X, H, truncate, held; symbols, recipes
    this.arrays = new Map()
    for (const [name, { start, shape }] of Object.entries(description.arrays)) {
      const size = shape.reduce((product, length) => product * length, 1)
      this.arrays.set(name, { shape, values: numbers.subarray(start, start + size) })
    }
    this.held = Object.fromEntries(
      Object.entries(description.held).map(([name, places]) => [name, new Set(places.map(String))]),
    )
  }

  has(name) {
    return this.arrays.has(name)
  }

  get hasGradients() {
    return this.has("dxs")
  }

  row(name, t) {
    const { first } = this.symbols[name]
    return first === null ? null : t - first
  }

  /** Where the place lies in its array, or -1 outside of it: before h_0, or after h_T. */
  offset({ name, t, units }) {
    const array = this.arrays.get(name)
    if (!array || (this.symbols[name].axes[1] === "past" && units[0] >= t)) return -1 // attention reads no later step
    const row = this.row(name, t)
    const index = row === null ? units : [row, ...units]
    let offset = 0
    for (let axis = 0; axis < array.shape.length; axis++) {
      if (!(index[axis] >= 0 && index[axis] < array.shape[axis])) return -1
      offset = offset * array.shape[axis] + index[axis]
    }
    return offset
  }

  value(place) {
    const offset = this.offset(place)
    return offset < 0 ? undefined : this.arrays.get(place.name).values[offset]
  }

  isHeld({ name, t, units }) {
    return t > 0 && Boolean(this.held[name]?.has(`${t - 1},${units[0]}`))
  }

  /** The value, the terms whose sum it is (or is a function of), and where their factors lie. */
  explain(place) {
    const value = this.value(place)
    const recipe = this.recipes[place.name]
    const isStart = place.t === 0 && !this.symbols[place.name].of
    const held = this.isHeld(place)
    if (!recipe || isStart || held) {
      return { place, value, kind: held ? "held" : "given", function: "identity", terms: [], total: value, own: 0 }
    }
    const terms = this.terms(recipe, place)
    const total = terms.reduce((sum, term) => sum + term.value, 0)
    const own = recipe.function === "share" ? terms[place.units.at(-1)].value : 0
    return { place, value, kind: "computed", function: recipe.function, terms, total, own }
  }

  terms(recipe, place) {
    const own = place.t === null ? place.units : [place.t, ...place.units]
    const known = Object.fromEntries(recipe.index.map((letter, i) => [letter, own[i]]))
    const found = []
    for (const term of recipe.terms) {
      if (this.isTruncated(term, place.t)) continue
      const letters = [...new Set(term.factors.flatMap((factor) => factor.index))].filter((l) => !(l in known)).sort()
      for (const letterValues of this.everyChoice(letters, term, known)) {
        const factors = term.factors.map((factor) => this.factor(factor, letterValues))
        if (factors.every((factor) => factor)) found.push(signed(term.sign, factors))
      }
    }
    return found
  }

  *everyChoice(letters, term, known) {
    if (!letters.length) {
      yield known
      return
    }
    const [letter, ...others] = letters
    const length = letter === "t" ? this.T + 1 : this.lengthOf(letter, term)
    for (let i = 0; i < length; i++) yield* this.everyChoice(others, term, { ...known, [letter]: i })
  }

  lengthOf(letter, term) {
    const factor = term.factors.find((each) => each.index.includes(letter))
    return this.arrays.get(factor.name).shape[factor.index.indexOf(letter)]
  }

  /** A factor with its numbers in, or null where its array ends or no gradient passes. */
  factor(factor, known) {
    if (!factor.name) return { place: null, map: "identity", raw: 1, value: 1 }
    const timed = this.symbols[factor.name].first !== null
    const lead = timed ? factor.index[0] : null // other letters of steps than t, and t behind the first index, count from 0
    const t = lead === null ? null : lead === "t" ? known.t + factor.dt : known[lead] + 1
    const units = factor.index.slice(timed ? 1 : 0).map((letter) => (letter === "t" ? known.t - 1 : known[letter]))
    const place = { name: factor.name, t, units }
    const blocked = this.symbols[place.name].of && this.isHeld({ ...place, name: place.name.slice(1) })
    if (this.offset(place) < 0 || blocked) return null
    const raw = this.value(place)
    return { place, map: factor.map, raw, value: MAPS[factor.map](raw) }
  }

  /** Truncated back-propagation: at the end of a stretch nothing flows back from the next step. */
  isTruncated(term, t) {
    return Boolean(this.truncate && t && t % this.truncate === 0 && term.factors.some((factor) => factor.dt > 0))
  }
}

function signed(sign, factors) {
  return { sign, factors, value: sign * factors.reduce((product, factor) => product * factor.value, 1) }
}

export const samePlace = (a, b) =>
  a === b || (a && b && a.name === b.name && a.t === b.t && a.units.join() === b.units.join())
