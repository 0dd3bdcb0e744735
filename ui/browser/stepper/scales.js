// How large a number must be for full colour: one scale for each kind of value, and what to say about it.
import { LogScale, Palette, StraightScale } from "./colours.js"
import { rounded } from "./numbers.js"

const KINDS = [
  { id: "input", has: (name) => name === "xs", least: 0 },
  { id: "weights", has: (name) => /^[Wbw]_/.test(name), least: 0 },
  { id: "sums", has: (name) => /(^|_)(pre|x|h|c)$|^pre_/.test(name) && name !== "tanh_c", least: 1 },
  { id: "memory", has: (name) => name === "cs", least: 1 },
  { id: "gates", has: () => true, least: 1 },
]

/** Gates say how much, from nothing to all: their squares are filled with the gate's own colour. */
const GATES = ["input_gate", "forget_gate", "output_gate", "reset_gate", "update_gate"]

export class Scales {
  constructor(cell) {
    this.byName = new Map()
    /** @type {{id: string, has: (name: string) => boolean, least: number, names: [string, Float64Array][], full?: number}[]} */
    this.kinds = KINDS.map((kind) => ({ ...kind, names: [] }))
    const gradients = []
    for (const [name, { values }] of cell.arrays) {
      if (cell.symbols[name].of) gradients.push([name, values])
      else this.kinds.find((kind) => kind.has(name)).names.push([name, values])
    }
    for (const kind of this.kinds) {
      const scale = new StraightScale(Math.max(kind.least, ...kind.names.map(([, values]) => largest(values))) || 1)
      kind.full = scale.full
      for (const [name] of kind.names) this.byName.set(name, scale)
    }
    this.gradient = new LogScale(gradients.map(([, values]) => values))
    for (const [name] of gradients) this.byName.set(name, this.gradient)
  }

  /** The look of every array: its scale, and its palette in the theme in use. */
  looks(palettes) {
    const palette = (name, scale) => (scale === this.gradient ? palettes.gradient : palettes.gates[name] ?? palettes.value)
    return new Map([...this.byName].map(([name, scale]) => [name, { scale, palette: palette(name, scale) }]))
  }

  /** [kind, largest] for every kind of value that the cell has. */
  legend() {
    return this.kinds.filter((kind) => kind.names.length && kind.id !== "weights").map((kind) => [kind.id, rounded(kind.full, 2)])
  }
}

/** The palettes of a theme: for signed values, for gradients, and one for each gate. */
export function makePalettes({ inks, scales }, dark) {
  const theme = dark ? "dark" : "light"
  const zero = scales.value[theme][1]
  const gates = GATES.map((name) => [name, new Palette([zero, zero, inks[name][dark ? 1 : 0]])])
  return { value: new Palette(scales.value[theme]), gradient: new Palette(scales.gradient[theme]), gates: Object.fromEntries(gates) }
}

function largest(values) {
  let found = 0
  for (const value of values) {
    const size = Math.abs(value)
    if (size > found && size < Infinity) found = size
  }
  return found
}
