// The memory over all time steps, for the scrub bar and the thumbnails; and scales that several cells share.

/** Gradients of several cells can be compared: one width means one size in all of them. */
export function shareScales(each) {
  for (const name of ["gradient", "inputGradient"]) {
    const most = Math.max(...each.map((scales) => scales[name]))
    for (const scales of each) scales[name] = most
  }
}

/** Of a cell after the LSTM, the gradient that the scrub bar shows: on its first state, or on its output where it has none. */
export const gradientSeries = ({ blocks }) => `d${blocks.states[0]?.[0] ?? blocks.output}`

/** {values, most}: the memory of one unit at steps 1..T (of a matrix, its first column), or the gradient on it. */
export function seriesOf({ cell, stage }, unit, direction) {
  const isForward = direction === "forward"
  const state = cell.blocks?.output ?? (cell.has("cs") ? "cs" : "hs")
  const name = isForward ? state : cell.blocks ? gradientSeries(cell) : `d${state}`
  const { shape: [, units, columns = 1], values } = cell.arrays.get(name)
  const { first } = cell.symbols[name]
  const row = Math.min(unit, units - 1)
  const most = isForward ? stage.scales[state === "cs" ? "memory" : "state"] : stage.scales.gradient
  return { values: Array.from({ length: cell.T }, (_, i) => values[((i + 1 - first) * units + row) * columns]), most }
}
