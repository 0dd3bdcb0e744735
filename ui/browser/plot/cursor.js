// The time step that a group of charts and the diagram share. ui/browser/plot.py describes the two events.
import { element } from "./dom.js"

const chosen = (window.unrolledStep ??= {}) // for charts that are drawn after the choice

/** @import { ChartView } from "./chart.js" */

export class Cursor {
  /** @param {ChartView} view */
  constructor(view) {
    this.view = view
    /** @type {string | null} */
    this.group = null
    /** @type {number | null} */
    this.hovered = null
    this.hoverLine = element("div", "cursor hovered", view.stage)
    this.stepLine = element("div", "cursor chosen", view.stage)
    /** @param {StepEvent} event */
    this.onStep = ({ detail }) => {
      if (detail?.group !== this.group) return
      chosen[detail.group] = detail.step
      this.draw()
    }
    /** @param {StepEvent} event */
    this.onHover = ({ detail }) => {
      if (detail?.group !== this.group) return
      this.hovered = detail.step
      this.draw()
    }
  }

  /** @param {string | null} group */
  join(group) {
    if (group === this.group) return
    this.leave()
    this.group = group
    if (!group) return
    window.addEventListener("unrolled:step", this.onStep)
    window.addEventListener("unrolled:hover", this.onHover)
  }

  leave() {
    window.removeEventListener("unrolled:step", this.onStep)
    window.removeEventListener("unrolled:hover", this.onHover)
    this.group = null
    this.hovered = null
  }

  attach() {
    const { canvas } = this.view
    canvas.on("plotly_hover", ({ points }) => this.send("unrolled:hover", this.stepOf(points[0])))
    canvas.on("plotly_unhover", () => this.send("unrolled:hover", null))
    canvas.on("plotly_click", ({ points }) => {
      const step = this.stepOf(points[0])
      const isAgain = Boolean(this.view.figure.layout.meta?.card) && Math.round(step) === this.step // takes the card away
      this.send("unrolled:step", isAgain ? null : step)
    })
  }

  /** Both axes of a path are values; `meta` of its figure says that its steps are in customdata. */
  get onPath() {
    return this.view.figure.layout.meta?.step === "customdata"
  }

  get step() {
    return this.group ? (chosen[this.group] ?? null) : null
  }

  /**
   * Where a trace has the chosen step; -1 where no step is chosen or the trace does not have it.
   * @param {Trace} trace
   * @param {number} length
   */
  columnIn({ x, customdata }, length) {
    if (this.step === null) return -1
    return Array.from({ length }, (_, at) => this.stepOf({ x: x?.[at] ?? at, customdata: customdata?.[at] })).indexOf(this.step)
  }

  /** @param {{x?: any, customdata?: any}} point */
  stepOf({ x, customdata }) {
    return this.onPath ? customdata : x
  }

  /**
   * @param {"unrolled:step" | "unrolled:hover"} name
   * @param {any} step null: the pointer has left the chart; nothing is sent for the names and dates of an axis
   */
  send(name, step) {
    if (!this.group || (step !== null && typeof step !== "number")) return
    const whole = step === null ? null : Math.round(step) // a column of a thinned chart lies between two steps
    window.dispatchEvent(new CustomEvent(name, { detail: { group: this.group, step: whole } }))
  }

  draw() {
    const { canvas } = this.view
    if (!canvas._fullLayout) return
    const { step } = this
    if (canvas._fullLayout.scene) this.placeInSpace(this.hovered ?? step)
    this.place(this.hoverLine, this.hovered)
    this.place(this.stepLine, step)
    this.view.card.draw(this.hovered ?? step)
  }

  /**
   * @param {HTMLElement} mark
   * @param {number | null} step
   */
  place(mark, step) {
    const { scene } = this.view.canvas._fullLayout
    const style = step === null || scene ? null : this.onPath ? this.dotAt(step) : this.lineAt(step)
    mark.hidden = !style
    mark.classList.toggle("dot", this.onPath)
    if (style) Object.assign(mark.style, style)
  }

  /** @param {number} step */
  lineAt(step) {
    const { xaxis, _size } = this.view.canvas._fullLayout
    const left = inside(xaxis, step)
    return left === null ? null : { transform: `translateX(${left}px)`, top: `${_size.t}px`, height: `${_size.h}px` }
  }

  /** @param {number} step */
  dotAt(step) {
    const { xaxis, yaxis } = this.view.canvas._fullLayout
    const point = this.pointOf(step)
    const [left, top] = point ? [inside(xaxis, point.x), inside(yaxis, point.y)] : [null, null]
    return left === null || top === null ? null : { transform: `translate(${left}px, ${top}px)`, top: 0, height: "" }
  }

  /** @param {number} step */
  pointOf(step) {
    for (const { customdata, x, y, z } of this.view.canvas._fullData) {
      const at = customdata ? Array.prototype.indexOf.call(customdata, step) : -1
      if (at >= 0) return { x: x[at], y: y[at], z: z?.[at] }
    }
    return null
  }

  /**
   * In three dimensions only plotly can place a mark: the figure has a trace of one point for it.
   * @param {number | null} step
   */
  placeInSpace(step) {
    const { canvas, Plotly } = this.view
    const index = canvas.data.findIndex(({ meta }) => meta === "step")
    if (index < 0) return
    const { x = null, y = null, z = null } = (step === null ? null : this.pointOf(step)) ?? {}
    if (canvas.data[index].x[0] !== x) Plotly.restyle(canvas, { x: [[x]], y: [[y]], z: [[z]] }, [index])
  }
}

/**
 * Where a value lies along an axis, in pixels of the chart; null outside of the axis.
 * @param {Layout | undefined} axis
 * @param {number} value
 */
function inside(axis, value) {
  const at = axis ? axis.l2p(value) : NaN
  return at >= 0 && at <= axis._length ? axis._offset + at : null
}
