// Shapes of the drawing as SVG paths: rounded lines, bands of changing width, curves of functions.

/** A line through points [x, y] with rounded corners. */
export function roundedLine(points, radius = 14) {
  let path = `M${points[0]}`
  for (let i = 1; i < points.length - 1; i++) {
    const corner = points[i]
    path += `L${near(corner, points[i - 1], radius)}Q${corner} ${near(corner, points[i + 1], radius)}`
  }
  return path + `L${points.at(-1)}`
}

function near(corner, other, radius) {
  const length = Math.hypot(other[0] - corner[0], other[1] - corner[1]) || 1
  const share = Math.min(radius, length / 2) / length
  return corner.map((v, axis) => +(v + (other[axis] - v) * share).toFixed(1))
}

/** A closed band around `base`, along x or along y, whose half width changes smoothly: points are [position, half width]. */
export function band(isAlongX, base, points) {
  const at = isAlongX ? (s, d) => `${s},${+(base + d).toFixed(2)}` : (s, d) => `${+(base + d).toFixed(2)},${s}`
  let there = `M${at(points[0][0], -points[0][1])}`
  let back = ""
  for (let i = 1; i < points.length; i++) {
    const [[s0, w0], [s1, w1]] = [points[i - 1], points[i]]
    const middle = (s0 + s1) / 2
    there += `C${at(middle, -w0)} ${at(middle, -w1)} ${at(s1, -w1)}`
    back = `C${at(middle, w1)} ${at(middle, w0)} ${at(s0, w0)}` + back
  }
  return there + `L${at(points.at(-1)[0], points.at(-1)[1])}${back}Z`
}

/** A function between -reach and reach, in a field of this size around 0. Its values are between -1 and 1. */
export function functionCurve(f, [width, height], reach) {
  const points = Array.from({ length: 25 }, (_, i) => {
    const share = i / 24 - 0.5
    return `${(share * width).toFixed(1)} ${(-f(share * 2 * reach) * height * 0.5).toFixed(1)}`
  })
  return `M${points.join("L")}`
}

/** A path of one sign of a series: a mirrored ribbon, `half` high where a value is as large as `most`. */
export function ribbon(values, sign, { xOf, middle, half, most }) {
  let path = ""
  const height = (v) => (Number.isFinite(v) ? Math.min(1, Math.abs(v) / most) : 1) * half
  for (let i = 0; i < values.length - 1; i++) {
    const [a, b] = [values[i], values[i + 1]]
    if (((b || a) < 0 ? -1 : 1) !== sign) continue
    const [from, to] = [a * b < 0 ? 0 : height(a), height(b)]
    if (from + to === 0) continue
    const [x0, x1] = [xOf(i), xOf(i + 1) + 0.3]
    const between = (x0 + x1) / 2
    path += `M${x0} ${middle - from}C${between} ${middle - from} ${between} ${middle - to} ${x1} ${middle - to}V${middle + to}`
    path += `C${between} ${middle + to} ${between} ${middle + from} ${x0} ${middle + from}Z`
  }
  return path
}
