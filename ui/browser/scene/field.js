// The field: shapes that are dragged from cell to cell with the mouse, a finger or keys.
import { html, svg } from "../stepper/dom.js"
import { blur, drawShape, middleOf, shapesOf, textOf, veil } from "./shapes.js"

const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
const ACROSS = 3
const DRAGGED = 4 // screen pixels after which a press is a drag

/** @typedef {{ shape: import("./shapes.js").SceneShape, at: Pair, start: Pair, isNew: boolean, isFar: boolean }} SceneDrag */

export class SceneField {
  /** @param {{ change: (text: string) => void, pick: () => void }} listener */
  constructor(listener) {
    this.listener = listener
    /** @type {import("./shapes.js").SceneShape[]} */
    this.shapes = []
    this.cell = 4
    /** @type {SceneDrag | null} */
    this.drag = null
    this.root = html("div", { class: "field" })
    this.drawing = svg("svg", {
      tabindex: 0, role: "application", class: "drawing",
      pointerdown: (event) => this.press(event), pointermove: (event) => this.move(event),
      pointerup: () => this.release(), pointercancel: () => this.release(),
      keydown: (event) => this.onKey(event), focus: () => this.draw(), blur: () => this.draw(),
    })
    this.spoken = html("p", { class: "spoken" })
    this.spoken.setAttribute("aria-live", "polite")
    this.root.append(this.drawing, this.spoken)
  }

  get isBusy() {
    return Boolean(this.drag)
  }

  get selected() {
    return this.shapes.find((shape) => shape.cell === this.cell)
  }

  /** @param {SceneMessage} data @param {string} text */
  receive(data, text) {
    this.data = data
    if (!this.drag) this.shapes = shapesOf(text) // an answer that comes during a drag must not take its shape away
    this.drawing.setAttribute("viewBox", `0 0 ${data.side} ${data.side}`)
    this.drawing.setAttribute("aria-label", data.words.field)
    this.drawing.setAttribute("aria-description", data.words.keys)
    this.draw()
  }

  /** The weights that are seen; null: none. @param {number[] | null} weights */
  look(weights) {
    this.weights = weights
    this.draw()
  }

  /** @param {{ form: string, colour: string, size: string }} kind */
  set brush(kind) {
    this.kind = kind
  }

  /** A press on a form of the palette begins to drag a new shape. @param {PointerEvent} event @param {string} form */
  dragNew(event, form) {
    this.drag = { shape: { ...this.kind, form, cell: -1 }, at: [-9, -9], start: [event.clientX, event.clientY], isNew: true, isFar: false }
    const move = (/** @type {PointerEvent} */ moved) => this.move(moved)
    const end = () => {
      removeEventListener("pointermove", move)
      removeEventListener("pointerup", end)
      removeEventListener("pointercancel", end)
      this.release()
    }
    addEventListener("pointermove", move)
    addEventListener("pointerup", end)
    addEventListener("pointercancel", end)
  }

  /** @param {PointerEvent} event @returns {Pair} */
  under(event) {
    const box = this.drawing.getBoundingClientRect()
    return [((event.clientX - box.left) / box.width) * this.data.side, ((event.clientY - box.top) / box.height) * this.data.side]
  }

  /** @param {Pair} point; -1 outside */
  cellAt([x, y]) {
    const { side, cell } = this.data
    if (x < 0 || y < 0 || x >= side || y >= side) return -1
    return Math.floor(y / cell) * ACROSS + Math.floor(x / cell)
  }

  /** @param {PointerEvent} event */
  press(event) {
    if (event.button > 0 || this.drag) return
    event.preventDefault()
    this.drawing.focus({ preventScroll: true })
    this.drawing.setPointerCapture(event.pointerId)
    this.usesKeys = this.held = false
    const at = this.under(event)
    this.cell = this.cellAt(at)
    const shape = this.selected
    if (!shape) return this.add()
    this.drag = { shape, at, start: [event.clientX, event.clientY], isNew: false, isFar: false }
    this.listener.pick()
    this.draw()
  }

  /** @param {PointerEvent} event */
  move(event) {
    const { drag } = this
    if (!drag) return
    drag.isFar ||= Math.hypot(event.clientX - drag.start[0], event.clientY - drag.start[1]) > DRAGGED
    if (!drag.isFar) return
    drag.at = this.under(event)
    const cell = this.cellAt(drag.at)
    const other = this.shapes.find((shape) => shape.cell === cell)
    if (cell >= 0 && (!other || other === drag.shape) && cell !== drag.shape.cell) {
      if (drag.shape.cell < 0) this.shapes.push(drag.shape)
      drag.shape.cell = this.cell = cell
      this.tell()
    }
    this.draw()
  }

