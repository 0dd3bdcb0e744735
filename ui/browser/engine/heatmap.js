// state_heatmap of ui/figures/heatmap.py: one row a unit, one column a step, and the input above.
import { countedFrom, largestMagnitude, withSubscript } from "../engine/figure_parts.js"

const MOST_LABELLED = 16

/** `live`: {array, symbol, one, several: patterns of the input's picture}; the array's first row is step 0. */
export function heatmapFigure({ data: [pattern], layout: { annotations: _remarks, ...layout } }, { array, symbol, one, several }, arrayOf) {
  const states = arrayOf(array)
  const inputs = arrayOf("xs")
  const names = countedFrom(1, states.columns).map(String)
  const labels = states.columns <= MOST_LABELLED ? { tickvals: names, ticktext: names.map((name) => withSubscript(symbol, name)) } : {}
  return {
    data: [
      {
        ...pattern,
        ...reachOf(states.values),
        x: countedFrom(0, states.rows),
        y: names,
        z: countedFrom(0, states.columns).map(states.column),
      },
      inputAbove(inputs, one, several),
    ],
    layout: {
      ...layout,
      height: Math.min(Math.max(96 + 26 * states.columns, 190), 460) + 70,
      xaxis: { ...layout.xaxis, range: [-0.5, states.rows - 0.5] },
      yaxis: { ...layout.yaxis, range: [states.columns - 0.5, -0.5], ...labels },
    },
  }
}

function inputAbove({ rows, columns, column, values }, one, several) {
  const x = countedFrom(1, rows)
  if (columns === 1) return { ...one, x, y: column(0) }
  return { ...several, ...reachOf(values), x, y: countedFrom(1, columns), z: countedFrom(0, columns).map(column) }
}

function reachOf(values) {
  const reach = largestMagnitude(values)
  return { zmin: -reach, zmax: reach }
}
