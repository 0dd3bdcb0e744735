// While a dial moves, the engine computes what the diagram and the charts of its states show: no message is sent.
// ui/browser/live.py says what the page sends for that. What needs more than the engine knows follows when the dial rests.
import { Engine } from "../engine/engine.js"
import { livePicture } from "../engine/pictures.js"
import { DIAL_MOVED, dialValues } from "../shared/dials.js"
import { decodeNumbers, parsedTable } from "./cell.js"

const RESTS = 9 // times as long as the chart before has taken
const LONGEST_REST = 1000 // milliseconds: a page in the background has no frames
const engines = new Map() // by the text of their tables

export class Explorer {
  constructor(view) {
    this.view = view
    this.chartsRest = 0 // until when no chart is drawn
    this.waiting = new Map() // charts that are to be drawn: {run, data: their pattern}
    this.onMove = ({ detail }) => detail.byReader && detail.key in (this.newestMessage?.live?.values ?? {}) && this.computeSoon()
    addEventListener(DIAL_MOVED, this.onMove)
  }

  /** What the page has sent last, be it drawn or not. */
  get newestMessage() {
    return window.unrolledParts.get(this.view.data?.key)?.data
  }

  /** Once a frame, however often the dial moves. */
  computeSoon() {
    this.pending ??= requestAnimationFrame(() => {
      this.pending = undefined
      this.compute()
    })
  }

  compute() {
    const { newestMessage: data, view } = this
    if (!data?.live) return
    const [{ T, X, H }] = data.cells
    const sizes = { T, X, H, ...data.live.values }
    const now = dialValues()
    for (const key in data.live.values) if (key in now) sizes[key] = now[key]
    const inputs = inputsOf(data.live.inputs, sizes)
    const runs = inputs && data.live.weights.map((known, i) => this.run(data.tables[i], known, inputs, sizes, data.live, i))
    if (!runs?.every(Boolean)) return // the page will answer
    const cells = data.cells.map((cell, i) => ({ ...cell, ...sizes, arrays: runs[i].arrays }))
    view.receive({ ...data, cells, runs, digest: JSON.stringify(sizes) })
    this.drawChartsSoon(data.key, runs)
  }

  /** A chart costs more than a diagram: they are drawn in turn, for a tenth of the time at most, so that the diagram follows the dial. */
  drawChartsSoon(key, runs) {
    for (const place of window.unrolledParts.values()) {
      const { data } = place
      if (data.live?.of === key) this.waiting.set(place, { run: runs[data.live.cell], data })
    }
    this.chartsPending ??= requestAnimationFrame((now) => this.drawChart(now))
  }

  drawChart(now) {
    this.chartsPending = undefined
    const [next] = this.waiting
    if (!next) return
    if (now < this.chartsRest) return this.drawChartsNext()
    const [place, { run, data }] = next
    this.waiting.delete(place)
    requestAnimationFrame((after) => (this.chartsRest = after + Math.min(RESTS * (after - now), LONGEST_REST)))
    // It may be gone, or the page may have sent another picture in the meantime.
    if (window.unrolledParts.get(data.key)?.data === data) place.receive({ ...data, ...livePicture(data, run) })
    this.drawChartsNext()
  }

  drawChartsNext() {
    if (this.waiting.size) this.chartsPending = requestAnimationFrame((now) => this.drawChart(now))
  }

  run(text, known, xs, sizes, { loss, turned, readouts }, i) {
    const table = parsedTable(text)
    const packed = known[`${sizes.H},${sizes.X}`]
    if (!packed) return null
    if (!engines.has(text)) engines.set(text, new Engine(table))
    const weights = turn(weightsOf(table.symbols, packed, sizes), turned?.[i], sizes)
    const direct = loss === "next" ? predictionLoss(decodeNumbers(readouts[sizes.H]), xs, sizes) : lossOf(loss, sizes)
    const given = { ...weights, xs, dhs_direct: direct }
    return engines.get(text).run(sizes, given)
  }

  stop() {
    removeEventListener(DIAL_MOVED, this.onMove)
    cancelAnimationFrame(this.pending)
    cancelAnimationFrame(this.chartsPending)
  }
}

/** The weights lie one after the other, in the order of their names. */
function weightsOf(symbols, packed, { H, X }) {
  const numbers = decodeNumbers(packed)
  const lengths = { hidden: H, input: X }
  const weights = {}
  let start = 0
  for (const name of Object.keys(symbols).sort()) {
    const { first, of, axes } = symbols[name]
    if (first !== null || of) continue
    const size = axes.reduce((product, axis) => product * lengths[axis], 1)
    weights[name] = numbers.subarray(start, start + size)
    start += size
  }
  return weights
}

/** The weights that a dial turns: ui/cells/setup.py does the same. */
function turn(weights, turned, values) {
  if (!turned || !(turned.key in values)) return weights
  const { weights: name, multiplies, rest, key } = turned
  const value = values[key]
  return { ...weights, [name]: weights[name].map((weight) => (multiplies ? weight * value : weight + (value - rest))) }
}

/** dL/dh_t where L is the sum of h over the units, at the last step or at every step. */
function lossOf(where, { T, H }) {
  return new Float64Array(T * H).fill(1, where === "last" ? (T - 1) * H : 0)
}

/** dL/dh_t where L is the mean squared error of a readout that predicts the first input of the next step: ui/cells/compute.py. */
function predictionLoss(readout, xs, { T, H, X }) {
  return (hs) => {
    const direct = new Float64Array(T * H)
    for (let t = 0; t < T - 1; t++) {
      let output = readout[H]
      for (let unit = 0; unit < H; unit++) output += readout[unit] * hs[(t + 1) * H + unit]
      const error = (2 * (output - xs[(t + 1) * X])) / (T - 1)
      for (let unit = 0; unit < H; unit++) direct[t * H + unit] = readout[unit] * error
    }
    return direct
  }
}

/** The first T rows of the longest sequence, but for the rows that are others in one of this length. */
function inputsOf({ longest, others }, { T, X }) {
  if (!longest[X]) return null
  const xs = decodeNumbers(longest[X]).slice(0, T * X)
  for (const [start, count, ...row] of others[T] ?? []) {
    for (let step = start; step < start + count; step++) xs.set(row, step * X)
  }
  return xs
}
