// Keys on a circle and values in a disc, both dragged by pointer, finger or arrow keys; four memories answer while they move.
import { styleSheet } from "../shared/styles.js"
import { clamp, fill, html, setText, svg } from "../stepper/dom.js"
import { inBox } from "../stepper/numbers/numbers.js"
import { RULES, direction, errorsOfPairs, memoryOf, readsOfPairs, valueOfPair } from "./memories.js"

const REACH = 1.32 // of the drawings: the circle has radius 1
const OUTSIDE = 1.17 // where the names of keys lie
const MOST_PAIRS = 8 // pairs
const SEND_EVERY = 150 // milliseconds, while something moves
const [TURN, MOVE] = [5, 5] // degrees and hundredths, for one press of an arrow key
const WITH_SHIFT = 1

/** @typedef {import("./memories.js").Pair} Pair */
/** @typedef {{kind: "key" | "value" | "query", place: number}} Thing what is dragged */

export class OwnPairsView {
  /** @param {ShadowRoot} root */
  constructor(root) {
    this.root = root
    /** @type {Pair[]} */ this.pairs = []
    this.query = 0
    this.chosen = 0
    this.sentAt = 0
    this.keys = this.field("keys")
    this.values = this.field("values")
    /** @type {{rule: string, root: HTMLElement, title: HTMLElement, drawing: SVGElement, said: HTMLElement, matrix: HTMLElement}[]} */
    this.answers = RULES.map((rule) => this.answer(rule))
    this.buttons = html("div", { class: "buttons" })
    this.help = html("p", { class: "help" })
    this.status = html("div", { class: "unseen", role: "status", "aria-live": "polite" })
    this.whole = html(
      "div", { class: "own" },
      html("div", { class: "given" }, html("div", { class: "fields" }, this.keys.root, this.values.root), this.buttons, this.help),
      html("div", { class: "answers" }, this.answers.map((each) => each.root)), this.status)
    root.append(styleSheet(), this.whole)
  }

  /** @param {"keys" | "values"} name */
  field(name) {
    const title = html("h4", {})
    const drawing = svg("svg", { viewBox: `${-REACH} ${-REACH} ${2 * REACH} ${2 * REACH}`, class: `field ${name}`, role: "group" })
    drawing.addEventListener("pointermove", (event) => this.drag(event))
    for (const end of ["pointerup", "pointercancel"]) drawing.addEventListener(end, () => this.release())
    return { root: html("section", {}, title, drawing), title, drawing }
  }

  /** @param {string} rule */
  answer(rule) {
    const [title, matrix, said] = [html("h4", {}), html("div", { class: "matrix" }), html("p", { class: "said" })]
    const drawing = svg("svg", { viewBox: `${-REACH} ${-REACH} ${2 * REACH} ${2 * REACH}`, class: "read", role: "img" })
    return { rule, title, matrix, said, drawing, root: html("section", { class: rule }, title, drawing, html("div", { class: "beside" }, matrix, said)) }
  }

  /**
   * @param {OwnPairsMessage} data
   * @param {SendOwnPairs} send
   */
  receive(data, send) {
    this.data = data
    this.send = send
    if (!this.dragged && !this.timer && data.answered >= this.sentAt) {
      this.pairs = data.pairs.map((pair) => ({ ...pair }))
      this.query = data.query
      this.chosen = Math.min(this.chosen, this.pairs.length - 1)
    }
    const { words } = data
    setText(this.keys.title, words.keys)
    setText(this.values.title, words.values)
    setText(this.help, words.help)
    for (const { rule, title } of this.answers) setText(title, words.rules[rule])
    const button = (/** @type {string} */ text, /** @type {() => void} */ act, disabled = false) => html("button", { type: "button", disabled, click: act }, text)
    this.makeButtons = () => this.buttons.replaceChildren(
      button(words.add, () => this.add(), this.pairs.length >= MOST_PAIRS), button(words.remove, () => this.remove(), this.pairs.length <= 1),
      ...data.starts.map(({ name, pairs }) => button(name, () => this.begin(pairs))))
    this.draw()
  }

  add() {
    const angle = (this.pairs.at(-1).angle + 40) % 360
    this.pairs.push({ angle, x: Math.round(80 * direction(angle + 90)[0]), y: Math.round(80 * direction(angle + 90)[1]) })
    this.chosen = this.pairs.length - 1
    this.changed()
  }

