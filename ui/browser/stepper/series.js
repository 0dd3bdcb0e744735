// The memory over all time steps, for the scrub bar and the thumbnails; and scales that several cells share.

/** Gradients of several cells can be compared: one width means one size in all of them. */
export function shareScales(each) {
  for (const name of ["gradient", "inputGradient"]) {
    const most = Math.max(...each.map((scales) => scales[name]))
    for (const scales of each) scales[name] = most
  }
}

/** {values, most}: the memory of one unit at steps 1..T, or the gradient on it. */
export function seriesOf({ cell, stage }, unit, direction) {
  const state = cell.has("cs") ? "cs" : "hs"
  const name = direction === "forward" ? state : `d${state}`
  const { shape: [, units], values } = cell.arrays.get(name)
  const { first } = cell.symbols[name]
  const column = Math.min(unit, units - 1)
  const most = direction === "forward" ? stage.scales[state === "cs" ? "memory" : "state"] : stage.scales.gradient
  return { values: Array.from({ length: cell.T }, (_, i) => values[(i + 1 - first) * units + column]), most }
}
