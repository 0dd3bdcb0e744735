// The step that a group of charts and the diagram share. See ui/components/plot.py for the two messages.
import { element } from "./words.js"

const chosen = (window.unrolledStep ??= {}) // group -> step, for charts that come later

export class Cursor {
  constructor(view) {
    this.view = view
    this.group = null
    this.hovered = null
    this.hoverLine = element("div", "cursor hovered", view.stage)
    this.stepLine = element("div", "cursor chosen", view.stage)
    this.onStep = ({ detail }) => this.hear(detail, (step) => (chosen[detail.group] = step))
    this.onHover = ({ detail }) => this.hear(detail, (step) => (this.hovered = step))
  }

  hear(detail, keep) {
    if (detail?.group !== this.group) return
    keep(detail.step)
    this.draw()
  }

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
    canvas.on("plotly_hover", ({ points }) => this.send("unrolled:hover", points[0].x))
    canvas.on("plotly_unhover", () => this.send("unrolled:hover", null))
    canvas.on("plotly_click", ({ points }) => this.send("unrolled:step", points[0].x))
  }

  send(message, step) {
    if (!this.group || (step !== null && typeof step !== "number")) return
    window.dispatchEvent(new CustomEvent(message, { detail: { group: this.group, step } }))
  }

  draw() {
    this.place(this.hoverLine, this.hovered)
    this.place(this.stepLine, this.group ? (chosen[this.group] ?? null) : null)
  }

  place(line, step) {
    const full = this.view.canvas._fullLayout
    const axis = full?.xaxis
    const at = step === null || !axis ? NaN : axis.l2p(step)
    line.hidden = !(at >= 0 && at <= axis._length)
    if (line.hidden) return
    const { t, h } = full._size
    Object.assign(line.style, { transform: `translateX(${axis._offset + at}px)`, top: `${t}px`, height: `${h}px` })
  }
}