  remove() {
    this.pairs.splice(this.chosen, 1)
    this.chosen = Math.min(this.chosen, this.pairs.length - 1)
    this.changed()
  }

  /** @param {Pair[]} pairs */
  begin(pairs) {
    this.pairs = pairs.map((pair) => ({ ...pair }))
    this.chosen = 0
    this.changed()
  }

  changed(isResting = true) {
    this.draw()
    clearTimeout(this.timer)
    if (isResting) return this.tell()
    this.timer = setTimeout(() => this.tell(), SEND_EVERY)
  }

  tell() {
    this.timer = undefined
    this.sentAt = Date.now()
    this.send("placed", { pairs: this.pairs, query: this.query, at: this.sentAt })
  }

  /** @param {Thing} thing @param {PointerEvent} event */
  take(thing, event) {
    event.preventDefault()
    const place = /** @type {SVGElement} */ (event.currentTarget)
    const field = thing.kind === "value" ? this.values.drawing : this.keys.drawing
    field.setPointerCapture(event.pointerId)
    this.dragged = { thing, field }
    if (thing.kind !== "query") this.chosen = thing.place
    place.focus({ preventScroll: true })
    this.draw()
  }

  /** @param {PointerEvent} event */
  drag(event) {
    if (!this.dragged) return
    const { thing, field } = this.dragged
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(/** @type {SVGGraphicsElement} */ (field).getScreenCTM().inverse())
    const [x, y] = [point.x, -point.y]
    if (thing.kind === "value") {
      const size = Math.max(1, Math.hypot(x, y))
      Object.assign(this.pairs[thing.place], { x: Math.round((100 * x) / size), y: Math.round((100 * y) / size) })
    } else this.turnTo(thing, Math.round((Math.atan2(y, x) * 180) / Math.PI))
    this.changed(false)
  }

  release() {
    if (!this.dragged) return
    this.dragged = null
    this.changed()
  }

  /** @param {Thing} thing @param {number} angle */
  turnTo(thing, angle) {
    const found = ((angle % 360) + 360) % 360
    if (thing.kind === "query") this.query = found
    else this.pairs[thing.place].angle = found
  }

