// The lanes as SVG: the two banks, the road between them, the bag of words, the bars of words left out, and the states.
import { clamp, roadPath } from "./layout.js"

const LARGE_JUMP = 0.2, MOST_NAMED = 3

export function svg(name, attributes, text = "") {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value))
  if (text) made.textContent = text
  return made
}

/** A share never reads 0% or 100%: no network is that sure. */
export const percent = (share) => (share >= 0.9995 ? "≈100%" : share < 0.0005 ? "≈0%" : `${(100 * share).toFixed(1)}%`)

/** The more probable class and its probability, from P(positive), or from the probabilities of negative, positive and neutral. */
export function answerOf(belief, three, words) {
  const chances = three ?? [1 - belief, belief], most = chances.lastIndexOf(Math.max(...chances))
  return { side: [words.negative, words.positive, words.neutral][most], share: percent(chances[most]) }
}

/** A box along and across the lane, whichever way it runs.
 * @param {LanePlace} place
 */
function box(place, along, across, length, breadth, attributes) {
  const [x, y, width, height] = place.isTall ? [across, along, breadth, length] : [along, across, length, breadth]
  return svg("rect", { x: width < 0 ? x + width : x, y: height < 0 ? y + height : y, width: Math.abs(width), height: Math.abs(height), ...attributes })
}

/**
 * The moving parts are returned, for the view to move them.
 * @param {RoadLane} lane
 * @param {LanePlace} place
 * @param {RoadMessage["words"]} words
 */
export function drawLane(lane, place, index, count, words, mostLeftOut) {
  const group = svg("g", {})
  const defs = svg("defs", {}), { level, road } = place
  const ends = place.isTall ? { x1: level(1), x2: level(0), y1: 0, y2: 0 } : { x1: 0, x2: 0, y1: level(1), y2: level(0) }
  const shade = svg("linearGradient", { id: `shade${index}`, gradientUnits: "userSpaceOnUse", ...ends })
  for (const [offset, name] of [[0.3, "positive"], [0.5, "ink3"], [0.7, "negative"]]) shade.append(svg("stop", { offset, class: `stop-${name}` }))
  const clip = svg("clipPath", { id: `read${index}` }), read = svg("rect", { x: 0, y: 0 })
  clip.append(read)
  defs.append(shade, clip)
  group.append(defs)
  if (!place.isTall || index === 0) group.append(...banks(lane, place, words))
  group.append(...bag(lane, place, index, words))

  const shown = svg("g", { "clip-path": `url(#read${index})` })
  const path = roadPath(place, lane.beliefs), middle = level(0.5)
  const at = (along) => (place.isTall ? `${middle} ${along}` : `${along} ${middle}`)
  shown.append(
    svg("path", { d: `${path}L${at(place.end)}L${at(place.start)}Z`, fill: `url(#shade${index})`, opacity: 0.13 }),
    svg("path", { d: path, class: "kerb", "stroke-width": road + 5 }),
    svg("path", { d: path, class: "road", stroke: `url(#shade${index})`, "stroke-width": road }),
    svg("path", { d: path, class: "lane", "stroke-dasharray": index && place.isTall ? "2 7" : "9 10" }),
  )
  if (!place.isTall) shown.append(...jumps(lane, place, words))
  group.append(shown)
  const [top, height] = place.states
  if (height > 20) group.append(svg("text", { x: place.end + 28, y: top + height / 2 + 5 }, words.state.replace("{count}", String(lane.states[0].length))))
  const bars = svg("g", { class: "bars" })
  if (!place.isTall) bars.append(...leftOut(lane, place, words, mostLeftOut))
  const ghost = svg("g", { class: "ghost" })
  const head = svg("g", {})
  head.append(svg("circle", { r: road / 2 + 9, class: "halo" }), svg("circle", { r: road / 2 + 3, class: "head" }))
  const verdict = svg("g", {})
  group.append(bars, ghost, head, verdict)
  return { group, read, bars, ghost, head, verdict }
}

function banks(lane, place, words) {
  const { start, end, level, banks, isTall } = place, middle = level(0.5)
  const found = [
    box(place, start, banks[0], end - start, middle - banks[0], { class: "bank positive" }),
    box(place, start, middle, end - start, banks[1] - middle, { class: "bank negative" }),
  ]
  if (isTall) {
    found.push(svg("text", { x: banks[1] + 4, y: start - 8 }, words.negative), svg("text", { x: banks[0] - 4, y: start - 8, "text-anchor": "end" }, words.positive))
  } else {
    found.push(svg("text", { x: 14, y: banks[0] + 20 }, words.positive), svg("text", { x: 14, y: banks[1] - 9 }, words.negative))
  }
  if (lane.three) found.push(svg("text", isTall ? { x: middle, y: start - 8, "text-anchor": "middle" } : { x: 14, y: level(lane.beliefs[0]) + place.road / 2 + 18 }, words.neutral))
  return found
}

