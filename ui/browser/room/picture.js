// The axes of a sketch, and curves over them. The student's pad and the class's picture are drawn by the same code.
import { raised, valueAt, written } from "./marks.js"

const LIGHTER = { light: 0.16, grid: 0.13, zero: 0.5 }

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 * @param {Element} [parent]
 * @returns {SVGElement}
 */
export function drawn(name, attributes, parent, text = "") {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value))
  if (text) made.textContent = text
  parent?.append(made)
  return made
}

/** A text whose powers of ten are raised by their place, because fonts differ in the raised digits that they have. */
function label(attributes, parent, text) {
  const made = drawn("text", attributes, parent)
  raised(text).split(/\^\{([^}]*)\}/).forEach((piece, at) => {
    if (piece) drawn("tspan", at % 2 ? { dy: "-0.4em", "font-size": "0.72em" } : { dy: at ? "0.29em" : 0 }, made, piece)
  })
  return made
}

/** Round numbers from low to high, about `count` of them. */
export function ticks(low, high, count, least = 0) {
  const rough = (high - low) / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(least, power * [1, 2, 5, 10].find((each) => each * power >= rough * 0.999))
  const found = []
  for (let at = Math.ceil(low / step - 1e-9); at * step <= high + 1e-9 * step; at++) found.push(at * step)
  return found
}

export class SketchPicture {
  constructor() {
    this.svg = drawn("svg", {})
    this.grid = drawn("g", {}, this.svg)
    this.layers = drawn("g", {}, this.svg)
  }

  /** @param {RoomQuestion} question @param {number} width @param {number} height @param {number} size of type, in pixels */
  layOut(question, width, height, size) {
    this.axes = question.axes
    this.size = size
    this.left = size * 3.6
    this.right = width - size * 0.9
    this.top = size * 2
    this.bottom = height - size * 3.1
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`)
    this.svg.setAttribute("width", String(width))
    this.svg.setAttribute("height", String(height))
    this.grid.replaceChildren()
    this.layers.replaceChildren()
    this.drawGrid(question)
  }

  /** @param {number} share of the axis, 0 to 1 */
  x(share) {
    return this.left + share * (this.right - this.left)
  }

  /** @param {number} value beyond the axis it is drawn at its end */
  y(value) {
    const [low, high] = this.axes.y
    return this.bottom - ((Math.min(high, Math.max(low, value)) - low) / (high - low)) * (this.bottom - this.top)
  }

  /** @param {RoomQuestion} question */
  drawGrid(question) {
    const { axes, size } = this
    const text = { "font-size": size, fill: "var(--ink2)", stroke: "none" }
    for (const value of ticks(axes.y[0], axes.y[1], (this.bottom - this.top) / (size * 4), axes.is_log ? 1 : 0)) {
      const y = this.y(value)
      drawn("path", { d: `M${this.left} ${y}H${this.right}`, stroke: "var(--ink)", opacity: Math.abs(value) < 1e-9 ? LIGHTER.zero : LIGHTER.grid }, this.grid)
      label({ x: this.left - size * 0.5, y: y + size * 0.33, "text-anchor": "end", ...text }, this.grid, valueAt(axes, value))
    }
    const [first, last] = axes.x
    for (const value of ticks(first, last, (this.right - this.left) / (size * 5), 1)) {
      const x = this.x((value - first) / (last - first))
      drawn("path", { d: `M${x} ${this.bottom}v${size * 0.4}`, stroke: "var(--ink)", opacity: LIGHTER.zero }, this.grid)
      drawn("text", { x, y: this.bottom + size * 1.45, "text-anchor": "middle", ...text }, this.grid, written(value))
    }
    drawn("path", { d: `M${this.left} ${this.bottom}H${this.right}`, stroke: "var(--ink)", opacity: LIGHTER.zero }, this.grid)
    drawn("text", { x: this.left, y: size * 1.1, ...text }, this.grid, question.y)
    drawn("text", { x: this.right, y: this.bottom + size * 2.75, "text-anchor": "end", ...text }, this.grid, `${question.x} →`)
  }

  /** @param {readonly number[]} values evenly spread over the axis; those that are not numbers are left out */
  path(values) {
    const points = []
    values.forEach((value, at) => {
      if (Number.isFinite(value)) points.push(`${this.x(at / (values.length - 1)).toFixed(1)} ${this.y(value).toFixed(1)}`)
    })
    return points.length ? `M${points.join("L")}` : ""
  }

  /** @param {readonly number[]} values @param {Record<string, string | number>} style */
  curve(values, style) {
    return drawn("path", { d: this.path(values), fill: "none", "stroke-linecap": "round", "stroke-linejoin": "round", ...style }, this.layers)
  }

  /** The class's curves, the reader's own, and the computed ones over them. @param {RoomSolution} solution */
  drawAnswers(solution, answers, mine, words) {
    const wide = this.size / 6
    this.layers.replaceChildren()
    const many = Math.max(LIGHTER.light, Math.min(0.5, 6 / answers.length))
    const strokes = answers.map((values) => this.curve(values, { stroke: "var(--ink-rnn)", "stroke-width": wide, opacity: many, class: "stroke" }))
    for (const { name, values } of solution.curves) {
      const style = name ? { stroke: "var(--ink2)", "stroke-dasharray": `${wide / 2} ${wide * 2.5}` } : { stroke: "var(--ink-gradient)", opacity: 0.5 }
      this.curve(values, { "stroke-width": name ? wide * 1.2 : wide / 2, ...style })
      if (name) this.name(name, values, 0.62, "var(--ink2)")
    }
    if (mine) this.curve(mine, { stroke: "var(--ink)", "stroke-width": wide * 1.4 })
    if (solution.right) {
      this.curve(solution.right, { stroke: "var(--paper)", "stroke-width": wide * 4, opacity: 0.9 })
      const right = this.curve(solution.right, { stroke: "var(--ink-gradient)", "stroke-width": wide * 2, class: "true", pathLength: 1 })
      this.name(words.computed, solution.right, 0.3, "var(--text-gradient)", true)
      strokes.push(right)
    }
    return strokes
  }

  /** The name of a curve, beside it at this share of the axis. */
  name(text, values, share, fill, strong = false) {
    const value = values[Math.round(share * (values.length - 1))]
    const y = this.y(value)
    const isHigh = y < (this.top + this.bottom) / 2
    const style = { "font-size": this.size, "font-weight": strong ? 700 : 400, fill, stroke: "var(--paper)", "stroke-width": this.size / 3, "paint-order": "stroke" }
    drawn("text", { x: this.x(share), y: y + (isHigh ? 2.1 : -1.3) * this.size, ...style }, this.layers, text)
  }
}
