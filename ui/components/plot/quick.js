// Most updates change numbers only: a slider moves, a run goes on, a frame follows. Plotly.react then still builds all of the
// chart anew. Here only the marks are drawn again, seven times faster: the steps that plotly itself takes inside, on the parts
// that the pinned version keeps in _fullData and calcdata. tests/browser/test_plot.py compares the two pictures.
import { numbers } from "./numbers.js"

const NUMBERS = ["x", "y", "z", "customdata"]
const LIMITS = ["zmin", "zmax"]

/** Its marks depend on no other trace. */
const standsAlone = ({ type, fill, stackgroup }) => type === "heatmap" || (type === "scatter" && !fill && !stackgroup)

/** Two drawings with the same frame differ in numbers only; null when a change of numbers may move the axes. */
export function frame(data, { title: _title, ...layout }, ...surroundings) {
  const axes = Object.entries(layout).filter(([name]) => /^[xy]axis\d*$/.test(name))
  if (!axes.every(([, axis]) => axis.range)) return null
  return JSON.stringify([layout, surroundings, data.map((trace) => (standsAlone(trace) ? withoutNumbers(trace) : trace))])
}

function withoutNumbers(trace) {
  const rest = { ...trace }
  for (const name of NUMBERS) rest[name] = size(trace[name])
  for (const name of LIMITS) rest[name] = name in trace
  return rest
}

const size = (values) => (values?.bdata ? (values.shape ?? [values.dtype, values.bdata.length]) : values?.length)

export function drawNumbers(canvas, data) {
  const modules = new Set()
  data.forEach((trace, index) => {
    if (!standsAlone(trace)) return
    const changed = Object.fromEntries(
      [...NUMBERS, ...LIMITS].filter((name) => name in trace).map((name) => [name, numbers(trace[name])]),
    )
    Object.assign(canvas.data[index], changed)
    const full = canvas._fullData[index]
    if (full.visible !== true) return // drawn with the new numbers when the legend brings it back
    Object.assign(full, changed)
    const [{ t }] = canvas.calcdata[index]
    const marks = full._module.calc(canvas, full)
    Object.assign(marks[0], { t, trace: full })
    canvas.calcdata[index] = marks
    modules.add(full._module)
  })
  for (const module of canvas._fullLayout._basePlotModules) module.plot(canvas)
  for (const module of modules) module.style?.(canvas)
}
