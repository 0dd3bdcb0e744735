// The names at the ends of lines, for the height that the chart has: Python does not know it (ui/figures/lines.py).
import { spreadApart } from "../shared/spread.js"
import { numbers } from "./numbers.js"

const [NAME_HEIGHT, AROUND] = [20, 56] // pixels of a row, and of a chart above and below its lines

/**
 * @param {{data: Trace[], layout: Layout}} figure
 * @param {number} height
 */
export function placeNames({ data, layout }, height) {
  return { data: data.map((trace) => (trace.meta === "names" ? placed(trace, layout.yaxis, height) : trace)), layout }
}

/** Names at the right edge are kept apart; a line that ends before has its name where it ends. */
function placed(trace, { type, range: [low, high] }, height) {
  const [steps, ends, before] = [trace.x, trace.customdata, trace.y].map((each) => Array.from(numbers(each)))
  const edge = Math.max(...steps)
  const atEdge = steps.flatMap((step, i) => (step === edge ? [i] : []))
  const rows = Math.max(...trace.text.map((/** @type {string} */ text) => text.split("<br>").length))
  const gap = ((high - low) * NAME_HEIGHT * rows) / (height - AROUND)
  const places = spreadApart(atEdge.map((i) => ends[i]), gap, low, high)
  const y = [...before]
  atEdge.forEach((i, place) => (y[i] = type === "log" ? 10 ** places[place] : places[place]))
  return { ...trace, y }
}
