// Mouse, pen and finger: point at a value for its arithmetic, click or tap to keep it open; focus does as pointing does.
import { clamp, html, setText } from "./dom.js"
import { exact } from "./numbers.js"

const REACH = 14 // a finger may miss a thin square by so many pixels

export class Pointing {
  constructor(view) {
    this.view = view
    this.square = null // under the pointer or in focus
    this.tip = html("div", { class: "tip", "aria-hidden": "true", hidden: true })
    const on = (name, run) => view.diagrams.addEventListener(name, run)
    on("pointerover", (event) => event.pointerType === "mouse" && this.point(event.target))
    on("pointerleave", () => this.point(null))
    on("click", (event) => this.click(event))
    on("focusin", (event) => this.point(event.target))
    on("focusout", (event) => event.target.stepperCell && this.point(null))
  }

  point(target) {
    this.row = target?.closest(".viewport")?.stepperRow
    this.square = this.row ? target.stepperCell : null
    this.view.walk.preview(this.row, this.placeOf(this.square))
    this.refresh()
  }

  placeOf(square) {
    const { step, direction } = this.view.state
    return square ? this.row.diagram.placeOf(square, step, direction) : null
  }

  click(event) {
    this.row = event.target.closest(".viewport")?.stepperRow
    if (!this.row) return
    const place = this.placeOf(event.target.stepperCell ?? nearest(this.row.diagram, event))
    if (place) this.view.walk.open(this.row, place)
    this.square = null
    this.refresh()
    // The focus stays on the diagram, so that the arrow keys go on stepping while the value is open.
    this.row.viewport.focus({ preventScroll: true })
  }

  /** The value to its last digit, above its square. */
  refresh() {
    const place = this.placeOf(this.square)
    this.tip.hidden = !place
    if (!place) return
    setText(this.tip, exact(this.row.cell.value(place)))
    const square = this.square.rect.getBoundingClientRect()
    const room = this.view.diagrams.getBoundingClientRect()
    const left = clamp(square.left + square.width / 2 - room.left - this.tip.offsetWidth / 2, 0, room.width - this.tip.offsetWidth)
    this.tip.style.transform = `translate(${left}px, ${square.top - room.top - this.tip.offsetHeight - 6}px)`
  }
}

function nearest(diagram, { clientX, clientY }) {
  let best = null
  let closest = REACH
  for (const cell of diagram.cells) {
    const box = cell.rect.getBoundingClientRect()
    const dx = Math.max(box.left - clientX, 0, clientX - box.right)
    const dy = Math.max(box.top - clientY, 0, clientY - box.bottom)
    const distance = Math.hypot(dx, dy)
    if (distance < closest) [best, closest] = [cell, distance]
  }
  return best
}
