// Which value is open, and the way on which it was reached: from a value to one of those that it is made of.
import { samePlace } from "./cell.js"
import { clamp } from "./dom.js"

export class Trail {
  constructor(view) {
    this.view = view
    this.places = [] // the last one is open
    this.row = null
    this.pointedAt = null // {row, place}
  }

  get isOpen() {
    return this.places.length > 0
  }

  get place() {
    return this.places.at(-1) ?? null
  }

  /** What the drawing lights up: what is pointed at goes before what is open. */
  litIn(row) {
    if (this.pointedAt) return this.pointedAt.row === row ? this.pointedAt.place : null
    return this.isOpen && this.row === row ? this.place : null
  }

  pointAt(row, place) {
    const { pointedAt } = this
    if (samePlace(pointedAt?.place ?? null, place) && (!place || pointedAt.row === row)) return
    this.pointedAt = place ? { row, place } : null
    this.view.light()
  }

  open(row, place) {
    this.row = row
    this.places = [place]
    this.pointedAt = null
    this.showUnit(place)
    this.view.scheduleRender()
  }

  /** To a value that the open one is made of; the drawing goes to the time step that shows how it was made. */
  onTo(place) {
    this.places = [...this.places, place]
    this.show()
  }

  backTo(index) {
    if (index < 0) return
    this.places = this.places.slice(0, index + 1)
    this.show()
  }

  show() {
    const { view, row, place } = this
    const symbol = row.cell.symbols[place.name]
    const direction = symbol.of ? "backward" : symbol.first === null ? view.state.direction : "forward"
    this.pointedAt = null
    this.showUnit(place)
    if (direction !== view.state.direction) view.turn(direction)
    if (place.t !== null) {
      const step = clamp(place.t, 1, view.steps)
      if (step !== view.state.step) {
        view.state.step = step
        view.shared.tell(step)
      }
    }
    view.popover.focusWhenShown()
    view.render()
  }

  /** One unit is drawn in large: that of the open value. */
  showUnit({ name, units }) {
    if (!/^d?xs$/.test(name)) this.view.state.unit = units[0]
  }

  close() {
    this.places = []
    this.pointedAt = null
    this.view.scheduleRender()
  }

  /** The step moved: the open value moves with it, and so do those behind it where they can. */
  shift(by, steps) {
    const fits = (place) => place.t === null || (place.t >= 0 && place.t <= steps)
    const moved = this.places.map((place) => (place.t === null ? place : { ...place, t: place.t + by }))
    const last = moved.at(-1)
    if (last && !fits(last)) this.places = [{ ...last, t: clamp(last.t, 0, steps) }]
    else this.places = moved.every(fits) ? moved : [last]
    this.pointedAt = null
  }

  /** After new numbers: what is open stays open if it still exists. */
  keep() {
    const exists = (place) => this.view.rows.includes(this.row) && this.row.cell.value(place) !== undefined
    if (!this.places.every(exists)) this.places = []
    this.pointedAt = null
  }
}
