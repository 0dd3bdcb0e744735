// The charts of a run that the engine has computed, as ui/figures makes them: tests/ui/browser/test_live.py compares both.
import { heatmapFigure } from "../engine/heatmap.js"
import { linesFigure } from "../engine/lines.js"

const CHARTS = { lines: linesFigure, heatmap: heatmapFigure }

/** What changes of a chart's message. `live`: {kind, array, symbol, ...}; the figure that the page sent last is the pattern. */
export function livePicture({ figure: sent, live, height }, run) {
  const pattern = JSON.parse(sent)
  const figure = CHARTS[live.kind](pattern, live, (name) => arrayOf(run, name))
  return { figure: JSON.stringify(figure), height: figure.layout.height ?? height, isLive: true }
}

function arrayOf({ arrays, numbers }, name) {
  const { start, shape: [rows, columns] } = arrays[name]
  const column = (unit) => Array.from({ length: rows }, (_, row) => numbers[start + row * columns + unit])
  return { rows, columns, column, values: numbers.subarray(start, start + rows * columns) }
}
