// Lines of a diagram as SVG: rounded corners, arrowheads at both ends (one for each direction), bridges where two cross.
import { ink } from "./colours.js"
import { svg } from "./dom.js"

const RADIUS = 9
const ARROW = 7

/** One group a wire: the line, the moving dots over it, an arrowhead at either end. */
export function drawWires(wires) {
  const drawn = []
  return wires.map((wire) => {
    const path = roundedPath(wire.points)
    const width = wire.thick ? 3.2 : 1.8
    const group = svg("g", { class: "wire", style: `--ink: ${ink(wire.ink)}` })
    for (const [x, y] of crossings(wire, drawn)) {
      group.append(svg("line", { class: "bridge", x1: x, x2: x, y1: y - 6, y2: y + 6, "stroke-width": width + 5 }))
    }
    group.append(
      svg("path", { class: "line", d: path, "stroke-width": width, "stroke-dasharray": wire.dashed ? "5 4" : null }),
      svg("path", { class: "dots", d: path, "stroke-width": wire.thick ? 5 : 4 }),
    )
    const size = wire.small ? ARROW - 2 : wire.thick ? ARROW + 1.5 : ARROW
    if (wire.head) group.append(arrow(wire.points.at(-1), wire.points.at(-2), size, "head"))
    if (wire.tail) group.append(arrow(wire.points[0], wire.points[1], size, "tail"))
    drawn.push(wire)
    return { group, wire }
  })
}

/** A polyline with its corners rounded. */
export function roundedPath(points) {
  let path = `M ${points[0].join(" ")}`
  for (let i = 1; i < points.length - 1; i++) {
    const [before, corner, after] = [points[i - 1], points[i], points[i + 1]]
    const radius = Math.min(RADIUS, distance(before, corner) / 2, distance(corner, after) / 2)
    path += ` L ${towards(corner, before, radius).join(" ")} Q ${corner.join(" ")} ${towards(corner, after, radius).join(" ")}`
  }
  return `${path} L ${points.at(-1).join(" ")}`
}

function arrow(tip, from, size, kind) {
  const angle = Math.atan2(tip[1] - from[1], tip[0] - from[0])
  const point = (turn, length) => [tip[0] - length * Math.cos(angle + turn), tip[1] - length * Math.sin(angle + turn)]
  const points = [tip, point(0.42, size), point(-0.42, size)].map((each) => each.map((v) => v.toFixed(1)).join(","))
  return svg("polygon", { class: `arrow ${kind}`, points: points.join(" ") })
}

/** Where an upright part of this wire crosses a level part of one drawn before, unless both come from the same bus. */
function crossings(wire, drawn) {
  const found = []
  for (const other of drawn) {
    if (wire.source && wire.source === other.source) continue
    for (const [a, b] of segments(wire.points)) {
      for (const [c, d] of segments(other.points)) {
        const upright = a[0] === b[0] && c[1] === d[1]
        if (upright && inside(a[0], c[0], d[0]) && inside(c[1], a[1], b[1])) found.push([a[0], c[1]])
      }
    }
  }
  return found
}

const inside = (value, one, other) => value > Math.min(one, other) + 3 && value < Math.max(one, other) - 3
const segments = (points) => points.slice(1).map((point, i) => [points[i], point])
const distance = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1])

function towards(from, to, length) {
  const whole = distance(from, to) || 1
  return [from[0] + ((to[0] - from[0]) * length) / whole, from[1] + ((to[1] - from[1]) * length) / whole].map((v) => +v.toFixed(2))
}
