// Most updates change numbers only: a slider moves, a run goes on, a frame follows. Plotly.react then still builds all of the
// chart anew. Here only the marks are drawn again, seven times faster: the steps that plotly itself takes inside, on the parts
// that the pinned version keeps in _fullData and calcdata. tests/browser/test_plot.py compares the two pictures.
import { numbers } from "./numbers.js"

const NUMBERS = ["x", "y", "z", "customdata"]
const LIMITS = ["zmin", "zmax"]

/** Its marks depend on no other trace. */
const standsAlone = ({ type, stackgroup }) => type === "heatmap" || (type === "scatter" && !stackgroup)

/**
 * Two drawings with the same outline differ in numbers only: in those of their marks, and in how far their axes reach.
 * Null where plotly chooses an axis by the numbers.
 */
export function frame(data, { title: _title, ...layout }, ...surroundings) {
  const axes = Object.keys(layout).filter((name) => /^[xy]axis\d*$/.test(name))
  if (!axes.every((name) => layout[name].range)) return null
  const ranges = Object.fromEntries(axes.map((name) => [name, layout[name].range.map(Number)]))
  const without = Object.fromEntries(axes.map((name) => [name, { ...layout[name], range: null }]))
  const traces = data.map((trace) => (standsAlone(trace) ? withoutNumbers(trace) : trace))
  return { ranges, outline: JSON.stringify([{ ...layout, ...without }, surroundings, traces]) }
}

function withoutNumbers(trace) {
  const rest = { ...trace }
  for (const name of NUMBERS) rest[name] = isNames(trace[name]) ? trace[name] : name in trace
  for (const name of LIMITS) rest[name] = name in trace
  if (trace.hoverinfo === "skip" && trace.showlegend === false) rest.name = null // nobody sees it
  return rest
}

/** The rows of a heatmap are told by name: in another order they are another axis. */
const isNames = (values) => typeof values?.[0] === "string"

/** The numbers of `data` into a chart with the same outline; its axes go from `before` to `after`, unless the reader moved them. */
export function drawNumbers(Plotly, canvas, data, before, after) {
  const modules = new Set()
  data.forEach((trace, index) => {
    if (standsAlone(trace) && takeNumbers(canvas, trace, index)) modules.add(canvas._fullData[index]._module)
  })
  const moved = Object.entries(after).filter(([name, range]) => {
    const now = canvas._fullLayout[name].range.map(Number)
    return same(now, before[name]) && !same(now, range)
  })
  if (moved.length) Plotly.relayout(canvas, Object.fromEntries(moved.map(([name, range]) => [`${name}.range`, range])))
  else {
    for (const module of canvas._fullLayout._basePlotModules) module.plot(canvas)
    for (const module of modules) module.style?.(canvas)
  }
}

const same = (one, other) => one.every((value, i) => value === other[i])

/** Whether there is anything to draw. */
function takeNumbers(canvas, trace, index) {
  const changed = Object.fromEntries(
    [...NUMBERS, ...LIMITS].filter((name) => name in trace).map((name) => [name, numbers(trace[name])]),
  )
  Object.assign(canvas.data[index], changed)
  const full = canvas._fullData[index]
  if (full.visible !== true) return false // drawn with the new numbers when the legend brings it back
  Object.assign(full, changed)
  if (full.type === "scatter") full._length = Math.min(full.x.length, full.y.length)
  const [{ t }] = canvas.calcdata[index]
  const marks = full._module.calc(canvas, full)
  Object.assign(marks[0], { t, trace: full })
  canvas.calcdata[index] = marks
  return true
}
