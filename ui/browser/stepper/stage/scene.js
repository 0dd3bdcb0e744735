// A scene says what one time step of a cell looks like: which parts there are, where they lie, and which values they show.
// lstm.js, gru.js and rnn.js fill it in, each for a wide and for a tall screen; step_group.js draws it.
//
// Time runs along x (wide) or along y (tall): `along(s, d)` is the point at s in the direction of time, and at d beside it.
// Every value is given as two functions of a Reading: one for the forward pass, one for the backward pass.

export class Scene {
  constructor(axis, measures) {
    this.axis = axis
    this.isWide = axis === "x"
    /** @type {Record<string, any>} the measures of the layout: period, size, frame ... */
    this.at = measures
    /** @type {Record<string, [number, number]>} when a part lights up after a step, in ms: forward, backward */
    this.parts = {}
    this.tubes = [] // {from, to, width}
    this.chains = [] // bands that follow one another: {part, isAlong, base, width, segments}
    this.wires = [] // {part, key, paths, stub, halo, forward, backward, scale}
    this.nodes = [] // {part, key, at, sign}
    this.valves = [] // {part, key, gate, at, isAlong, half, rod, note, verb}
    this.rods = [] // {part, key, path, ink}: from a gate to another that reads it
    this.boxes = [] // the numbers: {part, key, kind, at, size, name, grad}
    this.pulses = [] // {part, path, width}
    /** What a number is made of, and what a stage is about: keys; "p:" of the step before, "n:" of the step after. */
    this.madeOf = { forward: {}, backward: {} }
    this.stages = { forward: {}, backward: {} }
  }

  along(s, d) {
    return this.isWide ? [s, d] : [d, s]
  }

  across(s, d) {
    return this.isWide ? [d, s] : [s, d]
  }

  tube(from, to, width) {
    this.tubes.push({ from, to, width })
  }

  /** `segments`: {key, from, to, forward, backward, scale}; `end(lane)` may replace the last `to`. */
  chain(part, chain) {
    this.chains.push({ part, isAlong: false, isWide: this.isWide, ...chain })
  }

  wire(part, key, wire) {
    this.wires.push({ part, key, stub: null, halo: null, scale: "one", isDashed: false, ...wire })
  }

  node(part, key, at, sign, ink = "c") {
    this.nodes.push({ part, key, at, sign, ink })
  }

  valve(part, valve) {
    this.valves.push({ part, key: `valve_${part}`, isAlong: false, ...valve })
  }

  box(part, key, kind, at, size, box) {
    this.boxes.push({ part, key, kind, at, size, ...box })
  }

  pulse(part, points, width) {
    this.pulses.push({ part, points, width })
  }
}