  /** @param {Thing} thing @param {KeyboardEvent} event */
  press(thing, event) {
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key]
    if (!by) return
    event.preventDefault()
    event.stopPropagation()
    if (thing.kind === "value") {
      const pair = this.pairs[thing.place]
      const step = event.shiftKey ? WITH_SHIFT : MOVE
      pair.x = clamp(pair.x + step * by[0], -100, 100)
      pair.y = clamp(pair.y + step * by[1], -100, 100)
    } else {
      const now = thing.kind === "query" ? this.query : this.pairs[thing.place].angle
      this.turnTo(thing, now + (event.shiftKey ? WITH_SHIFT : TURN) * (by[1] - by[0])) // to the left and up: against the clock
    }
    if (thing.kind !== "query") this.chosen = thing.place
    this.changed(false)
  }

  draw() {
    if (!this.data) return
    this.makeButtons()
    this.drawField(this.keys.drawing, [
      ...this.pairs.map((pair, place) => this.thing({ kind: "key", place }, direction(pair.angle), direction(pair.angle).map((each) => OUTSIDE * each))),
      this.thing({ kind: "query", place: 0 }, direction(this.query).map((each) => 0.72 * each), direction(this.query).map((each) => 0.55 * each)),
    ])
    this.drawField(this.values.drawing, this.pairs.map((pair, place) => this.thing({ kind: "value", place }, valueOfPair(pair), valueOfPair(pair))))
    for (const answer of this.answers) this.drawAnswer(answer)
  }

  /** The things stay the same elements while they move, so that they keep the focus. @param {SVGElement} drawing @param {{name: string, made: () => SVGElement, update: (element: SVGElement) => void}[]} things */
  drawField(drawing, things) {
    if (!drawing.querySelector("circle")) drawing.append(...circle())
    const present = new Map([...drawing.querySelectorAll(".thing")].map((element) => [/** @type {SVGElement} */ (element).dataset.name, /** @type {SVGElement} */ (element)]))
    for (const { name, made, update } of things) {
      const element = present.get(name) ?? drawing.appendChild(made())
      element.dataset.name = name
      update(element)
      present.delete(name)
    }
    for (const left of present.values()) left.remove()
  }

  /** @param {Thing} thing @param {number[]} at @param {number[]} label */
  thing(thing, at, label) {
    const { words } = this.data
    const isQuery = thing.kind === "query"
    const pair = this.pairs[thing.place]
    const name = isQuery ? "q" : String(thing.place + 1)
    const said = fill(words[thing.kind], { pair: thing.place + 1 })
    const now = thing.kind === "value" ? `${inBox(pair.x / 100)}, ${inBox(pair.y / 100)}` : `${isQuery ? this.query : pair.angle}°`
    return {
      name: `${thing.kind}${thing.place}`,
      made: () => svg(
        "g", { class: `thing ${thing.kind}`, tabindex: 0, role: "slider", pointerdown: (/** @type {PointerEvent} */ event) => this.take(thing, event), keydown: (/** @type {KeyboardEvent} */ event) => this.press(thing, event) },
        svg("line", { class: "arm" }), svg("circle", { class: "reach", r: 0.19 }), svg("circle", { class: "dot", r: thing.kind === "value" ? 0.105 : 0.075 }), svg("text", { "text-anchor": "middle" })),
      update: (/** @type {SVGElement} */ element) => {
        const [arm, ...rest] = element.children
        const text = rest.pop()
        for (const each of rest) {
          each.setAttribute("cx", String(at[0]))
          each.setAttribute("cy", String(-at[1]))
        }
        arm.setAttribute("x2", String(at[0]))
        arm.setAttribute("y2", String(-at[1]))
        text.setAttribute("x", String(label[0] + (isQuery ? 0.1 : 0)))
        text.setAttribute("y", String(-label[1] + 0.045))
        setText(text, name)
        element.classList.toggle("chosen", !isQuery && thing.place === this.chosen)
        element.setAttribute("aria-label", said)
        element.setAttribute("aria-valuetext", now)
        element.setAttribute("aria-valuenow", String(thing.kind === "value" ? pair.x : isQuery ? this.query : pair.angle))
        element.setAttribute("aria-valuemin", thing.kind === "value" ? "-100" : "0")
        element.setAttribute("aria-valuemax", thing.kind === "value" ? "100" : "359")
      },
    }
  }

  /** The values as rings, what their keys read as points, and the error as a line between them; a diamond is the answer to the query. */
  drawAnswer({ rule, drawing, matrix, said }) {
    const { words, settings } = this.data
    const errors = errorsOfPairs(this.pairs, rule, settings)
    const reads = readsOfPairs(this.pairs, rule, [...this.pairs.map(({ angle }) => angle), this.query], settings)
    const asked = reads.pop()
    const inside = ([x, y]) => { // a read outside of the picture is drawn at its edge
      const size = Math.max(1, Math.hypot(x, y) / (REACH - 0.07))
      return [x / size, -y / size]
    }
    const marks = this.pairs.flatMap((pair, place) => {
      const [[x, y], [left, top]] = [inside(valueOfPair(pair)), inside(reads[place])]
      const text = svg("text", { x: left, y: top + 0.05, "text-anchor": "middle" })
      text.textContent = String(place + 1)
      const kind = place === this.chosen ? "chosen" : ""
      return [svg("line", { class: `error ${kind}`, x1: x, y1: y, x2: left, y2: top }), svg("circle", { class: `ring ${kind}`, cx: x, cy: y, r: 0.115 }), svg("circle", { class: `found ${kind}`, cx: left, cy: top, r: 0.085 }), text]
    })
    const [x, y] = inside(asked)
    drawing.replaceChildren(...circle(), ...marks, svg("path", { class: "asked", d: `M${x} ${y - 0.1}L${x + 0.1} ${y}L${x} ${y + 0.1}L${x - 0.1} ${y}Z` }))
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length
    const sentence = fill(words.error, { error: inBox(mean) })
    setText(said, sentence)
    drawing.setAttribute("aria-label", `${words.rules[rule]}: ${sentence}`)
    if (rule === "softmax") setText(matrix, fill(words.kept, { count: 4 * this.pairs.length }))
    else matrix.replaceChildren(html("span", {}, "S ="), html("span", { class: "numbers" }, memoryOf(this.pairs, rule, settings.decay).flat().map((each) => html("span", {}, inBox(each)))))
  }

  destroy() {
    clearTimeout(this.timer)
    this.root.replaceChildren()
  }
}

const circle = () => [svg("circle", { class: "unit", r: 1 }), svg("path", { class: "axes", d: "M-1 0H1M0 -1V1" })]
