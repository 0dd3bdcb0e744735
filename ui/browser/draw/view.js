// The drawing area: axes, the lines behind the wave, one point for each time step, and how pointer and keys move the points.
import { styleSheet } from "../shared/styles.js"
import { backgroundOf, isDark } from "../shared/theme.js"

const MARGIN = { left: 58, right: 84, top: 14, bottom: 30 } // left and right as in the charts, so that time steps lie below each other
const NARROW_MARGIN = { left: 40, right: 16, top: 14, bottom: 30 } // on a small screen, where the points need the width
const SEND_EVERY = 100 // milliseconds, while the pointer moves
const KEY_STEP = 0.05 // of the range, for one press of an arrow key

/** @typedef {[x: number, y: number]} Position in pixels of the area */

/**
 * @template {keyof SVGElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string | number>} attributes
 * @param {Element} [parent]
 * @returns {SVGElementTagNameMap[Name]}
 */
const svg = (name, attributes, parent) => {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name)
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value))
  parent?.append(node)
  return node
}

export class DrawView {
  /** @param {ShadowRoot} root */
  constructor(root) {
    this.root = root
    this.chosen = 0
    this.area = svg("svg", { class: "area", role: "slider", tabindex: "0" })
    this.axes = svg("g", {}, this.area)
    this.behind = svg("g", {}, this.area)
    this.wave = svg("path", { class: "wave" }, this.area)
    this.points = svg("g", {}, this.area)
    this.handle = svg("g", { class: "handle" }, this.area) // shows that the wave can be dragged, until the reader drags it
    svg("circle", { class: "halo", r: 13 }, this.handle)
    svg("path", { d: "M-6 -19l6 -7l6 7M-6 19l6 7l6 -7" }, this.handle)
    this.foot = document.createElement("div")
    this.foot.className = "foot"
    this.help = document.createElement("span")
    this.resetButton = document.createElement("button")
    this.resetButton.onclick = () => this.reset()
    this.foot.append(this.help, this.resetButton)
    root.append(styleSheet(), this.area, this.foot)
    this.area.onpointerdown = (event) => this.press(event)
    this.area.onpointermove = (event) => this.move(event)
    this.area.onpointerup = this.area.onpointercancel = () => this.release()
    this.area.ondblclick = () => this.reset()
    this.area.onkeydown = (event) => this.pressKey(event)
    this.resized = new ResizeObserver(() => this.layOut())
    this.resized.observe(this.area)
  }

  destroy() {
    this.resized.disconnect()
    clearTimeout(this.sendTimer)
    this.root.replaceChildren()
  }

  /**
   * @param {DrawMessage} data
   * @param {SendDrawing} setStateValue
   */
  receive(data, setStateValue) {
    this.data = data
    this.setStateValue = setStateValue
    this.area.setAttribute("aria-label", data.label)
    this.area.style.height = `${data.height - 32}px`
    this.help.textContent = data.words.help
    this.resetButton.textContent = data.words.reset
    const dark = isDark(backgroundOf(this.area))
    for (const [name, pair] of Object.entries(data.inks)) this.area.style.setProperty(`--ink-${name}`, pair[dark ? 1 : 0])
    if (data.started !== this.started) {
      /** @type {string} */
      this.started = data.started
      this.values = [...data.start]
      this.chosen = Math.min(this.chosen, this.values.length - 1)
    }
    this.layOut()
  }

  /** Back to the values of the page. */
  reset() {
    this.values = [...this.data.start]
    this.paint()
    this.send()
  }

  layOut() {
    if (!this.data) return
    this.width = this.area.clientWidth
    this.height = this.area.clientHeight
    this.margin = this.width < 560 ? NARROW_MARGIN : MARGIN
    this.area.setAttribute("viewBox", `0 0 ${this.width} ${this.height}`)
    this.drawAxes()
    this.drawBehind()
    this.points.replaceChildren(...this.values.map(() => svg("circle", { class: "point", r: this.radius() })))
    this.paint()
  }

  radius() {
    return Math.max(2.5, Math.min(6, (this.x(2) - this.x(1)) * 0.35))
  }

  /** @param {number} step */
  x(step) {
    return this.margin.left + this.share(step) * (this.width - this.margin.left - this.margin.right)
  }

  /**
   * Where a time step lies between the ends of the axis, 0 to 1. As in the charts, the axis begins half a step before 0 and ends half
   * a step after the last.
   * @param {number} step
   */
  share(step) {
    return (step + 0.5) / (this.data.last + 1)
  }

  /** @param {number} value */
  y(value) {
    const [low, high] = this.data.range
    const { top, bottom } = this.margin
    return top + ((high - value) / (high - low)) * (this.height - top - bottom)
  }

