// Reading single values: the label under the pointer outlives an update, and the arrow keys walk from value to value.
import { element } from "./dom.js"

const PATIENCE = 80 // plotly draws labels at most every 50 ms

export class Reader {
  constructor(view) {
    this.view = view
    this.place = null // { curve, row, column } for grids, { curve, column } for lines and bars
    this.pointed = false // by mouse or keys, now
    this.live = element("div", "spoken", view.stage)
    this.live.setAttribute("role", "status")
    view.image.onkeydown = (event) => this.key(event)
    view.image.onblur = () => this.hide()
  }

  attach() {
    const { canvas } = this.view
    canvas.on("plotly_hover", ({ points: [point] }) => {
      const at = point.pointNumber
      const [row, column] = Array.isArray(at) ? at : [undefined, at]
      this.place = { curve: point.curveNumber, row, column }
      this.pointed = true
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
    const move = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowUp: [1, 0], ArrowDown: [-1, 0] }[event.key]
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

  /** The next value in that direction: along a line or to its neighbour, or from cell to cell of a grid. */
  step(up, right) {
    const { _fullData: traces, _fullLayout: layout } = this.view.canvas
    // plotly cannot point at a value in three dimensions: there the text says what is seen
    const shown = traces.filter((trace) => trace.visible === true && trace.hoverinfo !== "skip" && !trace.scene)
    const trace = shown.find(({ index }) => index === this.place?.curve)
    if (!trace) {
      const first = shown.at(0)
      this.place = first && { curve: first.index, row: first.z && 0, column: 0 }
    } else if (trace.z) {
      const [bottom, top] = layout[`yaxis${trace.yaxis.slice(1)}`].range
      this.place.row = clamp(this.place.row + (bottom > top ? -up : up), trace.z.length)
      this.place.column = clamp(this.place.column + right, trace.z[0].length)
    } else {
      const lines = shown.filter(({ z }) => !z)
      const line = lines[clamp(lines.indexOf(trace) - up, lines.length)]
      this.place = { curve: line.index, column: clamp(this.place.column + right, line.y.length) }
    }
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
    if (!this.pointed) return
    this.pointed = false
    this.view.Plotly.Fx.unhover(this.view.canvas)
    this.view.cursor.send("unrolled:hover", null)
  }
}

const clamp = (value, length) => Math.max(0, Math.min(length - 1, value))

function lines(text) {
  const spans = [...text.querySelectorAll("tspan.line")]
  return spans.length ? spans.map((span) => span.textContent).join(", ") : text.textContent
}
