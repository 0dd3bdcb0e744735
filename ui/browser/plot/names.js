// The names at the ends of lines, for the height that the chart has: Python does not know it (ui/figures/lines.py).
import { spreadApart } from "../shared/spread.js"
import { numbers } from "./numbers.js"

const [NAME_HEIGHT, NAME_WIDTH] = [20, 64] // pixels of a row, and of a short name
const [AROUND, MARGINS] = [56, 142] // pixels above and below the lines of a chart, and at their left and right

/**
 * @param {{data: Trace[], layout: Layout}} figure
 * @param {number} width
 * @param {number} height
 */
export function placeNames({ data, layout }, width, height) {
  return { data: data.map((trace) => (trace.meta === "names" ? placed(trace, layout, width, height) : trace)), layout }
}

/** Names that begin at about the same step are kept apart; a line that ends before the others has its name where it ends. */
function placed(trace, layout, width, height) {
  const { type, range: [low, high], domain: [bottom, top] = [0, 1] } = layout[(trace.yaxis ?? "y").replace("y", "yaxis")]
  const [first, last] = layout.xaxis.range
  const [steps, ends, before] = [trace.x, trace.customdata, trace.y].map((each) => Array.from(numbers(each)))
  const rows = Math.max(...trace.text.map((/** @type {string} */ text) => text.split("<br>").length))
  const gap = ((high - low) * NAME_HEIGHT * rows) / ((height - AROUND) * (top - bottom))
  const y = [...before]
  for (const group of beside(steps, (NAME_WIDTH * (last - first)) / Math.max(width - MARGINS, NAME_WIDTH))) {
    const places = spreadApart(group.map((i) => ends[i]), gap, low, high)
    group.forEach((i, place) => (y[i] = type === "log" ? 10 ** places[place] : places[place]))
  }
  return { ...trace, y }
}

/**
 * The indices of the steps, in groups of which each step is nearer than `near` to the one before.
 * @param {number[]} steps
 * @param {number} near
 */
function beside(steps, near) {
  const order = steps.map((_, i) => i).sort((a, b) => steps[a] - steps[b])
  /** @type {number[][]} */
  const groups = []
  order.forEach((i, place) => {
    if (place && steps[i] - steps[order[place - 1]] < near) groups.at(-1).push(i)
    else groups.push([i])
  })
  return groups
}
