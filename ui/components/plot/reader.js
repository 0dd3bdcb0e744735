// Reading single values: the label under the pointer outlives an update, and the arrow keys walk from value to value.
import { element } from "./words.js"

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

  attach(Plotly) {
    this.Plotly = Plotly
    const { canvas } = this.view
    canvas.on("plotly_hover", ({ points: [point] }) => {
      const at = point.pointNumber ?? point.pointIndex
      this.place = Array.isArray(at) ? { curve: point.curveNumber, row: at[0], column: at[1] } : { curve: point.curveNumber, column: at }
      this.pointed = true
    })
    canvas.on("plotly_unhover", () => (this.pointed = false))
  }

  restore() {
    if (this.pointed && this.place) this.show(false)
  }

  key(event) {
    event.stopPropagation()
    const move = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowUp: [1, 0], ArrowDown: [-1, 0] }[event.key]
    if (event.key === "Escape") this.hide()
    if (event.key === "Enter" && this.place) this.view.cursor.send("unrolled:step", this.position())
    if (!move || !this.Plotly) return
    event.preventDefault()
    this.step(...move)
    this.show(true)
  }

  step(up, right) {
    const shown = this.view.canvas._fullData.filter((trace) => trace.visible === true && trace.hoverinfo !== "skip")
    if (!shown.length) return
    const trace = shown.find(({ index }) => index === this.place?.curve) ?? shown[0]
    if (this.place?.curve !== trace.index) {
      this.place = trace.z ? { curve: trace.index, row: 0, column: 0 } : { curve: trace.index, column: 0 }
      return
    }
    const { place } = this
    if (trace.z) {
      const upwards = this.view.canvas._fullLayout[axisName(trace.yaxis)].autorange === "reversed" ? -1 : 1
      place.row = clamp(place.row + up * upwards, trace.z.length)
      place.column = clamp(place.column + right, trace.z[place.row].length)
      return
    }
    const next = shown[shown.indexOf(trace) - up] ?? trace
    if (next !== trace && !next.z) place.curve = next.index
    place.column = clamp(place.column + right, (next.z ? trace : next).x?.length ?? (next.z ? trace : next).y.length)
  }

  position() {
    const trace = this.view.canvas._fullData[this.place.curve]
    return trace.x?.[this.place.column] ?? this.place.column
  }

  show(speak) {
    const { curve, row, column } = this.place
    const { canvas } = this.view
    if (!canvas._fullData[curve]) return
    this.pointed = true
    const subplot = canvas._fullData[curve].xaxis + canvas._fullData[curve].yaxis
    this.Plotly.Fx.hover(canvas, [{ curveNumber: curve, pointNumber: row === undefined ? column : [row, column] }], subplot)
    if (!speak) return
    const label = [...canvas.querySelectorAll(".hoverlayer .hovertext text")].map((text) => lines(text)).join("; ")
    this.live.textContent = label
  }

  hide() {
    if (!this.pointed || !this.Plotly) return
    this.pointed = false
    this.Plotly.Fx.unhover(this.view.canvas)
  }
}

const axisName = (id) => `yaxis${id.slice(1)}`
const clamp = (value, length) => Math.max(0, Math.min(length - 1, value))

function lines(text) {
  const spans = [...text.querySelectorAll("tspan.line")]
  return spans.length ? spans.map((span) => span.textContent).join(", ") : text.textContent
}
