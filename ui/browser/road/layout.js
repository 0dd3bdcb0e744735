// Where everything lies: the words run along a lane, and the belief goes across it. On a wide stage each sentence has a lane of its
// own and is read from left to right; on a narrow one all share a lane and are read downwards.

export const NARROW = 700 // pixels
const LEAST_SLOT = 1.25 // rem: the shortest way along the road that a word takes
export const clamp = (value, low, high) => Math.min(high, Math.max(low, value))

/**
 * How much room the sentences need: along the words on a wide stage, downwards on a narrow one.
 * @param {RoadLane[]} lanes
 */
export function neededRoom(lanes, rem, isNarrow) {
  const most = Math.max(...lanes.map((lane) => lane.words.length))
  return isNarrow ? Math.max(30 * rem, (most * 2.75 + 8) * rem) : (19 + most * LEAST_SLOT * 1.9) * rem
}

/**
 * @param {RoadLane} lane
 * @param {RoadSize} size of the stage
 * @returns {LanePlace}
 */
export function wideLane(lane, index, count, size) {
  const { width, height, rem, measure } = size
  const own = height / count, top = index * own, isAlone = count === 1
  const first = 7.5 * rem, end = width - 12.5 * rem, length = end - first - 1.25 * rem
  let letter = isAlone ? clamp(own * 0.1, 1.6 * rem, 3.4 * rem) : clamp(own * 0.135, 1.25 * rem, 2.6 * rem)
  let slots = slotsOf(lane, length, first, letter, rem, measure)
  while (slots.isTooLong && letter > 0.8 * rem) slots = slotsOf(lane, length, first, (letter -= 1), rem, measure)
  const upper = top + own * (isAlone ? 0.325 : 0.37), lower = top + own * (isAlone ? 0.79 : 0.865), margin = isAlone ? 24 : 18
  return {
    isTall: false,
    start: 0,
    first,
    end,
    letter,
    slots: slots.found,
    centres: centresOf(lane, slots.found, letter, measure),
    wordsAt: top + own * (isAlone ? 0.11 : 0.12),
    banks: [upper, lower],
    level: (belief) => lower - margin - (lower - upper - 2 * margin) * belief,
    road: clamp(own * (isAlone ? 0.045 : 0.06), 12, 22),
    barsAt: top + own * (isAlone ? 0.28 : 0.315),
    barsReach: own * (isAlone ? 0.09 : 0.1),
    states: [top + own * (isAlone ? 0.82 : 0.885), own * (isAlone ? 0.15 : 0.095)],
  }
}

/**
 * @param {RoadLane} lane
 * @param {RoadSize} size
 * @returns {LanePlace}
 */
export function tallLane(lane, index, count, size) {
  const { width, height, rem } = size
  const first = 3.75 * rem, end = height - 3.6 * rem, slot = (end - first - 0.5 * rem) / lane.words.length
  const slots = lane.words.map((_, at) => pair(first + at * slot, first + (at + 1) * slot))
  const half = Math.min(6 * rem, width * 0.21), left = width / 2 - half, right = width / 2 + half
  return {
    isTall: true,
    start: 2.75 * rem,
    first,
    end,
    letter: Math.min((count > 1 ? 1.15 : 1.4) * rem, slot * 0.6),
    slots,
    centres: slots.map(([from, to]) => (from + to) / 2),
    wordsAt: index ? width - 0.6 * rem : 0.6 * rem,
    banks: [right, left],
    level: (belief) => left + 12 + (right - left - 24) * belief,
    road: 14,
    barsAt: 0,
    barsReach: 0,
    states: [0, 0],
  }
}

function slotsOf(lane, length, first, letter, rem, measure) {
  const widths = lane.words.map((word) => Math.max(measure(word.shown, letter) + letter * 0.28, (word.isMark ? 1.6 : LEAST_SLOT) * rem))
  const total = widths.reduce((sum, width) => sum + width, 0)
  const free = Math.max(0, length - total) / widths.length
  const shares = widths.map((width, at) => width + (lane.words[at].isMark ? Math.min(free, 18) : free))
  const scale = length / shares.reduce((sum, width) => sum + width, 0)
  let along = first
  const found = shares.map((width) => pair(along, (along += width * scale)))
  return { found, isTooLong: total > length }
}

/** @returns {[number, number]} */
const pair = (from, to) => [from, to]

/** A word stands in the middle of its slot, and a comma at the end of the word before it. */
function centresOf(lane, slots, letter, measure) {
  return lane.words.map((word, at) => {
    const [from, to] = slots[at], before = slots[at - 1]
    if (!before || !(word.isMark || (word.isGlued && /^[a-z'’]+$/i.test(word.shown)))) return (from + to) / 2
    const endOfWord = (before[0] + before[1]) / 2 + measure(lane.words[at - 1].shown, letter) / 2
    return endOfWord + (word.isMark ? letter * (word.shown === "," ? 0.14 : 0.5) : measure(word.shown, letter) / 2 + 1)
  })
}

/** The point of the road at this time, counted in words: the same cubic as in `roadPath`.
 * @param {LanePlace} place
 * @param {number[]} beliefs
 */
export function pointAt(place, beliefs, time) {
  const last = place.slots.length
  if (time >= last) return { along: place.end, across: place.level(beliefs[last]) }
  const word = Math.max(0, Math.floor(time)), u = clamp(time - word, 0, 1), v = 1 - u
  const [from, to] = place.slots[word], middle = (from + to) / 2
  const low = place.level(beliefs[word]), high = place.level(beliefs[word + 1])
  return {
    along: v * v * v * from + 3 * v * v * u * middle + 3 * v * u * u * middle + u * u * u * to,
    across: v * v * (v + 3 * u) * low + u * u * (u + 3 * v) * high,
  }
}

/** @param {LanePlace} place */
export function roadPath(place, beliefs) {
  const { isTall, level, start, first, end, slots } = place
  const at = (along, across) => (isTall ? `${across.toFixed(1)} ${along.toFixed(1)}` : `${along.toFixed(1)} ${across.toFixed(1)}`)
  let path = `M${at(start, level(beliefs[0]))}L${at(first, level(beliefs[0]))}`
  slots.forEach(([from, to], word) => {
    const low = level(beliefs[word]), high = level(beliefs[word + 1]), middle = (from + to) / 2
    path += `L${at(from, low)}C${at(middle, low)} ${at(middle, high)} ${at(to, high)}`
  })
  return `${path}L${at(end, level(beliefs[beliefs.length - 1]))}`
}
