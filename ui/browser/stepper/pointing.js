// Mouse, pen and finger: point at a number to see where it comes from, click or tap to open its arithmetic; focus does as pointing does.
import { clamp, html, setText } from "./dom.js"
import { exact } from "./numbers/numbers.js"

const SWIPE = 50 // pixels

export class Pointing {
  constructor(view) {
    this.view = view
    this.number = null // under the pointer or in focus
    this.tip = html("div", { class: "tip", "aria-hidden": "true", hidden: true })
    const on = (name, run) => view.diagrams.addEventListener(name, run)
    on("pointerover", (event) => event.pointerType === "mouse" && this.point(event.target))
    on("pointerleave", () => this.point(null))
    on("click", (event) => this.click(event))
    on("focusin", (event) => event.target.stepperNumber && this.point(event.target))
    on("focusout", (event) => event.target.stepperNumber && this.point(null))
    view.diagrams.addEventListener("touchstart", (event) => (this.touch = event.touches[0]), { passive: true })
    on("touchend", (event) => this.swipe(event.changedTouches[0]))
  }

  point(target) {
    const number = target?.closest(".number")?.stepperNumber ?? null
    this.row = number && target.closest(".viewport")?.stepperRow
    this.number = this.row ? number : null
    this.view.trail.pointAt(this.row, this.placeOf(this.number))
    this.refresh()
  }

  /** Only what belongs to the step on show has an arithmetic of its own there. */
  placeOf(number) {
    return number && this.row.stage.numbers().includes(number) ? number.place : null
  }

  click(event) {
    this.row = event.target.closest(".viewport")?.stepperRow
    if (!this.row) return
    const { trail, moves } = this.view
    const number = event.target.closest(".number")?.stepperNumber
    const place = this.placeOf(number)
    if (place) trail.open(this.row, place)
    else if (number?.group.t >= 1 && number.group.t !== this.view.state.step) moves.goTo(number.group.t)
    else if (trail.isOpen) trail.close()
    this.number = null
    this.refresh()
    // The focus stays on the diagram, so that the arrow keys go on stepping while the value is open.
    this.row.viewport.focus({ preventScroll: true })
  }

  /** A step for each swipe, in the direction in which time runs on this screen. */
  swipe(end) {
    const { touch } = this
    this.touch = null
    if (!touch || Math.abs(end.clientX - touch.clientX) < SWIPE || Math.abs(end.clientY - touch.clientY) > SWIPE) return
    this.view.moves.stepBy(end.clientX < touch.clientX ? 1 : -1)
  }

  /** The value to its last digit, above its number. */
  refresh() {
    const place = this.row ? this.placeOf(this.number) : null
    this.tip.hidden = !place || this.view.trail.isOpen
    if (this.tip.hidden) return
    setText(this.tip, exact(this.row.cell.value(place)))
    const box = this.number.plate.getBoundingClientRect()
    const room = this.view.diagrams.getBoundingClientRect()
    const left = clamp(box.left + box.width / 2 - room.left - this.tip.offsetWidth / 2, 0, room.width - this.tip.offsetWidth)
    this.tip.style.transform = `translate(${left}px, ${box.top - room.top - this.tip.offsetHeight - 6}px)`
  }
}