  drawAxes() {
    const [low, high] = this.data.range
    this.axes.replaceChildren()
    const marks = high - low > 3 && high - low <= 10 ? Array.from({ length: high - low + 1 }, (_, at) => low + at) : [low, 0, high]
    for (const value of marks) {
      if (value < low || value > high) continue
      const y = this.y(value)
      svg("line", { class: value === 0 ? "zero" : "grid", x1: this.margin.left, x2: this.width - this.margin.right, y1: y, y2: y }, this.axes)
      svg("text", { class: "tick", x: this.margin.left - 8, y: y + 4, "text-anchor": "end" }, this.axes).textContent = String(value).replace("-", "−")
    }
    const every = Math.ceil(this.data.last / (this.width / 60) / 5) * 5 || 1
    for (let step = every; step <= this.data.last; step += every) {
      svg("text", { class: "tick", x: this.x(step), y: this.height - 8, "text-anchor": "middle" }, this.axes).textContent = String(step)
    }
  }

  drawBehind() {
    this.behind.replaceChildren()
    for (const line of this.data.lines) {
      const positions = line.values.map((value, at) => /** @type {Position} */ ([this.x(line.first + at), this.y(value)]))
      svg("path", { class: "line", d: pathThrough(positions), stroke: `var(--ink-${line.ink})` }, this.behind)
      const [middle] = positions[Math.floor(positions.length / 2)]
      const name = svg("text", { class: "name", y: this.margin.top + 18, fill: `var(--ink-${line.ink})` }, this.behind)
      name.textContent = line.name
      name.setAttribute("x", String(Math.min(middle, this.width - 4 - name.getComputedTextLength() / 2)))
    }
  }

  paint() {
    const positions = this.values.map((value, at) => /** @type {Position} */ ([this.x(at + 1), this.y(value)]))
    this.wave.setAttribute("d", pathThrough(positions))
    positions.forEach(([x, y], at) => {
      const point = this.points.children[at]
      point.setAttribute("cx", String(x))
      point.setAttribute("cy", String(y))
      point.classList.toggle("chosen", at === this.chosen)
    })
    const peak = positions[this.values.indexOf(Math.max(...this.values))]
    this.handle.setAttribute("transform", `translate(${peak.join(" ")})`)
    const [low, high] = this.data.range
    const value = this.values[this.chosen]
    this.area.ariaValueMin = String(low)
    this.area.ariaValueMax = String(high)
    this.area.ariaValueNow = String(value)
    this.area.ariaValueText = this.data.words.point.replace("{step}", String(this.chosen + 1)).replace("{value}", value.toFixed(2))
  }

  /**
   * The point and the value under the pointer; the point may lie outside of the wave.
   * @param {PointerEvent} event
   */
  under(event) {
    const box = this.area.getBoundingClientRect()
    const [low, high] = this.data.range
    const { left, right, top, bottom } = this.margin
    const along = (event.clientX - box.left - left) / (this.width - left - right)
    const share = (event.clientY - box.top - top) / (this.height - top - bottom)
    return { at: Math.round(along * (this.data.last + 1) - 1.5), value: rounded(clamp(high - share * (high - low), low, high)) }
  }

  /** @param {PointerEvent} event */
  press(event) {
    const { at: under, value } = this.under(event)
    if (under > this.values.length) return
    const at = clamp(under, 0, this.values.length - 1) // a press a little beside the wave counts as its end
    this.area.setPointerCapture(event.pointerId)
    this.last = { at, value }
    this.set(at, value)
  }

  /** @param {PointerEvent} event */
  move(event) {
    if (!this.last) return
    const { at: under, value } = this.under(event)
    const at = clamp(under, 0, this.values.length - 1)
    const from = this.last
    const steps = Math.abs(at - from.at)
    for (let k = 1; k <= steps; k++) {
      // The points between two events of the pointer get the values on the straight line between them.
      this.values[from.at + Math.sign(at - from.at) * k] = rounded(from.value + ((value - from.value) * k) / steps)
    }
    this.last = { at, value }
    this.set(at, value)
  }

  release() {
    if (!this.last) return
    this.last = null
    this.send()
  }

  /**
   * @param {number} at
   * @param {number} value
   */
  set(at, value) {
    this.chosen = at
    this.values[at] = value
    this.handle.remove()
    this.paint()
    this.sendTimer ??= setTimeout(() => this.send(), SEND_EVERY)
  }

  send() {
    clearTimeout(this.sendTimer)
    this.sendTimer = undefined
    this.setStateValue("drawn", { started: this.started, values: [...this.values] })
  }

  /** @param {KeyboardEvent} event */
  pressKey(event) {
    event.stopPropagation() // Streamlit has shortcuts of its own
    const [low, high] = this.data.range
    const up = { ArrowUp: 1, ArrowDown: -1 }[event.key]
    const right = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key]
    if (up === undefined && right === undefined) return
    event.preventDefault()
    if (right) {
      this.chosen = clamp(this.chosen + right, 0, this.values.length - 1)
      this.paint()
    } else {
      this.set(this.chosen, rounded(clamp(this.values[this.chosen] + up * KEY_STEP * (high - low), low, high)))
    }
  }
}

/**
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
const clamp = (value, low, high) => Math.max(low, Math.min(high, value))

/** @param {number} value */
const rounded = (value) => Math.round(value * 100) / 100 // a link holds two decimals

/** @param {Position[]} positions */
const pathThrough = (positions) => positions.map(([x, y], at) => `${at ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("")
