// The drawing area: axes, the lines behind, the points, and what pointer and keys do to them.
import { styleSheet } from "../shared/styles.js"
import { backgroundOf, isDark } from "../shared/theme.js"

const MARGIN = { left: 58, right: 84, top: 14, bottom: 30 } // left and right as in the charts: one axis of time for all
const NARROW = { left: 40, right: 16, top: 14, bottom: 30 } // a finger needs the room more
const PATIENCE = 100 // milliseconds between two messages while the pointer moves
const NUDGE = 0.05 // of the range, one press of an arrow key

const svg = (name, attributes, parent) => {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name)
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value)
  parent?.append(node)
  return node
}

export class DrawView {
  constructor(root) {
    this.root = root
    this.chosen = 0
    this.area = svg("svg", { class: "area", role: "slider", tabindex: "0" })
    this.axes = svg("g", {}, this.area)
    this.behind = svg("g", {}, this.area)
    this.wave = svg("path", { class: "wave" }, this.area)
    this.points = svg("g", {}, this.area)
    this.handle = svg("g", { class: "handle" }, this.area) // shows that the wave can be pulled, until somebody does
    svg("circle", { class: "halo", r: 13 }, this.handle)
    svg("path", { d: "M-6 -19l6 -7l6 7M-6 19l6 7l6 -7" }, this.handle)
    this.foot = document.createElement("div")
    this.foot.className = "foot"
    this.help = document.createElement("span")
    this.again = document.createElement("button")
    this.again.onclick = () => this.begin()
    this.foot.append(this.help, this.again)
    root.append(styleSheet(), this.area, this.foot)
    this.area.onpointerdown = (event) => this.press(event)
    this.area.onpointermove = (event) => this.move(event)
    this.area.onpointerup = this.area.onpointercancel = () => this.release()
    this.area.ondblclick = () => this.begin()
    this.area.onkeydown = (event) => this.key(event)
    this.resized = new ResizeObserver(() => this.layOut())
    this.resized.observe(this.area)
  }

  destroy() {
    this.resized.disconnect()
    clearTimeout(this.waiting)
    this.root.replaceChildren()
  }

  receive(data, tell) {
    this.data = data
    this.tell = tell
    this.area.setAttribute("aria-label", data.label)
    this.area.style.height = `${data.height - 32}px`
    this.help.textContent = data.words.help
    this.again.textContent = data.words.reset
    const dark = isDark(backgroundOf(this.area))
    for (const [name, pair] of Object.entries(data.inks)) this.area.style.setProperty(`--ink-${name}`, pair[dark ? 1 : 0])
    if (data.started !== this.started) {
      this.started = data.started
      this.values = [...data.start]
      this.chosen = Math.min(this.chosen, this.values.length - 1)
    }
    this.layOut()
  }

  /** Back to the values that the page gave. */
  begin() {
    this.values = [...this.data.start]
    this.paint()
    this.send()
  }

  layOut() {
    if (!this.data) return
    this.width = this.area.clientWidth
    this.height = this.area.clientHeight
    this.margin = this.width < 560 ? NARROW : MARGIN
    this.area.setAttribute("viewBox", `0 0 ${this.width} ${this.height}`)
    this.drawAxes()
    this.drawBehind()
    this.points.replaceChildren(...this.values.map(() => svg("circle", { class: "point", r: this.radius() })))
    this.paint()
  }

  radius() {
    return Math.max(2.5, Math.min(6, (this.x(2) - this.x(1)) * 0.35))
  }

  x(step) {
    return this.margin.left + this.share(step) * (this.width - this.margin.left - this.margin.right)
  }

  /** Where a step stands between the ends of the axis, 0 to 1: as in the charts, half a step of room around 0 to the last. */
  share(step) {
    return (step + 0.5) / (this.data.last + 1)
  }

  y(value) {
    const [low, high] = this.data.range
    const { top, bottom } = this.margin
    return top + ((high - value) / (high - low)) * (this.height - top - bottom)
  }

