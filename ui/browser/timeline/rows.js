// Rows for names that would overlap: each name takes the lowest row in which it has room, and its stem crosses no name below it.

const MOST = 12 // rows that are tried; a name at the edge may find none that no stem crosses

/**
 * @param {{x: number, width: number}[]} names in the order of x
 * @param {number} room
 */
export function placed(names, room) {
  /** @type {{left: number, right: number, x: number, row: number}[]} */
  const taken = []
  for (const { x, width } of names.toReversed()) {
    const left = x + width > room ? x - width : x // at the edge a name ends at its stem
    const rows = Array.from({ length: MOST }, (_each, row) => ({ left, right: left + width, x, row }))
    const isFree = (place) => !taken.some((each) => each.row === place.row && each.left < place.right && place.left < each.right)
    const free = rows.filter(isFree)
    taken.push(free.find((place) => !taken.some((each) => isCrossed(each, place))) ?? free[0] ?? rows[0])
  }
  return taken.reverse()
}

/** Whether the stem of the upper name goes through the lower one. */
function isCrossed(one, other) {
  const [upper, lower] = one.row > other.row ? [one, other] : [other, one]
  return upper.row > lower.row && upper.x > lower.left + 8 && upper.x < lower.right - 8
}
