// One card that reads all lines of a chart at one place of its axis, with their ratios to one of them. The figure's
// `meta.card` says which traces, and in which words.
import { asWritten } from "../shared/powers.js"
import { element, richText } from "./dom.js"

const BESIDE = 14 // pixels between the cursor and the card
const SVG = "http://www.w3.org/2000/svg"

/** @import { ChartView } from "./chart.js" */

export class Card {
  /** @param {ChartView} view */
  constructor(view) {
    this.view = view
    this.box = element("div", "card", view.stage)
    this.box.hidden = true
  }

  /** @param {number | null} at on the horizontal axis; null: nowhere */
  draw(at) {
    const { canvas, figure } = this.view
    const meta = figure.layout.meta?.card
    const { xaxis, xaxis2, yaxis } = canvas._fullLayout
    const left = meta && at !== null ? xaxis.l2p(at) : -1
    this.box.hidden = !(left >= 0 && left <= xaxis._length)
    if (this.box.hidden) return
    const lines = meta.traces.map((/** @type {number} */ index) => lineAt(canvas._fullData[index], at))
    const other = lines[meta.traces.indexOf(meta.to)].logarithm
    lines.sort((/** @type {any} */ a, /** @type {any} */ b) => b.logarithm - a.logarithm)
    const time = xaxis2 ? Math.round(xaxis2.p2l(left)) : at
    this.write(meta, meta.head.replace("{k}", String(at)).replace("{t}", String(time)), lines, other)
    this.place(left, lines.map((/** @type {any} */ line) => yaxis._offset + yaxis.l2p(line.logarithm)))
  }

  get text() {
    return this.box.hidden ? "" : Array.from(this.box.querySelectorAll("tr, .head"), (row) => Array.from(row.children, (cell) => cell.textContent).join(" ").trim() || row.textContent).join("; ")
  }

  write(meta, head, lines, other) {
    const title = element("div", "head")
    title.textContent = head
    const table = document.createElement("table")
    const names = table.insertRow()
    for (const name of ["", "", ...meta.columns]) names.appendChild(document.createElement("th")).textContent = name
    for (const line of lines) {
      const row = table.insertRow()
      row.insertCell().append(sample(line.trace))
      richText(line.trace.name, row.insertCell())
      row.insertCell().textContent = written(line.logarithm)
      const ratio = line.logarithm - other
      row.insertCell().textContent = line.logarithm === other ? "1" : Number.isFinite(ratio) ? `× ${written(ratio)}` : ""
    }
    this.box.replaceChildren(title, table)
  }

  /**
   * Beside the cursor, and over or under the lines where there is room.
   * @param {number} left
   * @param {number[]} heights of the lines
   */
  place(left, heights) {
    const { xaxis, _size } = this.view.canvas._fullLayout
    const { offsetWidth: width, offsetHeight: height } = this.box
    const x = xaxis._offset + left
    const bottom = _size.t + _size.h
    const lowest = Math.max(...heights.filter((each) => each <= bottom))
    const isRight = left + BESIDE + width < xaxis._length
    const top = bottom - lowest > height + 2 * BESIDE ? lowest + BESIDE : _size.t + BESIDE
    Object.assign(this.box.style, { left: `${isRight ? x + BESIDE : Math.max(0, x - BESIDE - width)}px`, top: `${Math.min(top, bottom - height)}px` })
  }
}

/** @param {any} trace whose x is sorted */
function lineAt(trace, at) {
  let nearest = 0
  for (let i = 1; i < trace.x.length; i++) if (Math.abs(trace.x[i] - at) < Math.abs(trace.x[nearest] - at)) nearest = i
  const isThere = Math.abs(trace.x[nearest] - at) <= 2
  return { trace, logarithm: isThere && trace.y[nearest] > 0 ? Math.log10(trace.y[nearest]) : -Infinity }
}

/** 10 to the power of this, with two digits. */
function written(logarithm) {
  if (!Number.isFinite(logarithm)) return "0"
  if (logarithm > -2.5 && logarithm < 3) return String(Number((10 ** logarithm).toPrecision(2)))
  const power = Math.floor(logarithm)
  const digits = (10 ** (logarithm - power)).toFixed(1)
  return asWritten(digits === "10.0" ? `1.0e${power + 1}` : `${digits}e${power}`)
}

function sample({ line }) {
  const svg = document.createElementNS(SVG, "svg")
  svg.setAttribute("viewBox", "0 0 30 8")
  const stroke = document.createElementNS(SVG, "line")
  const dash = line.dash === "solid" ? "" : line.dash === "dot" ? "2 3" : line.dash.replaceAll("px", "")
  for (const [name, value] of Object.entries({ x1: 1, x2: 29, y1: 4, y2: 4, stroke: line.color, "stroke-width": 2.5, "stroke-dasharray": dash })) stroke.setAttribute(name, String(value))
  svg.append(stroke)
  return svg
}
