// The field: the ball plays in it, and the visitor drags it along a path, or moves it with keys.
import { clamp, fill, html, svg } from "../stepper/dom.js"
import { framesOf, pathOf } from "./path.js"
import { colourOf, drawFrame, drawRing } from "./pixels.js"

const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
const STEP = 0.5 // pixels that a key moves the ball, as slow as in training
const EDGE = 2.5 // pixels between the middle of the ball and a wall

export class BallField {
  /** @param {{ begin: () => void, end: (path: Pair[] | null) => void }} listener */
  constructor(listener) {
    this.listener = listener
    this.root = html("div", { class: "field" })
    this.canvas = /** @type {HTMLCanvasElement} */ (html("canvas", { class: "ball" }))
    this.canvas.tabIndex = 0
    this.canvas.setAttribute("role", "application")
    this.trail = svg("svg", { class: "trail", "aria-hidden": "true" })
    this.label = html("p", { class: "label" })
    this.label.setAttribute("aria-live", "polite")
    this.root.append(this.canvas, this.trail, this.label)
    /** @type {import("./path.js").Moment[] | null} */
    this.moments = null
    this.canvas.onpointerdown = (event) => this.press(event)
    this.canvas.onpointermove = (event) => this.move(event)
    this.canvas.onpointerup = this.canvas.onpointercancel = () => this.release()
    this.canvas.onkeydown = (event) => this.onKey(event)
  }

  get isBusy() {
    return Boolean(this.moments)
  }

  /** @param {StripMessage} data */
  receive(data) {
    this.data = data
    this.canvas.setAttribute("aria-label", data.words.field)
    this.canvas.setAttribute("aria-description", data.words.keys)
    this.trail.setAttribute("viewBox", `0 0 ${data.side} ${data.side}`)
  }

  /** One frame of the strip. @param {number} frame */
  show(frame) {
    if (this.moments) return
    const { data } = this
    const isOwn = frame >= data.seen
    drawFrame(this.canvas, data.frames[frame], data.side, colourOf(this.canvas, isOwn ? "--own" : "--read"), 26)
    if (isOwn) drawRing(this.canvas, data.places[frame], data.side, colourOf(this.canvas, "--ring"))
    this.drawTrail(data.places.slice(0, frame + 1))
    this.label.textContent = `${fill(data.words.frame, { frame: frame + 1 })}${isOwn ? ` · ${data.words.own}` : ""}`
  }

  /** @param {number[][]} points */
  drawTrail(points) {
    this.trail.replaceChildren(svg("polyline", { points: points.map((point) => point.slice(0, 2).map((value) => value.toFixed(2)).join(",")).join(" ") }))
  }

  /** @param {PointerEvent} event @returns {import("./path.js").Moment} */
  under(event) {
    const box = this.canvas.getBoundingClientRect()
    const { side } = this.data
    const inside = (value) => clamp(value * side, EDGE, side - EDGE)
    return [inside((event.clientX - box.left) / box.width), inside((event.clientY - box.top) / box.height), event.timeStamp]
  }

  /** @param {PointerEvent} event */
  press(event) {
    if (event.button > 0) return
    event.preventDefault()
    this.canvas.focus({ preventScroll: true })
    this.canvas.setPointerCapture(event.pointerId)
    this.begin(this.under(event))
    this.isPressed = true
  }

  /** @param {PointerEvent} event */
  move(event) {
    if (!this.isPressed || !this.moments) return
    this.moments.push(this.under(event))
    this.follow()
  }

  release() {
    if (!this.isPressed) return
    this.isPressed = false
    this.end(this.moments && pathOf(this.moments, this.data.most))
  }

  /** @param {import("./path.js").Moment} moment */
  begin(moment) {
    this.listener.begin()
    this.moments = [moment]
    this.follow()
  }

  /** @param {Pair[] | null} path */
  end(path) {
    this.moments = null
    this.listener.end(path)
  }

  /** The ball is where the pointer or the last key has brought it. */
  follow() {
    const { side, words, most } = this.data
    const [x, y] = this.moments.at(-1)
    const values = Array.from({ length: side * side }, (_, place) =>
      100 * clamp(2.5 - Math.hypot((place % side) + 0.5 - x, Math.floor(place / side) + 0.5 - y), 0, 1))
    drawFrame(this.canvas, values, side, colourOf(this.canvas, "--read"), 26)
    this.drawTrail(this.moments)
    this.label.textContent = fill(words.drawing, { count: this.isPressed ? framesOf(this.moments, most) : this.moments.length })
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const by = KEYS[event.key]
    if (!by && !(this.moments && ["Enter", "Escape"].includes(event.key))) return
    event.preventDefault()
    event.stopPropagation()
    if (!by) return this.end(event.key === "Enter" && this.moments.length > 1 ? this.moments.map(([x, y]) => /** @type {Pair} */ ([x, y])) : null)
    const { side, most } = this.data
    if (!this.moments) this.begin([side / 2, side / 2, 0])
    if (this.moments.length === most) return
    const [x, y] = this.moments.at(-1)
    this.moments.push([clamp(x + STEP * by[0], EDGE, side - EDGE), clamp(y + STEP * by[1], EDGE, side - EDGE), 0])
    this.follow()
  }
}
