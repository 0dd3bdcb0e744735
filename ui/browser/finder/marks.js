// What is drawn above the picture: true boxes, boxes that were found, the path of the glimpses, and where the network looks next.
import { svg } from "../stepper/dom.js"

/** @param {number[]} box left, top, right, bottom */
const rectangle = ([left, top, right, bottom], attributes) =>
  svg("rect", { x: left, y: top, width: Math.max(right - left, 0.5), height: Math.max(bottom - top, 0.5), rx: 0.8, ...attributes })

/** @param {number[]} box */
export const trueBox = (box) => rectangle(box, { class: "true" })

/** @param {FinderFound} found */
export function foundBox(found, isFaint = false) {
  const [left, top] = found.box
  const kind = found.isRight === false ? "found miss" : found.isRight ? "found hit" : "found"
  const label = svg("text", { x: left, y: top < 5 ? found.box[3] + 4.4 : top - 0.9, class: "name" }, found.label)
  return svg("g", { class: isFaint ? `${kind} faint` : kind }, rectangle(found.box, {}), isFaint ? null : label)
}

/** The middle of a place. @param {FinderMessage} data @param {number} cell @returns {Pair} */
export function middleOf({ side, place }, cell) {
  const across = side / place
  return [(cell % across) * place + place / 2, Math.floor(cell / across) * place + place / 2]
}

/** The window at a place. @param {FinderMessage} data @param {number} cell */
export function windowAt(data, cell, attributes = {}) {
  const [x, y] = middleOf(data, cell)
  const half = data.window / 2
  return rectangle([x - half, y - half, x + half, y + half], { class: "window", ...attributes })
}

/** The path from the middle of the picture over the glimpses, and a numbered dot for each. @param {FinderMessage} data @param {number} upTo */
export function path(data, upTo) {
  const points = [[data.side / 2, data.side / 2], ...data.glimpses.slice(0, upTo).map(({ cell }) => middleOf(data, cell))]
  const line = svg("polyline", { class: "path", points: points.map((point) => point.join(",")).join(" ") })
  const dots = points.slice(1).map(([x, y], at) =>
    svg("g", { class: at === upTo - 1 ? "stop now" : "stop" }, svg("circle", { cx: x, cy: y, r: 2.1 }), svg("text", { x, y: y + 1 }, String(at + 1))))
  return svg("g", {}, line, svg("circle", { class: "start", cx: points[0][0], cy: points[0][1], r: 1.1 }), ...dots)
}

/** How probable each place is as the next one. @param {FinderMessage} data @param {number[]} where in percent */
export function nextPlaces(data, where) {
  const half = data.place / 2
  const cells = where.map((percent, cell) => {
    if (percent < 1) return null
    const [x, y] = middleOf(data, cell)
    return svg("rect", { x: x - half, y: y - half, width: data.place, height: data.place, opacity: (0.12 + 0.55 * (percent / 100)).toFixed(2) })
  })
  return svg("g", { class: "next" }, ...cells)
}
