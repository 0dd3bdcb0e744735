// The drawing of the wave on a canvas: the drawn values, the network's own, and the units of its state on the same axis.

const GLOW = 7 // the light around the lines is drawn at a seventh of the size and stretched
const HIGHEST = 1.18 // the value at the upper edge
const SUBSCRIPTS = "₁₂₃₄₅₆₇₈"

export const clamp = (value, low, high) => Math.min(high, Math.max(low, value))
export const signed = (value) => (value < 0 ? "−" : "") + Math.abs(value).toFixed(2)

export class WavePicture {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas
    this.pen = canvas.getContext("2d")
    this.glow = document.createElement("canvas")
    this.glowPen = this.glow.getContext("2d")
    this.width = this.height = this.count = this.read = 0
    this.ratio = this.rem = this.lane = this.lanesTop = this.bottom = this.left = this.stride = 1
    this.isNarrow = false
    /** @type {Record<string, string>} */
    this.colours = {}
  }

  /** Where everything lies, for `count` steps of which the first `read` are drawn by the reader. */
  layOut(count, read) {
    const { clientWidth: width, clientHeight: height } = this.canvas
    const ratio = Math.min(2, devicePixelRatio || 1)
    if (this.canvas.width !== width * ratio || this.canvas.height !== height * ratio) {
      this.canvas.width = width * ratio
      this.canvas.height = height * ratio
      this.glow.width = Math.ceil(width / GLOW)
      this.glow.height = Math.ceil(height / GLOW)
    }
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize)
    const isNarrow = width < 760
    const lane = isNarrow ? 15 : clamp(height * 0.036, 17, 2 * rem)
    Object.assign(this, { width, height, ratio, rem, isNarrow, lane, count, read })
    this.lanesTop = height - 1.7 * rem - 8 * lane
    this.bottom = this.lanesTop - 1.6 * rem
    this.left = isNarrow ? 10 : 3.2 * rem
    this.stride = (width - this.left) / (count - 0.5)
    this.colours = this.readColours()
  }

  readColours() {
    const style = getComputedStyle(this.canvas)
    const probe = (name) => {
      this.canvas.style.color = `var(--${name})`
      return style.color
    }
    const names = { paper: "paper", ink: "ink", ink2: "ink2", ink3: "ink3", line: "line", positive: "positive", negative: "negative", network: "ink-gru" }
    const colours = Object.fromEntries(Object.entries(names).map(([key, name]) => [key, probe(name)]))
    this.canvas.style.color = ""
    return colours
  }

  x(step) {
    return this.left + (step + 0.5) * this.stride
  }

  y(value) {
    return (this.bottom / 2) * (1 - value / HIGHEST)
  }

  stepAt(x) {
    return (x - this.left) / this.stride - 0.5
  }

  valueAt(y) {
    return clamp((1 - (2 * y) / this.bottom) * HIGHEST, -1.15, 1.15)
  }

  unitMiddle(unit) {
    return this.lanesTop + (unit + 0.5) * this.lane
  }

  /** `until`: how many steps of the run are shown, with a fraction while it is played. `chosen`: the step under the cursor, or null. */
  draw(run, until, chosen) {
    const { pen, glowPen, ratio, colours, read } = this
    const end = Math.min(this.count - 1, Math.floor(until)), part = until - end
    pen.setTransform(ratio, 0, 0, ratio, 0, 0)
    pen.clearRect(0, 0, this.width, this.height)
    glowPen.setTransform(1 / GLOW, 0, 0, 1 / GLOW, 0, 0)
    glowPen.clearRect(0, 0, this.width + GLOW, this.height + GLOW)
    glowPen.globalAlpha = 0.6
    if (end > 0) this.lanes(glowPen, run, end, 1.35)
    if (end >= read - 1) this.stroke(glowPen, run.values, read - 1, end, part, colours.network, 16, 0.4)
    pen.imageSmoothingQuality = "high"
    pen.drawImage(this.glow, 0, 0, this.glow.width * GLOW, this.glow.height * GLOW)
    this.area(run.values, 0, Math.min(end, read - 1), 0, 0.35)
    this.area(run.values, read - 1, end, part, 0.5)
    this.line(0, this.y(0), this.width, this.y(0), colours.line, 1)
    this.border()
    this.expected(run, Math.min(end, read - 1))
    this.stroke(pen, run.values, 0, Math.min(end, read - 1), end < read - 1 ? part : 0, colours.ink, 4, 1)
    if (end >= read - 1) this.stroke(pen, run.values, read - 1, end, part, colours.network, 4.5, 1)
    if (this.stride > 8) this.points(run.values, Math.min(end, read - 1))
    if (end > 0) {
      pen.globalAlpha = 0.55
      this.lanes(pen, run, end, 1)
      pen.globalAlpha = 1
      this.lanes(pen, run, end, 0.52)
    }
    this.axis()
    if (until < this.count - 1) this.head(run.values, end, part)
    if (chosen !== null && chosen <= end) this.cursor(run, chosen)
  }

  /** A smooth line through the values (Catmull-Rom), up to a fraction of the step after `to`. */
  trace(pen, values, from, to, part) {
    pen.moveTo(this.x(from), this.y(values[from]))
    for (let t = from; t < to; t++) {
      const before = values[Math.max(0, t - 1)], here = values[t], next = values[t + 1], after = values[Math.min(this.count - 1, t + 2)]
      const third = this.stride / 3
      pen.bezierCurveTo(this.x(t) + third, this.y(here + (next - before) / 6), this.x(t + 1) - third, this.y(next - (after - here) / 6), this.x(t + 1), this.y(next))
    }
    if (part > 0 && to < this.count - 1) pen.lineTo(this.x(to + part), this.y(values[to] + (values[to + 1] - values[to]) * part))
  }

  stroke(pen, values, from, to, part, colour, width, alpha) {
    pen.save()
    pen.globalAlpha = alpha
    pen.lineJoin = pen.lineCap = "round"
    pen.lineWidth = width
    pen.strokeStyle = colour
    pen.beginPath()
    this.trace(pen, values, from, to, part)
    pen.stroke()
    pen.restore()
  }

  /** Between the curve and zero, coloured by the sign. */
  area(values, from, to, part, alpha) {
    if (to <= from) return
    const { pen, colours } = this, zero = this.y(0)
    for (const sign of [1, -1]) {
      pen.save()
      pen.beginPath()
      if (sign > 0) pen.rect(0, 0, this.width, zero)
      else pen.rect(0, zero, this.width, this.bottom - zero + 20)
      pen.clip()
      pen.beginPath()
      this.trace(pen, values, from, to, part)
      pen.lineTo(this.x(to + (to < this.count - 1 ? part : 0)), zero)
      pen.lineTo(this.x(from), zero)
      pen.closePath()
      const fade = pen.createLinearGradient(0, zero, 0, this.y(sign * 1.1))
      const colour = sign > 0 ? colours.positive : colours.negative
      fade.addColorStop(0, withAlpha(colour, 0.05))
      fade.addColorStop(1, withAlpha(colour, alpha))
      pen.fillStyle = fade
      pen.fill()
      pen.restore()
    }
  }

  line(x1, y1, x2, y2, colour, width) {
    const { pen } = this
    pen.strokeStyle = colour
    pen.lineWidth = width
    pen.beginPath()
    pen.moveTo(x1, y1)
    pen.lineTo(x2, y2)
    pen.stroke()
  }

  /** Between what the network reads and what it writes. */
  border() {
    const at = this.x(this.read - 0.5)
    const fade = this.pen.createLinearGradient(0, 0, 0, this.height)
    fade.addColorStop(0, withAlpha(this.colours.network, 0))
    fade.addColorStop(0.15, this.colours.network)
    fade.addColorStop(1, withAlpha(this.colours.network, 0.3))
    this.line(at, 0, at, this.height - 1.7 * this.rem, fade, 1.5)
  }

  /** What the network predicted for each value, one step ahead, while it read. */
  expected({ predicted }, end) {
    if (end < 2) return
    const { pen } = this
    pen.save()
    pen.setLineDash([1, 5])
    pen.lineCap = "round"
    pen.globalAlpha = 0.8
    pen.lineWidth = 1.8
    pen.strokeStyle = this.colours.network
    pen.beginPath()
    this.trace(pen, predicted, 1, end, 0)
    pen.stroke()
    pen.restore()
  }

  points(values, end) {
    const { pen } = this
    pen.lineWidth = 2
    pen.fillStyle = this.colours.paper
    pen.strokeStyle = this.colours.ink
    for (let t = 0; t <= end; t++) {
      pen.beginPath()
      pen.arc(this.x(t), this.y(values[t]), 3.6, 0, 7)
      pen.fill()
      pen.stroke()
    }
  }

  /** One ribbon a unit, as wide as its value is large and coloured by its sign. */
  lanes(pen, { states }, end, scale) {
    const half = this.lane * 0.44 * scale
    for (let unit = 0; unit < states[0].length; unit++) {
      const middle = this.unitMiddle(unit)
      for (const sign of [1, -1]) {
        pen.beginPath()
        pen.moveTo(this.x(0), middle)
        for (let t = 0; t <= end; t++) pen.lineTo(this.x(t), middle - Math.max(0, sign * states[t][unit]) * half)
        for (let t = end; t >= 0; t--) pen.lineTo(this.x(t), middle + Math.max(0, sign * states[t][unit]) * half)
        pen.closePath()
        pen.fillStyle = sign > 0 ? this.colours.positive : this.colours.negative
        pen.fill()
      }
    }
  }

  axis() {
    const { pen, colours, rem } = this
    pen.font = `${0.875 * rem}px ${this.font()}`
    pen.textBaseline = "middle"
    pen.textAlign = "right"
    pen.fillStyle = colours.ink2
    if (!this.isNarrow) for (let unit = 0; unit < 8; unit++) pen.fillText(`h${SUBSCRIPTS[unit]}`, this.x(0) - this.stride / 2 - 6, this.unitMiddle(unit))
    pen.textAlign = "center"
    pen.fillStyle = colours.ink3
    const every = this.isNarrow ? 20 : 10
    const end = this.width - 6.5 * rem // there the axis has its name
    for (let step = every; this.x(step - 1) < end; step += every) pen.fillText(String(step), this.x(step - 1), this.height - 0.8 * rem)
  }

  font() {
    return getComputedStyle(this.canvas).fontFamily
  }

  /** The moving end of a run that is played. */
  head(values, end, part) {
    const { pen, colours } = this
    const next = values[Math.min(this.count - 1, end + 1)]
    const x = this.x(end + part), y = this.y(values[end] + (next - values[end]) * part)
    pen.fillStyle = end >= this.read - 1 ? colours.network : colours.ink
    pen.beginPath()
    pen.arc(x, y, 7, 0, 7)
    pen.fill()
  }

  /** The values at one step. */
  cursor({ values, states }, step) {
    const { pen, colours, rem } = this
    const x = this.x(step), y = this.y(values[step])
    pen.globalAlpha = 0.55
    this.line(x, 8, x, this.height - 1.7 * rem, colours.ink, 1.2)
    pen.globalAlpha = 1
    pen.fillStyle = step < this.read ? colours.ink : colours.network
    pen.beginPath()
    pen.arc(x, y, 8, 0, 7)
    pen.fill()
    const isRight = x > this.width - 6 * rem
    pen.font = `700 ${0.875 * rem}px ${this.font()}`
    pen.fillStyle = colours.paper
    pen.globalAlpha = 0.88
    pen.beginPath()
    pen.roundRect(isRight ? x - 3.5 * rem : x + 4, this.lanesTop - 3, 3.2 * rem, 8 * this.lane + 6, 6)
    pen.fill()
    pen.globalAlpha = 1
    pen.textAlign = "right"
    pen.fillStyle = colours.ink
    for (let unit = 0; unit < 8; unit++) pen.fillText(signed(states[step][unit]), x + (isRight ? -0.6 : 3) * rem, this.unitMiddle(unit))
    pen.textAlign = isRight ? "right" : "left"
    pen.lineWidth = 5
    pen.strokeStyle = colours.paper
    const above = clamp(y - 1.5 * rem, rem, this.bottom - rem)
    pen.strokeText(signed(values[step]), x + (isRight ? -1 : 1) * rem, above)
    pen.fillText(signed(values[step]), x + (isRight ? -1 : 1) * rem, above)
  }
}

/** @param {string} colour "rgb(1, 2, 3)", as the browser computes it */
const withAlpha = (colour, alpha) => `rgba(${colour.match(/[\d.]+/g).slice(0, 3).join(", ")}, ${alpha})`