  drawAxes() {
    const [low, high] = this.data.range
    this.axes.replaceChildren()
    for (const value of [low, 0, high]) {
      if (value < low || value > high) continue
      const y = this.y(value)
      svg("line", { class: value === 0 ? "zero" : "grid", x1: this.margin.left, x2: this.width - this.margin.right, y1: y, y2: y }, this.axes)
      svg("text", { class: "tick", x: this.margin.left - 8, y: y + 4, "text-anchor": "end" }, this.axes).textContent = String(value).replace("-", "−")
    }
    const every = Math.ceil(this.data.last / (this.width / 60) / 5) * 5 || 1
    for (let step = every; step <= this.data.last; step += every) {
      svg("text", { class: "tick", x: this.x(step), y: this.height - 8, "text-anchor": "middle" }, this.axes).textContent = step
    }
  }

  drawBehind() {
    this.behind.replaceChildren()
    for (const line of this.data.lines) {
      const places = line.values.map((value, at) => [this.x(line.first + at), this.y(value)])
      svg("path", { class: "line", d: path(places), stroke: `var(--ink-${line.ink})` }, this.behind)
      const [middle] = places[Math.floor(places.length / 2)]
      const name = svg("text", { class: "name", y: this.margin.top + 18, fill: `var(--ink-${line.ink})` }, this.behind)
      name.textContent = line.name
      name.setAttribute("x", Math.min(middle, this.width - 4 - name.getComputedTextLength() / 2))
    }
  }

  paint() {
    const places = this.values.map((value, at) => [this.x(at + 1), this.y(value)])
    this.wave.setAttribute("d", path(places))
    places.forEach(([x, y], at) => {
      const point = this.points.children[at]
      point.setAttribute("cx", x)
      point.setAttribute("cy", y)
      point.classList.toggle("chosen", at === this.chosen)
    })
    const peak = places[this.values.indexOf(Math.max(...this.values))]
    this.handle.setAttribute("transform", `translate(${peak.join(" ")})`)
    const [low, high] = this.data.range
    const value = this.values[this.chosen]
    this.area.setAttribute("aria-valuemin", low)
    this.area.setAttribute("aria-valuemax", high)
    this.area.setAttribute("aria-valuenow", value)
    const spoken = this.data.words.point.replace("{step}", this.chosen + 1).replace("{value}", value.toFixed(2))
    this.area.setAttribute("aria-valuetext", spoken)
  }

  /** The step and the value under the pointer. */
  under(event) {
    const box = this.area.getBoundingClientRect()
    const [low, high] = this.data.range
    const { left, right, top, bottom } = this.margin
    const along = (event.clientX - box.left - left) / (this.width - left - right)
    const share = (event.clientY - box.top - top) / (this.height - top - bottom)
    return { at: Math.round(along * (this.data.last + 1) - 1.5), value: rounded(clamp(high - share * (high - low), low, high)) }
  }

  press(event) {
    const { at: raw, value } = this.under(event)
    if (raw > this.values.length) return
    const at = clamp(raw, 0, this.values.length - 1) // a press a little beside the wave means its end
    this.area.setPointerCapture(event.pointerId)
    this.last = { at, value }
    this.set(at, value)
  }

  move(event) {
    if (!this.last) return
    const { at: raw, value } = this.under(event)
    const at = clamp(raw, 0, this.values.length - 1)
    const from = this.last
    const steps = Math.abs(at - from.at)
    for (let k = 1; k <= steps; k++) {
      // A fast pointer jumps over steps: they get the values on the straight line between.
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

  set(at, value) {
    this.chosen = at
    this.values[at] = value
    this.handle.remove()
    this.paint()
    this.waiting ??= setTimeout(() => this.send(), PATIENCE)
  }

  send() {
    clearTimeout(this.waiting)
    this.waiting = undefined
    this.tell("drawn", { started: this.started, values: [...this.values] })
  }

  key(event) {
    event.stopPropagation() // Streamlit has shortcuts of its own
    const [low, high] = this.data.range
    const up = { ArrowUp: 1, ArrowDown: -1 }[event.key]
    const on = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key]
    if (up === undefined && on === undefined) return
    event.preventDefault()
    if (on) {
      this.chosen = clamp(this.chosen + on, 0, this.values.length - 1)
      this.paint()
    } else {
      this.set(this.chosen, rounded(clamp(this.values[this.chosen] + up * NUDGE * (high - low), low, high)))
    }
  }
}

const clamp = (value, low, high) => Math.max(low, Math.min(high, value))
const rounded = (value) => Math.round(value * 100) / 100 // what a link can hold exactly
const path = (places) => places.map(([x, y], at) => `${at ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("")
