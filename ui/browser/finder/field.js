// The picture: digits that are dragged with the mouse, a finger or keys, and a pen that draws. Its marks are drawn above it.
import { fill, html, svg } from "../stepper/dom.js"
import { composed, digitsOf, drawLine, inkOf, inkText, paint, textOf } from "./picture.js"

/** @type {Record<string, Pair>} */
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
const NEAR = 9 // pixels from the middle of a digit, within which a press takes it
const DRAGGED = 4 // screen pixels after which a press is a drag
const APART = 14 // pixels between a new digit and the others, where there is room

/** @typedef {import("./picture.js").PlacedDigit} PlacedDigit */
/** @typedef {{ placed: PlacedDigit, off: Pair, start: Pair, isNew: boolean, isFar: boolean, isInside: boolean }} DigitDrag */
/** @typedef {"move" | "pen" | "rubber"} Tool */

export class FinderField {
  /** @param {{ change: (text: string) => void, ink: (text: string) => void, pick: () => void }} listener */
  constructor(listener) {
    this.listener = listener
    /** @type {PlacedDigit[]} */
    this.digits = []
    /** @type {Tool} */
    this.tool = "move"
    /** @type {DigitDrag | null} */
    this.drag = null
    this.canvas = html("canvas", { "aria-hidden": "true" })
    this.marks = svg("svg", { "aria-hidden": "true" })
    this.drawing = html("div", {
      tabindex: 0, role: "application", class: "drawing",
      pointerdown: (event) => this.press(event), pointermove: (event) => this.move(event),
      pointerup: () => this.release(), pointercancel: () => this.release(),
      keydown: (event) => this.onKey(event),
    }, this.canvas, this.marks)
    this.spoken = html("p", { class: "spoken", "aria-live": "polite" })
    this.root = html("div", { class: "field" }, this.drawing, this.spoken)
  }

  get isBusy() {
    return Boolean(this.drag || this.last)
  }

  /** @param {FinderMessage} data @param {string} scene @param {string} ink */
  receive(data, scene, ink) {
    this.data = data
    if (!this.isBusy) {
      const place = this.digits.indexOf(this.selected)
      this.digits = digitsOf(scene)
      this.selected = this.digits[place]
      this.ink = inkOf(ink, data.side)
    }
    this.marks.setAttribute("viewBox", `0 0 ${data.side} ${data.side}`)
    this.drawing.setAttribute("aria-label", data.words.field)
    this.drawing.setAttribute("aria-description", data.words.keys)
    this.draw()
  }

  draw() {
    this.picture = composed(this.data, this.digits, this.ink)
    paint(this.canvas, this.picture, this.data.side)
    this.drawing.dataset.tool = this.tool
    this.outline()
  }

  /** The frame of the selected digit, below all other marks. */
  outline() {
    this.frame?.remove()
    this.frame = undefined
    if (!this.selected || this.tool !== "move") return
    const { x, y } = this.selected
    this.frame = svg("rect", { class: "selected", x: x - 9, y: y - 9, width: 18, height: 18, rx: 2 })
    this.marks.prepend(this.frame)
  }

  /** Other marks above the picture. @param {Element[]} marks */
  mark(marks) {
    this.marks.replaceChildren(...marks)
    this.outline()
  }

  /** @param {PointerEvent} event @returns {Pair} */
  under(event) {
    const box = this.drawing.getBoundingClientRect()
    return [((event.clientX - box.left) / box.width) * this.data.side, ((event.clientY - box.top) / box.height) * this.data.side]
  }

  /** @param {PointerEvent} event */
  press(event) {
    if (event.button > 0 || this.isBusy) return
    event.preventDefault()
    this.drawing.focus({ preventScroll: true })
    this.drawing.setPointerCapture(event.pointerId)
    const at = this.under(event)
    if (this.tool !== "move") {
      this.last = at
      return this.stroke(at)
    }
    const near = (/** @type {PlacedDigit} */ { x, y }) => Math.hypot(x - at[0], y - at[1])
    this.selected = [...this.digits].sort((one, other) => near(one) - near(other)).find((each) => near(each) < NEAR)
    if (this.selected) {
      const { x, y } = this.selected
      this.drag = { placed: this.selected, off: [x - at[0], y - at[1]], start: [event.clientX, event.clientY], isNew: false, isFar: false, isInside: true }
    }
    this.listener.pick()
    this.draw()
  }