  release() {
    const { drag } = this
    if (!drag) return
    this.drag = null
    const isOutside = drag.isFar && this.cellAt(drag.at) < 0
    if (isOutside && drag.shape.cell >= 0) this.remove()
    else if (drag.isNew && drag.isFar) this.listener.pick()
    this.draw()
  }

  add() {
    this.shapes.push({ ...this.kind, cell: this.cell })
    this.listener.pick()
    this.tell()
    this.draw()
  }

  remove() {
    this.shapes = this.shapes.filter((shape) => shape.cell !== this.cell)
    this.held = false
    this.tell()
    this.draw()
  }

  clear() {
    this.shapes = []
    this.tell()
    this.draw()
  }

  /** The selected shape takes the kind of the palette. */
  change() {
    if (!this.selected) return
    Object.assign(this.selected, this.kind)
    this.tell()
    this.draw()
  }

  tell() {
    this.listener.change(textOf(this.shapes))
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const by = KEYS[event.key]
    const turns = { f: "form", c: "colour", s: "size" }[event.key.toLowerCase()]
    const acts = by || turns || ["Enter", " ", "Delete", "Backspace", "Escape"].includes(event.key)
    if (!acts || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    this.usesKeys = true
    if (by) this.step(by)
    else if (turns) this.turn(turns)
    else if (event.key === "Escape") this.held = false
    else if (event.key === "Enter" || event.key === " ") {
      if (this.selected) this.held = !this.held
      else this.add()
    } else if (this.selected) this.remove()
    this.speak()
    this.draw()
  }

  /** @param {number[]} by */
  step([right, down]) {
    const column = (this.cell % ACROSS) + right
    const row = Math.floor(this.cell / ACROSS) + down
    if (column < 0 || row < 0 || column >= ACROSS || row >= ACROSS) return
    const next = row * ACROSS + column
    const shape = this.held ? this.selected : null
    if (shape) {
      const other = this.shapes.find((each) => each.cell === next)
      if (other) other.cell = this.cell
      shape.cell = next
      this.tell()
    }
    this.cell = next
    if (this.selected) this.listener.pick()
  }

  /** @param {"form" | "colour" | "size"} which */
  turn(which) {
    if (!this.selected) return
    const list = this.data[/** @type {const} */ ({ form: "forms", colour: "colours", size: "sizes" })[which]]
    const at = list.findIndex((each) => each.letter === this.selected[which])
    this.selected[which] = list[(at + 1) % list.length].letter
    this.listener.pick()
    this.tell()
  }

  nameOf({ form, colour, size }) {
    const label = (list, letter) => list.find((each) => each.letter === letter).label
    const { data } = this
    return [label(data.sizes, size), label(data.colours, colour), label(data.forms, form)].join(" ")
  }

  speak() {
    const { words, cells } = this.data
    const what = this.selected ? this.nameOf(this.selected) : words.empty
    this.spoken.textContent = [cells[this.cell], what, this.held ? words.picked : ""].filter(Boolean).join(", ")
  }

  draw() {
    const { data, drag } = this
    if (!data) return
    const lines = [1, 2].flatMap((k) => [
      svg("path", { d: `M${k * data.cell} 0V${data.side}`, class: "line" }),
      svg("path", { d: `M0 ${k * data.cell}H${data.side}`, class: "line" }),
    ])
    const isFocused = /** @type {ShadowRoot} */ (this.drawing.getRootNode()).activeElement === this.drawing
    const [x, y] = middleOf(Math.max(0, this.cell), data)
    const cursor = this.cell >= 0 && (this.selected || (isFocused && this.usesKeys))
      ? svg("rect", { x: x - data.cell / 2 + 0.3, y: y - data.cell / 2 + 0.3, width: data.cell - 0.6, height: data.cell - 0.6, rx: 1.2, class: `cursor ${this.held ? "held" : ""}` })
      : null
    const shapes = this.shapes.map((shape) => {
      const isMoved = drag?.isFar && drag.shape === shape
      return drawShape(shape, isMoved ? drag.at : middleOf(shape.cell, data), data, { class: isMoved ? "shape moved" : "shape" })
    })
    const flying = drag?.isFar && drag.shape.cell < 0 ? drawShape(drag.shape, drag.at, data, { class: "shape moved" }) : null
    const seen = this.weights && !drag ? veil(this.weights, data, "field-blur") : null
    this.drawing.replaceChildren(blur("field-blur"), ...lines, ...shapes, ...[seen, cursor, flying].filter(Boolean))
    this.drawing.classList.toggle("empty", !this.shapes.length)
  }
}
