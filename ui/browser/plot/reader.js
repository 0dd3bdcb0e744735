// Single values of a chart: the label under the pointer stays through an update, and the arrow keys, Home and End go from value to value.
import { element } from "./dom.js"

const LABEL_DRAWN = 80 // milliseconds: plotly draws labels at most every 50

/** @import { ChartView } from "./chart.js" */
/** @typedef {{curve: number, row?: number, column: number}} Place of a value; a row in heatmaps only */

export class Reader {
  /** @param {ChartView} view */
  constructor(view) {
    this.view = view
    /** @type {Place | null} */
    this.place = null
    this.pointed = false // mouse or keys are at a value
    this.byKeys = false // the keys have led to the place
    this.live = element("div", "spoken", view.stage)
    this.live.setAttribute("role", "status")
    view.image.onkeydown = (event) => this.pressKey(event)
    view.image.onblur = () => this.hide()
  }

  attach() {
    const { canvas } = this.view
    canvas.on("plotly_hover", ({ event, points: [point] }) => {
      const at = point.pointNumber
      const [row, column] = Array.isArray(at) ? at : [undefined, at]
      this.place = { curve: point.curveNumber, row, column }
      this.pointed = true
      if (event instanceof Event) this.byKeys = false // the mouse has left the place of the keys
    })
    canvas.on("plotly_unhover", () => (this.pointed = false))
  }

  stop() {
    clearTimeout(this.announcing)
  }

  restore() {
    if (this.pointed && this.place) this.show()
  }

  /** @param {KeyboardEvent} event */
  pressKey(event) {
    event.stopPropagation()
    /** @type {[up: number, right: number] | undefined} */
    const move = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowUp: [1, 0], ArrowDown: [-1, 0], Home: [0, -Infinity], End: [0, Infinity] }[event.key]
    if (event.key === "Escape") this.hide()
    if (event.key === "Enter" && this.place) {
      this.view.cursor.send("unrolled:step", this.position())
      this.view.events.choose(this.place)
    }
    if (!move || !this.view.drawn) return
    event.preventDefault()
    this.step(...move)
    if (!this.place) return
    this.show()
    this.view.cursor.send("unrolled:hover", this.position())
    clearTimeout(this.announcing)
    this.announcing = setTimeout(() => this.announce(), LABEL_DRAWN)
  }

  /**
   * The first key leads to the step that the charts share, or else to the first value; every other key goes on from there.
   * @param {number} up
   * @param {number} right
   */
  step(up, right) {
    // plotly cannot point at a value in three dimensions: the chart's text describes it
    const shown = this.view.canvas._fullData.filter((trace) => trace.visible === true && trace.hoverinfo !== "skip" && !trace.scene)
    const trace = this.byKeys ? shown.find(({ index }) => index === this.place?.curve) : undefined
    if (trace) this.stepFrom(shown, trace, up, right)
    else if (shown.length) this.begin(shown[0], right)
    this.byKeys = true
  }

  /**
   * @param {Trace} trace
   * @param {number} right
   */
  begin(trace, right) {
    const values = valuesOf(trace)
    const shared = Number.isFinite(right) ? this.view.cursor.columnIn(trace, values.length) : -1
    const column = shared >= 0 ? shared : right === Infinity ? values.length - 1 : 0
    this.place = { curve: trace.index, row: trace.z && 0, column: nearestKnown(values, column, right === Infinity ? -1 : 1) }
  }

  /**
   * Along a line or to the line beside it, or from cell to cell of a heatmap.
   * @param {Trace[]} shown
   * @param {Trace} trace
   * @param {number} up
   * @param {number} right
   */
  stepFrom(shown, trace, up, right) {
    if (trace.z) {
      const [bottom, top] = this.view.canvas._fullLayout[`yaxis${trace.yaxis.slice(1)}`].range
      this.place.row = clamp(this.place.row + (bottom > top ? -up : up), trace.z.length)
      this.place.column = clamp(this.place.column + right, trace.z[0].length)
      return
    }
    const lines = shown.filter(({ z }) => !z)
    const line = lines[clamp(lines.indexOf(trace) - up, lines.length)]
    const values = valuesOf(line)
    const inward = right === Infinity ? -1 : right === -Infinity ? 1 : right || 1
    this.place = { curve: line.index, column: nearestKnown(values, clamp(this.place.column + right, values.length), inward) }
  }

  position() {
    const trace = this.view.canvas._fullData[this.place.curve]
    const { column } = this.place
    return this.view.cursor.stepOf({ x: trace.x?.[column] ?? column, customdata: trace.customdata?.[column] })
  }

  show() {
    const { curve, row, column } = this.place
    const { canvas, Plotly } = this.view
    const trace = canvas._fullData[curve]
    if (!trace || trace.scene) return
    this.pointed = true
    const [{ x, y, xCenter = x, yCenter = y }] = canvas.calcdata[curve] // the values of contours lie at points, not in cells
    // plotly finds points of lines by their number, but a cell only by its centre.
    const target = trace.z ? { xval: xCenter[column], yval: yCenter[row] } : [{ curveNumber: curve, pointNumber: column }]
    Plotly.Fx.hover(canvas, target, trace.xaxis + trace.yaxis)
  }

  announce() {
    const labels = this.view.canvas.querySelectorAll(".hoverlayer .hovertext text")
    this.live.textContent = this.view.card.text || Array.from(labels, linesOf).join("; ")
  }

  hide() {
    this.byKeys = false
    if (!this.pointed) return
    this.pointed = false
    this.view.Plotly.Fx.unhover(this.view.canvas)
    this.view.cursor.send("unrolled:hover", null)
  }
}

/**
 * @param {Trace} trace
 * @returns {ArrayLike<any>}
 */
const valuesOf = ({ z, x, y, orientation }) => z?.[0] ?? (orientation === "h" ? x : y)

/**
 * The column, or where a line has no value there, the nearest column with one: in this direction if there is one.
 * @param {ArrayLike<any>} values
 * @param {number} column
 * @param {number} direction
 */
function nearestKnown(values, column, direction) {
  /** @param {number} at */
  const has = (at) => values[at] !== null && values[at] !== undefined && !Number.isNaN(values[at])
  for (const way of [direction, -direction]) {
    for (let at = column; at >= 0 && at < values.length; at += way) if (has(at)) return at
  }
  return column
}

/**
 * @param {number} value
 * @param {number} length
 */
const clamp = (value, length) => Math.max(0, Math.min(length - 1, value))

/** @param {Element} text */
function linesOf(text) {
  const spans = [...text.querySelectorAll("tspan.line")]
  return spans.length ? spans.map((span) => span.textContent).join(", ") : text.textContent
}
