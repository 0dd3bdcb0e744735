// A brush for a finger: across the chart it chooses steps, up and down it still scrolls the page (plotly would take both).
import { element } from "./dom.js"

const SHORTEST = 8 // pixels; less is a tap

export class TouchBrush {
  constructor(view, tell) {
    this.view = view
    this.tell = tell
    this.from = null
    this.band = element("div", "brush", view.stage)
    this.band.hidden = true
    view.stage.classList.add("brushed")
    view.stage.addEventListener("pointerdown", (event) => this.begin(event))
    view.stage.addEventListener("pointermove", (event) => this.move(event))
    view.stage.addEventListener("pointerup", (event) => this.end(event))
    view.stage.addEventListener("pointercancel", () => this.stop()) // the browser scrolls instead
  }

  begin(event) {
    if (event.pointerType !== "touch" || !event.isPrimary) return
    const { xaxis } = this.view.canvas._fullLayout
    const at = this.place(event)
    this.from = at >= 0 && at <= xaxis._length ? at : null
  }

  move(event) {
    if (this.from === null) return
    const [low, high] = this.ends(event)
    const { xaxis, _size } = this.view.canvas._fullLayout
    this.band.hidden = high - low < SHORTEST
    Object.assign(this.band.style, { left: `${xaxis._offset + low}px`, width: `${high - low}px`, top: `${_size.t}px`, height: `${_size.h}px` })
  }

  end(event) {
    if (this.from === null) return
    const { xaxis } = this.view.canvas._fullLayout
    const [low, high] = this.ends(event)
    this.stop()
    if (high - low >= SHORTEST) this.tell(this.between(xaxis.p2l(low), xaxis.p2l(high)))
  }

  stop() {
    this.from = null
    this.band.hidden = true
  }

  /** As plotly tells the points of a selection. */
  between(low, high) {
    const points = []
    for (const { index, x, y } of this.view.canvas._fullData) {
      for (let i = 0; i < x.length; i++) if (x[i] >= low && x[i] <= high) points.push({ curveNumber: index, pointNumber: i, x: x[i], y: y[i] })
    }
    return points
  }

  /** Both ends of the stroke, in pixels along the axis. */
  ends(event) {
    const { _length } = this.view.canvas._fullLayout.xaxis
    const to = Math.max(0, Math.min(_length, this.place(event)))
    return [Math.min(this.from, to), Math.max(this.from, to)]
  }

  place({ clientX }) {
    return clientX - this.view.stage.getBoundingClientRect().left - this.view.canvas._fullLayout.xaxis._offset
  }
}