/** The bag of words reads all at once: a straight line, and the same for every order. */
function bag(lane, place, index, words) {
  const { side, share } = answerOf(lane.bag, lane.three?.bag, words), said = lane.three ? `${side} ${share}` : percent(lane.bag)
  const across = place.level(lane.bag), { first, end, isTall } = place
  const ends = isTall ? { x1: across, x2: across, y1: first, y2: end } : { x1: first, x2: end, y1: across, y2: across }
  const [x, y] = isTall ? [across, end] : [end, across]
  const found = [svg("line", { ...ends, class: "bag" }), svg("rect", { x: x - 6, y: y - 6, width: 12, height: 12, rx: 2, class: "box" })]
  if (!isTall) {
    const label = svg("text", { x: end + 28, y: across + 5 })
    label.append(svg("tspan", { class: "strong" }, words.bag), svg("tspan", {}, ` ${said}`))
    found.push(label)
  } else if (index === 0) found.push(svg("text", { x: across, y: end + 24, "text-anchor": "middle" }, `${words.bag} ${said}`))
  return found
}

/** The words that moved the belief most, with the move in points of a hundred. */
function jumps(lane, place, words) {
  const moves = lane.words.map((_, at) => ({ at, move: lane.beliefs[at + 1] - lane.beliefs[at] }))
  const large = moves.filter(({ at, move }) => Math.abs(move) > LARGE_JUMP && at + 1 < lane.words.length)
  return large.sort((one, other) => Math.abs(other.move) - Math.abs(one.move)).slice(0, MOST_NAMED).map(({ at, move }) => {
    const label = svg("text", { ...besideJump(place, at, lane.beliefs), class: "jump" })
    label.append(svg("tspan", {}, `${lane.words[at].shown === "," ? words.comma : lane.words[at].shown} `))
    label.append(svg("tspan", { class: "strong" }, `${move > 0 ? "+" : "−"}${Math.round(100 * Math.abs(move))}`))
    return label
  })
}

/** Outside the bend; where the bank is too near, inside of it, where the road leads away. */
function besideJump(place, at, beliefs) {
  const [from, to] = place.slots[at], isUp = beliefs[at + 1] > beliefs[at], away = place.road / 2 + 9
  const bend = place.level(beliefs[at + 1]) + (isUp ? -away : away + 11)
  if (isUp ? bend > place.banks[0] + 10 : bend < place.banks[1] - 4) return { x: to - 4, y: bend, "text-anchor": "middle" }
  const middle = (place.level(beliefs[at]) + place.level(beliefs[at + 1])) / 2
  return { x: (from + to) / 2 + place.road, y: middle + (isUp ? away + 11 : -away), "text-anchor": "start" }
}

/** A bar under each word: how much lower the score is without it. */
function leftOut(lane, place, words, most) {
  const { barsAt, barsReach, first, end, slots, centres } = place
  const found = [svg("line", { x1: first, x2: slots[slots.length - 1][1], y1: barsAt, y2: barsAt, class: "axis" })]
  lane.leftOut.forEach((value, at) => {
    const length = clamp((barsReach * value) / most, -barsReach * 0.5, barsReach)
    const width = lane.words[at].isMark ? 8 : Math.min(34, (slots[at][1] - slots[at][0]) * 0.5)
    const isNothing = Math.abs(length) < 1.5
    found.push(
      box(place, centres[at] - width / 2, isNothing ? barsAt - 1 : barsAt, width, isNothing ? 2 : -length, {
        rx: 2,
        class: isNothing ? "nothing" : value > 0 ? "positive" : "negative",
      }),
    )
  })
  found.push(svg("text", { x: end + 28, y: barsAt - 8 }, words.left_out))
  return found
}

/** What the road would have ended at without this word. */
export function drawGhost(parts, lane, place, at, words) {
  parts.ghost.replaceChildren()
  if (at === null) return
  const across = place.level(lane.without[at]), from = pointOf(place, place.slots[at][0], place.level(lane.beliefs[at]))
  const to = pointOf(place, place.end, across)
  parts.ghost.append(svg("line", { x1: from[0], y1: from[1], x2: to[0], y2: to[1], class: "without" }), svg("circle", { cx: to[0], cy: to[1], r: place.road / 2, class: "end" }))
  if (place.isTall) return
  const { side, share } = answerOf(lane.without[at], lane.three?.without[at], words)
  const label = (lane.three ? words.without_three.replace("{side}", side).replace("{share}", share) : words.without.replace("{share}", percent(lane.without[at]))).replace("{word}", () => lane.words[at].shown)
  const y = clamp(across + (lane.without[at] > 0.5 ? -14 : 24), place.banks[0] + 18, place.banks[1] - 8)
  parts.ghost.append(svg("text", { x: place.end - 16, y, "text-anchor": "end", class: "strong jump" }, label))
}

/** @returns {[number, number]} */
export const pointOf = (place, along, across) => (place.isTall ? [across, along] : [along, across])

/** Each word's state, one line a unit: blue above zero, orange below. */
export function drawStates(pen, lane, place, colours, until) {
  const [top, height] = place.states, units = lane.states[0]?.length ?? 0
  if (height < 12 || !units) return
  const line = height / units
  pen.fillStyle = colours.sunk
  pen.fillRect(place.first, top, place.slots[place.slots.length - 1][1] - place.first, height)
  lane.states.slice(0, Math.ceil(until)).forEach((state, word) => {
    const [from, to] = place.slots[word]
    state.forEach((value, unit) => {
      pen.globalAlpha = Math.min(1, Math.abs(value / 100) ** 1.2)
      pen.fillStyle = value > 0 ? colours.positive : colours.negative
      pen.fillRect(from + 1, top + unit * line, to - from - 2, line + 0.15)
    })
  })
  pen.globalAlpha = 1
}
