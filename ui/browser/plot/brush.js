// Selection by touch: a horizontal stroke selects steps, a vertical one scrolls the page (plotly's own selection prevents scrolling).
import { element, leftIn } from "./dom.js"

const SHORTEST = 8 // pixels; a shorter stroke is a tap

/** @import { ChartView } from "./chart.js" */

export class TouchBrush {
  /**
   * @param {ChartView} view
   * @param {(points: PlotlyPoint[]) => void} onSelect
   */
  constructor(view, onSelect) {
    this.view = view
    this.onSelect = onSelect
    /** @type {number | null} where the stroke began */
    this.from = null
    this.band = element("div", "brush", view.stage)
    this.band.hidden = true
    view.stage.classList.add("brushed")
    view.stage.addEventListener("pointerdown", (event) => this.press(event))
    view.stage.addEventListener("pointermove", (event) => this.move(event))
    view.stage.addEventListener("pointerup", (event) => this.end(event))
    view.stage.addEventListener("pointercancel", () => this.stop()) // the browser scrolls instead
  }

  /** @param {PointerEvent} event */
  press(event) {
    if (event.pointerType !== "touch" || !event.isPrimary) return
    const { xaxis } = this.view.canvas._fullLayout
    const at = this.place(event)
    this.from = at >= 0 && at <= xaxis._length ? at : null
  }

  /** @param {PointerEvent} event */
  move(event) {
    if (this.from === null) return
    const [low, high] = this.ends(event)
    const { xaxis, _size } = this.view.canvas._fullLayout
    this.band.hidden = high - low < SHORTEST
    Object.assign(this.band.style, { left: `${xaxis._offset + low}px`, width: `${high - low}px`, top: `${_size.t}px`, height: `${_size.h}px` })
  }

  /** @param {PointerEvent} event */
  end(event) {
    if (this.from === null) return
    const { xaxis } = this.view.canvas._fullLayout
    const [low, high] = this.ends(event)
    this.stop()
    if (high - low >= SHORTEST) this.onSelect(this.between(xaxis.p2l(low), xaxis.p2l(high)))
  }

  stop() {
    this.from = null
    this.band.hidden = true
  }

  /**
   * The points of all lines in this range of x, as plotly describes the points of a selection.
   * @param {number} low
   * @param {number} high
   */
  between(low, high) {
    /** @type {PlotlyPoint[]} */
    const points = []
    for (const { index, x, y } of this.view.canvas._fullData) {
      for (let i = 0; i < x.length; i++) if (x[i] >= low && x[i] <= high) points.push({ curveNumber: index, pointNumber: i, x: x[i], y: y[i] })
    }
    return points
  }

  /**
   * Both ends of the stroke, in pixels along the axis.
   * @param {PointerEvent} event
   */
  ends(event) {
    const { _length } = this.view.canvas._fullLayout.xaxis
    const to = Math.max(0, Math.min(_length, this.place(event)))
    return [Math.min(this.from, to), Math.max(this.from, to)]
  }

  /** @param {PointerEvent} event */
  place({ clientX }) {
    return leftIn(this.view.stage, clientX) - this.view.canvas._fullLayout.xaxis._offset
  }
}