  /** A press on a digit of the palette begins to drag a new one. @param {PointerEvent} event @param {string} digit */
  dragNew(event, digit) {
    if (this.digits.length >= this.data.most) return
    this.tool = "move"
    const placed = this.newDigit(digit)
    this.drag = { placed, off: [0, 0], start: [event.clientX, event.clientY], isNew: true, isFar: false, isInside: false }
    const move = (/** @type {PointerEvent} */ moved) => this.move(moved)
    const end = () => {
      for (const [name, listener] of Object.entries({ pointermove: move, pointerup: end, pointercancel: end })) removeEventListener(name, listener)
      this.release()
    }
    for (const [name, listener] of Object.entries({ pointermove: move, pointerup: end, pointercancel: end })) addEventListener(name, listener)
  }

  /** @param {string} digit @returns {PlacedDigit} */
  newDigit(digit) {
    return { digit, hand: "a", size: "m", x: 0, y: 0 }
  }

  /** @param {PointerEvent} event */
  move(event) {
    if (this.last) return this.stroke(this.under(event))
    const { drag } = this
    if (!drag) return
    drag.isFar ||= Math.hypot(event.clientX - drag.start[0], event.clientY - drag.start[1]) > DRAGGED
    if (!drag.isFar) return
    const [x, y] = this.under(event)
    drag.isInside = Math.min(x, y) >= 0 && Math.max(x, y) < this.data.side
    if (!drag.isInside) return
    if (drag.isNew && !this.digits.includes(drag.placed)) {
      this.digits.push(drag.placed)
      this.selected = drag.placed
    }
    this.put(drag.placed, x + drag.off[0], y + drag.off[1])
  }

  /** @param {PlacedDigit} placed @param {number} x @param {number} y */
  put(placed, x, y) {
    const edge = 5
    const inside = (/** @type {number} */ value) => Math.round(Math.min(this.data.side - edge, Math.max(edge, value)))
    if (placed.x === inside(x) && placed.y === inside(y)) return
    Object.assign(placed, { x: inside(x), y: inside(y) })
    this.tell()
  }

  release() {
    if (this.last) {
      this.last = undefined
      this.listener.ink(inkText(this.ink))
    }
    const { drag } = this
    this.drag = null
    if (drag?.isFar && !drag.isInside && this.digits.includes(drag.placed)) this.remove(drag.placed)
    this.listener.pick()
    this.draw()
  }

  /** @param {Pair} to */
  stroke(to) {
    drawLine(this.ink, this.data.side, this.last, to, this.tool === "rubber")
    this.last = to
    this.draw()
  }

  /** A new digit where the others are far. @param {string} digit */
  add(digit) {
    if (this.digits.length >= this.data.most) return
    const steps = [...Array(7)].map((_, k) => 10 + 7 * k)
    const free = steps.flatMap((y) => steps.map((x) => ({ x, y, room: Math.min(APART, ...this.digits.map((each) => Math.hypot(each.x - x, each.y - y))) })))
    const { x, y } = free.sort((one, other) => other.room - one.room)[0]
    this.tool = "move"
    this.selected = { ...this.newDigit(digit), x, y }
    this.digits.push(this.selected)
    this.tell()
  }

  remove(placed = this.selected) {
    this.digits = this.digits.filter((each) => each !== placed)
    this.selected = undefined
    this.tell()
  }

  clear() {
    this.selected = undefined
    this.digits = []
    if (this.ink.some(Boolean)) {
      this.ink.fill(0)
      this.listener.ink("")
    }
    this.tell()
  }

  /** The selected digit in the next of these handwritings or sizes. @param {"hand" | "size"} which */
  turn(which) {
    if (!this.selected) return
    const all = which === "hand" ? this.data.hands : this.data.sizes
    this.selected[which] = all[(all.indexOf(this.selected[which]) + 1) % all.length]
    this.tell()
  }

  tell() {
    this.draw()
    this.listener.change(textOf(this.digits))
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const by = KEYS[event.key]
    const acts = by || /^[0-9nNwWsS]$/.test(event.key) || ["Delete", "Backspace"].includes(event.key)
    if (!acts || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    const key = event.key.toLowerCase()
    if (by && this.selected) this.put(this.selected, this.selected.x + by[0], this.selected.y + by[1])
    else if (by || key === "n") this.selected = this.digits[(this.digits.indexOf(this.selected) + 1) % this.digits.length]
    else if (key === "w" || key === "s") this.turn(key === "w" ? "hand" : "size")
    else if (/^\d$/.test(key)) this.add(key)
    else if (this.selected) this.remove()
    this.speak()
    this.listener.pick()
    this.draw()
  }

  speak() {
    const { words } = this.data
    this.spoken.textContent = this.selected ? fill(words.at, this.selected) : words.none
  }
}
