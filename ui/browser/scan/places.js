// Where the loop and the tree lie: time runs to the right and rounds run down, or on a phone the other way round.
const NARROW = 720 // pixels
const LOOP = 130 // of the wide picture, above the tree
const RESULT = 58 // below it
const ROW = 38 // of the narrow one, for a step

/** @param {{width: number, height: number, steps: number, rounds: number}} size */
export function placesOf({ width, height, steps, rounds }) {
  const isNarrow = width < NARROW
  if (isNarrow) {
    const column = (width - 34) / (rounds + 1)
    return {
      isNarrow,
      height: steps * ROW + 44,
      box: [Math.min(74, column - 5), 26],
      at: (round, step) => [34 + column * (round + 1.5), 40 + ROW * (step + 0.5)],
      head: (step) => [28, 40 + ROW * (step + 0.5) + 5],
      rowName: (round) => [34 + column * (round + 1.5), 26],
      result: null, // a phone has no room for it
      loop: { middle: 34 + column * 0.5, half: Math.min(22, column / 2 - 4), along: (step) => 40 + ROW * (step + 0.5) },
    }
  }
  const left = 168
  const column = (width - left - 14) / steps
  const pitch = (height - LOOP - RESULT - 30) / Math.max(1, rounds - 0.5)
  return {
    isNarrow,
    height,
    box: [Math.min(78, column - 7), Math.max(20, Math.min(42, pitch - 14))],
    at: (round, step) => [left + column * (step + 0.5), LOOP + 24 + pitch * round],
    head: (step) => [left + column * (step + 0.5), 18],
    rowName: (round) => [left - 14, LOOP + 29 + pitch * round],
    result: { name: [left - 14, height - RESULT / 2 + 5], middle: height - RESULT / 2, half: RESULT / 2 - 4, at: (step) => [left + column * (step + 0.5)] },
    loop: { middle: 60, half: 26, along: (step) => left + column * (step + 0.5) },
  }
}

/** From the box of one pair to the box of a later round: out along the rounds, across, and in along the rounds. */
export function wire(from, to, { isNarrow, box }) {
  const [x0, y0] = isNarrow ? [from[0] + box[0] / 2, from[1]] : [from[0], from[1] + box[1] / 2]
  const [x1, y1] = isNarrow ? [to[0] - box[0] / 2, to[1]] : [to[0], to[1] - box[1] / 2]
  if (isNarrow) return `M${x0} ${y0}C${(x0 + x1) / 2} ${y0} ${(x0 + x1) / 2} ${y1} ${x1} ${y1}`
  return `M${x0} ${y0}C${x0} ${(y0 + y1) / 2} ${x1} ${(y0 + y1) / 2} ${x1} ${y1}`
}
