// Reading single values: the label under the pointer outlives an update, and the arrow keys, Home and End walk from value to value.
import { element } from "./dom.js"

const PATIENCE = 80 // plotly draws labels at most every 50 ms

export class Reader {
  constructor(view) {
    this.view = view
    this.place = null // { curve, row, column } for grids, { curve, column } for lines and bars
    this.pointed = false // by mouse or keys, now
    this.walking = false // the place was reached with keys
    this.live = element("div", "spoken", view.stage)
    this.live.setAttribute("role", "status")
    view.image.onkeydown = (event) => this.key(event)
    view.image.onblur = () => this.hide()
  }

  attach() {
    const { canvas } = this.view
    canvas.on("plotly_hover", ({ event, points: [point] }) => {
      const at = point.pointNumber
      const [row, column] = Array.isArray(at) ? at : [undefined, at]
      this.place = { curve: point.curveNumber, row, column }
      this.pointed = true
      if (event instanceof Event) this.walking = false // the mouse has led away from where the keys were
    })
    canvas.on("plotly_unhover", () => (this.pointed = false))
  }

  stop() {
    clearTimeout(this.saying)
  }

  restore() {
    if (this.pointed && this.place) this.show()
  }

  key(event) {
    event.stopPropagation()
    const move = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowUp: [1, 0], ArrowDown: [-1, 0], Home: [0, -Infinity], End: [0, Infinity] }[event.key]
    if (event.key === "Escape") this.hide()
    if (event.key === "Enter" && this.place) this.view.cursor.send("unrolled:step", this.position())
    if (!move || !this.view.drawn) return
    event.preventDefault()
    this.step(...move)
    if (!this.place) return
    this.show()
    this.view.cursor.send("unrolled:hover", this.position())
    clearTimeout(this.saying)
    this.saying = setTimeout(() => this.speak(), PATIENCE)
  }

  /** The first key leads to the step that the charts share, or to the first value; every other key leads on from there. */
  step(up, right) {
    // plotly cannot point at a value in three dimensions: there the text says what is seen
    const shown = this.view.canvas._fullData.filter((trace) => trace.visible === true && trace.hoverinfo !== "skip" && !trace.scene)
    const trace = this.walking ? shown.find(({ index }) => index === this.place?.curve) : undefined
    if (trace) this.walk(shown, trace, up, right)
    else if (shown.length) this.begin(shown[0], right)
    this.walking = true
  }

  begin(trace, right) {
    const values = valuesOf(trace)
    const shared = Number.isFinite(right) ? this.view.cursor.columnIn(trace, values.length) : -1
    const column = shared >= 0 ? shared : right === Infinity ? values.length - 1 : 0
    this.place = { curve: trace.index, row: trace.z && 0, column: known(values, column, right === Infinity ? -1 : 1) }
  }

  /** Along a line or to its neighbour, or from cell to cell of a grid. */
  walk(shown, trace, up, right) {
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
    this.place = { curve: line.index, column: known(values, clamp(this.place.column + right, values.length), inward) }
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
    const [{ x, y, xCenter = x, yCenter = y }] = canvas.calcdata[curve] // a contour's values stand on points, not in cells
    // A cell is named by its middle: plotly finds only the points of lines by their number.
    const what = trace.z ? { xval: xCenter[column], yval: yCenter[row] } : [{ curveNumber: curve, pointNumber: column }]
    Plotly.Fx.hover(canvas, what, trace.xaxis + trace.yaxis)
  }

  speak() {
    const labels = this.view.canvas.querySelectorAll(".hoverlayer .hovertext text")
    this.live.textContent = Array.from(labels, lines).join("; ")
  }

  hide() {
    this.walking = false
    if (!this.pointed) return
    this.pointed = false
    this.view.Plotly.Fx.unhover(this.view.canvas)
    this.view.cursor.send("unrolled:hover", null)
  }
}

const valuesOf = ({ z, x, y, orientation }) => z?.[0] ?? (orientation === "h" ? x : y)

/** The column, or where a line has no value there the nearest that has one, in that direction first. */
function known(values, column, direction) {
  const has = (at) => values[at] !== null && values[at] !== undefined && !Number.isNaN(values[at])
  for (const way of [direction, -direction]) {
    for (let at = column; at >= 0 && at < values.length; at += way) if (has(at)) return at
  }
  return column
}

const clamp = (value, length) => Math.max(0, Math.min(length - 1, value))

function lines(text) {
  const spans = [...text.querySelectorAll("tspan.line")]
  return spans.length ? spans.map((span) => span.textContent).join(", ") : text.textContent
}
