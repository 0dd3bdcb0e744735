// A pad on which a curve is sketched, with a finger, a mouse or the arrow keys.
import { filled, valueAt, written } from "./marks.js"
import { drawn, SketchPicture } from "./picture.js"

const POINTS = 41 // as in limits.py
const KEY_STEP = 1 / 40 // of the range, for one press of an arrow key
const DRAWN = 0.6 // of the axis: then the rest can be filled

export class Pad {
  /** @param {Record<string, string>} words @param {() => void} changed */
  constructor(words, changed) {
    this.words = words
    this.changed = changed
    this.picture = new SketchPicture()
    this.element = this.picture.svg
    this.line = drawn("path", { fill: "none", stroke: "var(--ink)", "stroke-width": 4, "stroke-linecap": "round", "stroke-linejoin": "round" })
    this.cursor = drawn("circle", { r: 8, fill: "var(--accent)", visibility: "hidden" })
    for (const [name, value] of Object.entries({ class: "pad", tabindex: "0", role: "application", "aria-roledescription": words.pad })) this.element.setAttribute(name, value)
    this.element.onpointerdown = (event) => this.press(event)
    this.element.onpointermove = (event) => this.last && this.move(event)
    this.element.onpointerup = this.element.onpointercancel = () => (this.last = null)
    this.element.onkeydown = (event) => this.key(event)
  }

  /** @param {RoomQuestion} question @param {number[] | null} values */
  receive(question, values) {
    this.question = question
    this.at = 0
    this.values = values ? [...values] : this.empty()
    this.element.setAttribute("aria-label", `${question.text} ${this.words.pad_keys}`)
  }

  empty() {
    const values = Array(POINTS).fill(NaN)
    if (this.question.axes.start !== null) values[0] = this.question.axes.start
    return values
  }

  clear() {
    this.values = this.empty()
    this.paint()
    this.changed()
  }

  /** @param {number} width @param {number} height */
  layOut(width, height) {
    this.picture.layOut(this.question, width, height, 14)
    this.picture.layers.append(this.line, this.cursor)
    if (this.question.axes.start !== null) drawn("circle", { cx: this.picture.x(0), cy: this.picture.y(this.question.axes.start), r: 7, fill: "var(--ink-gradient)" }, this.picture.layers)
    this.paint()
  }

  paint() {
    if (!this.picture.axes) return
    this.line.setAttribute("d", this.picture.path(this.values))
    const value = this.values[this.at]
    this.cursor.setAttribute("cx", String(this.picture.x(this.at / (POINTS - 1))))
    this.cursor.setAttribute("cy", String(this.picture.y(Number.isFinite(value) ? value : this.middle())))
  }

  middle() {
    const [low, high] = this.question.axes.y
    return this.question.axes.start ?? (low + high) / 2
  }

  isDrawn() {
    return this.values.filter(Number.isFinite).length >= DRAWN * POINTS
  }

  /** Every point: gaps lie on straight lines, and both ends go on as they are. */
  whole() {
    const known = this.values.flatMap((value, at) => (Number.isFinite(value) ? [at] : []))
    return this.values.map((value, at) => {
      if (Number.isFinite(value)) return value
      const after = known.find((each) => each > at)
      const before = known.filter((each) => each < at).at(-1)
      if (before === undefined) return this.values[after]
      if (after === undefined) return this.values[before]
      return this.values[before] + ((at - before) / (after - before)) * (this.values[after] - this.values[before])
    })
  }

  /** @param {PointerEvent} event @returns {[number, number]} the point of the curve, and its height */
  where(event) {
    const box = this.element.getBoundingClientRect()
    const { left, right, top, bottom } = this.picture
    const share = (event.clientX - box.left - left) / (right - left)
    const [low, high] = this.question.axes.y
    const height = low + ((bottom - (event.clientY - box.top)) / (bottom - top)) * (high - low)
    return [Math.round(Math.min(1, Math.max(0, share)) * (POINTS - 1)), Math.min(high, Math.max(low, height))]
  }

  /** @param {PointerEvent} event */
  press(event) {
    if (event.button) return
    this.element.setPointerCapture(event.pointerId)
    this.cursor.setAttribute("visibility", "hidden")
    this.last = this.where(event)
    this.move(event)
  }

  /** @param {PointerEvent} event */
  move(event) {
    for (const each of event.getCoalescedEvents?.().length ? event.getCoalescedEvents() : [event]) {
      const [at, height] = this.where(each)
      const [from, before] = this.last
      const steps = Math.max(1, Math.abs(at - from))
      for (let step = 0; step <= steps; step++) this.set(from + Math.sign(at - from) * Math.min(step, Math.abs(at - from)), before + (step / steps) * (height - before))
      this.last = [at, height]
      this.at = at
    }
    this.paint()
    this.changed()
  }

  set(at, height) {
    if (at > 0 || this.question.axes.start === null) this.values[at] = height
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const [low, high] = this.question.axes.y
    const step = (high - low) * KEY_STEP * (event.shiftKey ? 5 : 1)
    const value = Number.isFinite(this.values[this.at]) ? this.values[this.at] : this.middle()
    const across = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    const up = { ArrowUp: step, ArrowDown: -step }[event.key]
    if (across === undefined && up === undefined) return
    event.preventDefault()
    if (up !== undefined) this.set(this.at, Math.min(high, Math.max(low, value + up)))
    else {
      this.set(this.at, value)
      this.at = Math.min(POINTS - 1, Math.max(0, this.at + across))
      if (!Number.isFinite(this.values[this.at])) this.set(this.at, value)
    }
    this.cursor.setAttribute("visibility", "visible")
    this.paint()
    this.changed()
    this.element.setAttribute("aria-valuetext", this.valueText())
  }

  valueText() {
    const { axes } = this.question
    const x = written(axes.x[0] + (this.at / (POINTS - 1)) * (axes.x[1] - axes.x[0]))
    return filled(this.words.point, { x, y: valueAt(axes, this.values[this.at]) })
  }
}
