// A path that the visitor drags or types: its points with their moments, brought to frames of equal time.
const SPEED = 0.65 // pixels a frame
const FEWEST = 6
const STILL = 1.5 // pixels; a shorter path is a click

/** @typedef {[x: number, y: number, time: number]} Moment */

/** @param {Moment[]} moments */
export const lengthOf = (moments) =>
  moments.slice(1).reduce((sum, [x, y], at) => sum + Math.hypot(x - moments[at][0], y - moments[at][1]), 0)

/** How many frames this path takes. @param {Moment[]} moments @param {number} most */
export function framesOf(moments, most) {
  return Math.max(FEWEST, Math.min(most, Math.round(lengthOf(moments) / SPEED) + 1))
}

/** The points at equal times; null where the ball was only clicked. @param {Moment[]} moments @param {number} most @returns {Pair[] | null} */
export function pathOf(moments, most) {
  if (lengthOf(moments) < STILL) return null
  const count = framesOf(moments, most)
  const begin = moments[0][2]
  const all = Math.max(1, moments.at(-1)[2] - begin)
  let at = 0
  return Array.from({ length: count }, (_, frame) => {
    const time = begin + (all * frame) / (count - 1)
    while (at < moments.length - 2 && moments[at + 1][2] < time) at += 1
    const [x0, y0, t0] = moments[at]
    const [x1, y1, t1] = moments[at + 1]
    const share = t1 > t0 ? Math.min(1, Math.max(0, (time - t0) / (t1 - t0))) : 0
    return /** @type {Pair} */ ([x0 + share * (x1 - x0), y0 + share * (y1 - y0)])
  })
}
