// A line of the chart that can be dragged: it moves the dial that the figure names in `meta.handle`.
import { SET_DIAL } from "../shared/dials.js"
import { element, leftIn } from "./dom.js"

/** @import { ChartView } from "./chart.js" */

export class Handle {
  /** @param {ChartView} view */
  constructor(view) {
    this.view = view
    this.line = element("div", "handle", view.stage)
    this.line.hidden = true
    this.line.setAttribute("aria-hidden", "true") // the dial serves the keyboard and screen readers
    this.grip = element("span", "grip", this.line)
    this.line.onpointerdown = (event) => this.press(event)
    this.line.onpointermove = (event) => this.move(event)
    this.line.onpointerup = this.line.onpointercancel = (event) => this.release(event)
  }

  get setting() {
    return this.view.figure?.layout.meta?.handle
  }

  /** Where the figure says, unless it is being dragged. */
  draw() {
    const axes = this.view.canvas._fullLayout
    this.line.hidden = !this.setting || !axes?.xaxis
    if (!this.line.hidden && this.value === undefined) this.place(this.setting.at)
  }

  /** @param {number} value */
  place(value) {
    const { xaxis, _size } = this.view.canvas._fullLayout
    const at = xaxis._offset + xaxis.l2p(value)
    Object.assign(this.line.style, { transform: `translateX(${at}px)`, top: `${_size.t}px`, height: `${_size.h}px` })
  }

  /** @param {PointerEvent} event */
  press(event) {
    if (event.button > 0) return
    event.preventDefault()
    event.stopPropagation() // plotly would zoom
    this.line.setPointerCapture(event.pointerId)
    this.value = this.setting.at
  }

  /** @param {PointerEvent} event */
  move(event) {
    if (this.value === undefined) return
    const { low, high } = this.setting
    const { xaxis } = this.view.canvas._fullLayout
    const along = leftIn(this.view.canvas, event.clientX) - xaxis._offset
    const value = Math.round(Math.max(low, Math.min(high, xaxis.p2l(along))))
    if (value === this.value) return
    this.value = value
    this.place(value)
    this.send(true)
  }

  /** @param {PointerEvent} _event */
  release(_event) {
    if (this.value === undefined) return
    this.send(false)
    this.value = undefined
  }

  /** @param {boolean} isHeld */
  send(isHeld) {
    dispatchEvent(new CustomEvent(SET_DIAL, { detail: { key: this.setting.dial, value: this.value, isHeld } }))
  }
}
