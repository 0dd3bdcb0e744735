// Most updates change numbers only: a slider moves, a run goes on, a replay shows its next frame. Plotly.react would build the whole
// chart anew; here only its marks are drawn again, which is faster. These are the steps that plotly takes itself, on what the pinned
// version keeps in _fullData and calcdata. tests/browser/test_plot.py compares the two pictures.
import { numbers } from "./numbers.js"

const NUMBERS = ["x", "y", "z", "customdata"]
const LIMITS = ["zmin", "zmax"]

/**
 * Whether the marks of a trace depend on no other trace.
 * @param {Trace} trace
 */
const standsAlone = ({ type, stackgroup }) => type === "heatmap" || (type === "scatter" && !stackgroup)

/** @typedef {Record<string, {range: number[], dtick: number | string | undefined}>} Axes by their names */

/**
 * Two drawings with the same outline differ in numbers only: in those of their marks, and in the ranges and the distances
 * of the ticks of their axes. Null where plotly chooses the range of an axis by the numbers.
 * @param {Trace[]} data
 * @param {Layout} layout
 * @param {...(number | string)} surroundings all else that the drawing depends on
 * @returns {{axes: Axes, outline: string} | null}
 */
export function outlineOf(data, { title: _title, ...layout }, ...surroundings) {
  const names = Object.keys(layout).filter((name) => /^[xy]axis\d*$/.test(name))
  if (!names.every((name) => layout[name].range)) return null
  const axes = Object.fromEntries(names.map((name) => [name, { range: layout[name].range.map(Number), dtick: layout[name].dtick }]))
  const without = Object.fromEntries(names.map((name) => [name, { ...layout[name], range: null, dtick: "dtick" in layout[name] }]))
  const traces = data.map((trace) => (standsAlone(trace) ? withoutNumbers(trace) : trace))
  return { axes, outline: JSON.stringify([{ ...layout, ...without }, surroundings, traces]) }
}

/** @param {Trace} trace */
function withoutNumbers(trace) {
  /** @type {Trace} */
  const rest = { ...trace }
  for (const name of NUMBERS) rest[name] = isNames(trace[name]) ? trace[name] : name in trace
  for (const name of LIMITS) rest[name] = name in trace
  if (isEnd(trace)) rest.text = null
  if (trace.hoverinfo === "skip" && trace.showlegend === false) rest.name = null // it is shown nowhere
  return rest
}

/**
 * A name at the end of a line, with a number in it.
 * @param {Trace} trace
 */
const isEnd = ({ meta, type }) => meta === "end" && type === "scatter"

/**
 * The names of the rows of a heatmap: in another order they make another axis.
 * @param {any} values
 */
const isNames = (values) => typeof values?.[0] === "string"

/**
 * Draw the numbers of `data` in a chart with the same outline. Its axes change from `before` to `after`, except those that the reader
 * has moved.
 * @param {any} Plotly
 * @param {PlotlyElement} canvas
 * @param {Trace[]} data
 * @param {Axes} before
 * @param {Axes} after
 */
export function drawNumbers(Plotly, canvas, data, before, after) {
  const modules = new Set()
  data.forEach((trace, index) => {
    if (standsAlone(trace) && takeNumbers(canvas, trace, index)) modules.add(canvas._fullData[index]._module)
  })
  const moved = Object.entries(after).filter(([name, { range, dtick }]) => {
    const now = canvas._fullLayout[name].range.map(Number)
    return same(now, before[name].range) && !(same(now, range) && dtick === before[name].dtick)
  })
  const changes = moved.flatMap(([name, { range, dtick }]) => [[`${name}.range`, range], ...(dtick === undefined ? [] : [[`${name}.dtick`, dtick]])])
  if (changes.length) Plotly.relayout(canvas, Object.fromEntries(changes))
  else {
    for (const module of canvas._fullLayout._basePlotModules) module.plot(canvas)
    for (const module of modules) module.style?.(canvas)
  }
}

/**
 * @param {number[]} one
 * @param {number[]} other
 */
const same = (one, other) => one.every((value, i) => value === other[i])

/**
 * Put the numbers of one trace into the chart. Returns whether there is anything to draw.
 * @param {PlotlyElement} canvas
 * @param {Trace} trace
 * @param {number} index
 */
function takeNumbers(canvas, trace, index) {
  const changed = Object.fromEntries(
    [...NUMBERS, ...LIMITS].filter((name) => name in trace).map((name) => [name, numbers(trace[name])]),
  )
  if (isEnd(trace)) changed.text = trace.text
  Object.assign(canvas.data[index], changed)
  const full = canvas._fullData[index]
  if (full.visible !== true) return false // when the legend shows it again, plotly draws it with the new numbers
  Object.assign(full, changed)
  if (full.type === "scatter") full._length = Math.min(full.x.length, full.y.length)
  const [{ t }] = canvas.calcdata[index]
  const marks = full._module.calc(canvas, full)
  Object.assign(marks[0], { t, trace: full })
  canvas.calcdata[index] = marks
  return true
}
