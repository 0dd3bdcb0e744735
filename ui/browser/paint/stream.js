// The beliefs as a stream along the picture's own axis: a band for each answer, as wide as the answer is likely.
const SVG = "http://www.w3.org/2000/svg"
const LIKELY = 0.35 // an answer that reaches this is drawn darker
const SMALLEST = 14 // pixels of type

/**
 * @param {SVGElement} svg
 * @param {PaintStream} stream
 * @param {{ width: number, height: number, across: boolean }} size
 */
export function drawStream(svg, stream, { width, height, across }) {
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`)
  svg.replaceChildren()
  const points = placed(stream, across ? width : height, across)
  const [breadth, length] = across ? [height, width] : [width, height]
  const edges = points.map(({ shares }) => cumulated(shares))
  for (let name = 0; name < stream.names.length; name++) {
    const low = points.map(({ at }, k) => at2d(at, edges[k][name] * breadth))
    const high = points.map(({ at }, k) => at2d(at, edges[k][name + 1] * breadth))
    const way = `${bent(low)}L${bent(high.reverse()).slice(1)}Z`
    add(svg, "path", { d: way, class: bandClass(stream, name) })
  }
  labels(stream, points, edges, breadth, length).forEach(({ name, along, middle, size, isMain }) => {
    const [x, y] = at2d(along, middle)
    const label = add(svg, "text", { x, y: y + size * 0.35, "font-size": size, class: isMain ? "main" : "" })
    label.textContent = stream.names[name]
  })

  /**
   * @param {number} along
   * @param {number} beside
   * @returns {[x: number, y: number]}
   */
  function at2d(along, beside) {
    return across ? [along, height - beside] : [beside, along]
  }

  /** @param {[x: number, y: number][]} corners */
  function bent(corners) {
    return corners
      .map(([x, y], k) => {
        if (!k) return `M${x.toFixed(1)} ${y.toFixed(1)}`
        const [fromX, fromY] = corners[k - 1]
        const [first, second] = across ? [`${(fromX + x) / 2} ${fromY}`, `${(fromX + x) / 2} ${y}`] : [`${fromX} ${(fromY + y) / 2}`, `${x} ${(fromY + y) / 2}`]
        return `C${first} ${second} ${x.toFixed(1)} ${y.toFixed(1)}`
      })
      .join("")
  }
}

/**
 * Where each belief lies along the axis. Downwards it is known when its step has been read, at the end of the step; across, in the
 * middle of its frame.
 * @param {PaintStream} stream
 * @param {number} length
 * @param {boolean} across
 */
function placed({ before, beliefs }, length, across) {
  const steps = beliefs.length
  const points = beliefs.map((shares, k) => ({ at: ((k + (across ? 0.5 : 1)) / steps) * length, shares, step: k + 1 }))
  if (!across) return [{ at: 0, shares: before ?? beliefs[0], step: 0 }, ...points]
  return [{ ...points[0], at: 0 }, ...points, { ...points[steps - 1], at: length }]
}

/**
 * @param {PaintStream} stream
 * @param {number} name
 */
function bandClass({ answers, beliefs, blank }, name) {
  if (name === blank) return "blank"
  if (answers.includes(name)) return "answer"
  return beliefs.some((shares) => shares[name] > LIKELY) ? "likely" : name % 2 ? "odd" : "even"
}

/**
 * Where a band is wide enough for its name.
 * @param {PaintStream} stream
 * @param {ReturnType<typeof placed>} points
 * @param {number[][]} edges
 * @param {number} breadth
 * @param {number} length
 */
function labels(stream, points, edges, breadth, length) {
  const { across } = stream
  const steps = stream.beliefs.length
  const every = across ? 1 : Math.max(1, Math.round(steps / 8))
  const least = across ? 26 : 15
  const found = []
  points.forEach(({ at, shares, step }, k) => {
    if (step === 0 ? !stream.before || length < 420 : step % every) return
    if (across && (k === 0 || k === points.length - 1)) return
    shares.forEach((share, name) => {
      const isPeak = !across || (name !== stream.blank && share >= (points[k - 1].shares[name] ?? 0) && share > (points[k + 1].shares[name] ?? 0))
      if (!isPeak || share * breadth < least) return
      const room = across ? 44 : step ? Math.min(44, (length / steps) * every * 0.62) : 22
      const widest = across ? Infinity : (0.7 * share * breadth) / widthOf(stream.names[name])
      if (widest < SMALLEST) return
      const size = Math.max(SMALLEST, Math.min(room, share * breadth * 0.5, widest))
      const along = across ? at : step ? at - size * 0.5 - 3 : size * 0.6
      found.push({ name, along, middle: (edges[k][name] + share / 2) * breadth, size, isMain: stream.answers.includes(name) })
    })
  })
  return found
}

/**
 * In ems, about: a Chinese character is as wide as it is tall.
 * @param {string} name
 */
const widthOf = (name) => [...name].reduce((width, letter) => width + (letter > "\u2e7f" ? 1 : 0.5), 0)

/** @param {number[]} shares */
function cumulated(shares) {
  let sum = 0
  return [0, ...shares.map((share) => (sum += share))]
}

/**
 * @param {SVGElement} parent
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 */
function add(parent, name, attributes) {
  const made = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value))
  parent.append(made)
  return made
}
