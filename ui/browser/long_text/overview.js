// The whole text as one strip: in each column of pixels the mean of its characters' values, below it how often the label holds.

const VALUES = 26, MARKS = 6, GAP = 2 // pixels

export const HEIGHT = VALUES + GAP + MARKS

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Int8Array} values
 * @param {(place: number) => boolean} isMarked
 * @param {{ low: string, high: string, mark: string }} inks
 */
export function drawOverview(canvas, values, isMarked, inks) {
  const ratio = devicePixelRatio || 1, columns = Math.min(values.length, Math.round(canvas.clientWidth * ratio))
  if (!columns) return
  canvas.width = columns
  canvas.height = HEIGHT
  const pen = canvas.getContext("2d")
  const means = columnMeans(columns, values.length, (at) => values[at])
  const shares = columnMeans(columns, values.length, (at) => (isMarked(at) ? 1 : 0))
  const most = Math.max(1, ...means.map(Math.abs)), mostMarked = Math.max(1e-9, ...shares)
  for (let column = 0; column < columns; column += 1) {
    pen.globalAlpha = Math.abs(means[column]) / most
    pen.fillStyle = means[column] < 0 ? inks.low : inks.high
    pen.fillRect(column, 0, 1, VALUES)
    pen.globalAlpha = shares[column] / mostMarked
    pen.fillStyle = inks.mark
    pen.fillRect(column, VALUES + GAP, 1, MARKS)
  }
}

/** @param {number} columns @param {number} length @param {(place: number) => number} read */
function columnMeans(columns, length, read) {
  return Array.from({ length: columns }, (_, column) => {
    const start = Math.floor((column * length) / columns), end = Math.max(start + 1, Math.floor(((column + 1) * length) / columns))
    let sum = 0
    for (let at = start; at < end; at += 1) sum += read(at)
    return sum / (end - start)
  })
}
