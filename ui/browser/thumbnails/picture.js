// The picture of one preset: ribbons whose width is the value and whose colour is its sign, lines, or pixels.
const WIDTH = 104, HEIGHT = 28
const SVG = "http://www.w3.org/2000/svg"

export function picture({ lines, ribbons, ribbon_ink = null, roads = [], pixels = [] }) {
  if (pixels.length) return inPixels(pixels)
  const svg = node("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" })
  const band = HEIGHT / Math.max(1, ribbons.length)
  ribbons.forEach((values, unit) => svg.append(...ribbon(values, band * (unit + 0.5), band / 2 - 1)))
  if (ribbon_ink) for (const shape of svg.children) /** @type {SVGElement} */ (shape).style.fill = `light-dark(${ribbon_ink[0]}, ${ribbon_ink[1]})`
  if (roads.length) svg.append(...roadShapes(roads))
  for (const { values, ink, dash } of lines) {
    const points = values.map((value, i) => `${x(i, values.length)},${((1 - value) * (HEIGHT - 2) + 1).toFixed(1)}`).filter((_, i) => Number.isFinite(values[i]))
    const dashes = dash === "solid" ? "" : dash === "dot" ? "2 3" : dash.replace(/px/g, "")
    const line = node("polyline", { points: points.join(" "), fill: "none", "stroke-width": 1.8, "stroke-dasharray": dashes, "vector-effect": "non-scaling-stroke" })
    line.style.stroke = `light-dark(${ink[0]}, ${ink[1]})`
    svg.append(line)
  }
  return svg
}

const FLATTEST = 2.5 // a picture that is wider than this is stretched to the whole width

/** @param {number[][]} rows */
export const isWide = (rows) => rows[0].length / rows.length > FLATTEST

/** @param {number[][]} rows */
function inPixels(rows) {
  const [high, wide] = [rows.length, rows[0].length]
  const svg = node("svg", { viewBox: `0 0 ${wide} ${high}`, preserveAspectRatio: isWide(rows) ? "none" : "xMidYMid meet", "aria-hidden": "true", class: "pixels" })
  const ground = node("rect", { width: wide, height: high, class: "ground" })
  const inked = rows.flatMap((row, y) => row.map((value, x) => (value > 0.02 ? node("rect", { x, y, width: 1.02, height: 1.02, opacity: value }) : null)))
  svg.append(ground, ...inked.filter(Boolean))
  return svg
}

const x = (i, count) => ((i / Math.max(1, count - 1)) * WIDTH).toFixed(1)

/** One shape for what is above zero and one for what is below, mirrored at the middle. */
function ribbon(values, middle, most) {
  return [1, -1].map((sign) => {
    const widths = values.map((value) => Math.max(0, Math.min(1, sign * value)) * most)
    const upper = widths.map((width, i) => `${x(i, values.length)} ${(middle - width).toFixed(2)}`)
    const lower = widths.map((width, i) => `${x(i, values.length)} ${(middle + width).toFixed(2)}`).reverse()
    return node("path", { d: `M${upper.join("L")}L${lower.join("L")}Z`, class: sign > 0 ? "positive" : "negative" })
  })
}

let gradients = 0 // each picture's has a name of its own

/** Thick lines that swing between two sides, in the colour of the nearer one, and the middle between them. */
function roadShapes(roads) {
  const y = (value) => ((1 - value) * (HEIGHT - 6) + 3).toFixed(1), id = `road${++gradients}`
  const shade = node("linearGradient", { id, gradientUnits: "userSpaceOnUse", x1: "0", x2: "0", y1: y(1), y2: y(0) })
  for (const [offset, name] of [[0.4, "positive"], [0.6, "negative"]]) {
    const stop = node("stop", { offset })
    stop.style.stopColor = `var(--${name})`
    shade.append(stop)
  }
  const middle = node("path", { d: `M0 ${y(0.5)}H${WIDTH}`, "stroke-width": 1, "stroke-dasharray": "1 4" })
  middle.style.stroke = "var(--ink3)"
  const shapes = roads.map((values) => {
    const along = (i) => Number(x(i, values.length))
    const bends = values.slice(1).map((value, i) => {
      const half = ((along(i) + along(i + 1)) / 2).toFixed(1)
      return `C${half} ${y(values[i])} ${half} ${y(value)} ${along(i + 1)} ${y(value)}`
    })
    return node("path", { d: `M0 ${y(values[0])}${bends.join("")}`, fill: "none", stroke: `url(#${id})`, "stroke-width": 4, "stroke-linejoin": "round" })
  })
  return [shade, middle, ...shapes]
}

function node(name, attributes) {
  const made = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) if (value !== "") made.setAttribute(key, String(value))
  return made
}
