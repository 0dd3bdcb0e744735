// Everything on the time axis: the frames, the frames that were expected, the kinds of motion, and the hidden state.
import { html } from "../stepper/dom.js"
import { colourOf, drawFrame, drawRing } from "./pixels.js"

export class Rows {
  constructor() {
    this.root = html("div", { class: "rows" })
    this.mark = html("div", { class: "mark" })
    this.own = html("div", { class: "own" })
    this.root.append(this.own, this.mark)
    this.root.tabIndex = 0
    this.root.setAttribute("role", "slider")
  }

  /** @param {StripMessage} data */
  draw(data) {
    const { words } = data
    const columns = data.frames.length
    this.root.style.setProperty("--columns", String(columns))
    this.root.style.setProperty("--seen", String(data.seen))
    this.root.setAttribute("aria-label", words.axis)
    this.root.setAttribute("aria-valuemin", "1")
    this.root.setAttribute("aria-valuemax", String(columns))
    const rows = [this.frames(words.read, data, data.frames)]
    if (data.predicted) rows.push(this.frames(words.expected, data, data.predicted, 1))
    if (data.beliefs) rows.push(...this.kinds(data))
    if (data.states) rows.push(this.states(data))
    this.own.textContent = columns > data.seen ? words.own : ""
    this.root.replaceChildren(this.own, ...rows.flat(), this.mark)
    this.own.hidden = columns === data.seen
  }

  name(text, kind = "") {
    return html("span", { class: `name ${kind}` }, text)
  }

  /** @param {string} name @param {StripMessage} data @param {number[][]} frames */
  frames(name, data, frames, first = 0) {
    const row = html("div", { class: "row frames" })
    frames.forEach((values, at) => {
      const canvas = /** @type {HTMLCanvasElement} */ (html("canvas", { class: at >= data.seen ? "cell later" : "cell" }))
      row.append(canvas)
      if (at < first) return
      const isOwn = at >= data.seen || first > 0
      drawFrame(canvas, values, data.side, colourOf(this.root, isOwn ? "--own" : "--read"))
      if (at >= data.seen) drawRing(canvas, data.places[at], data.side, colourOf(this.root, "--ring"))
    })
    return [this.name(name), row]
  }

  /** @param {StripMessage} data */
  kinds(data) {
    const head = this.name(data.words.kinds, "head")
    const all = data.kinds.map((kind, number) => {
      const marks = [number === data.answer ? "answer" : "", number === data.right ? "right" : ""].join(" ")
      const row = html("div", { class: `row kinds ${marks}` })
      data.beliefs.forEach((chances, at) => {
        const cell = html("i", { class: "cell" })
        cell.style.setProperty("--share", `${chances[number]}%`)
        cell.classList.toggle("later", at >= data.seen)
        row.append(cell)
      })
      const name = this.name(kind, `kind ${marks}`)
      name.append(html("b", {}, `${data.beliefs[data.seen - 1][number]}%`))
      return [name, row]
    })
    return [[head, html("div", { class: "gap" })], ...all]
  }

  /** @param {StripMessage} data */
  states(data) {
    const canvas = /** @type {HTMLCanvasElement} */ (html("canvas", { class: "row states" }))
    const units = data.states[0].length
    canvas.width = data.states.length
    canvas.height = units
    const pen = canvas.getContext("2d")
    const inks = [colourOf(this.root, "--negative"), colourOf(this.root, "--positive")]
    data.states.forEach((state, at) => state.forEach((value, unit) => {
      pen.globalAlpha = Math.min(1, Math.abs(value) / 100)
      pen.fillStyle = inks[value > 0 ? 1 : 0]
      pen.fillRect(at, unit, 1, 1)
    }))
    return [this.name(data.words.state), canvas]
  }

  /** @param {number} frame @param {string} text */
  show(frame, text) {
    this.root.style.setProperty("--frame", String(frame))
    this.root.setAttribute("aria-valuenow", String(frame + 1))
    this.root.setAttribute("aria-valuetext", text)
  }

  /** The frame under the pointer. @param {PointerEvent} event @param {number} columns */
  under(event, columns) {
    const box = this.root.querySelector(".row.frames").getBoundingClientRect()
    return Math.max(0, Math.min(columns - 1, Math.floor(((event.clientX - box.left) / box.width) * columns)))
  }
}
