// Which value is open: the trail that was walked to it, or the one that is only pointed at.
import { samePlace } from "./cell.js"
import { clamp } from "./dom.js"

export class Walk {
  constructor(view) {
    this.view = view
    this.trail = [] // places, the last one is open
    this.row = null
    this.previewed = null // {row, place}
  }

  get isPinned() {
    return this.trail.length > 0
  }

  /** {row, place, trail} to explain now, or null: what is pointed at goes before what is pinned. */
  get shown() {
    if (this.previewed) return { ...this.previewed, trail: [this.previewed.place] }
    return this.isPinned ? { row: this.row, place: this.trail.at(-1), trail: this.trail } : null
  }

  /** Point at a value: its arithmetic shows until the pointer leaves. */
  preview(row, place) {
    const { previewed, view } = this
    if (samePlace(previewed?.place, place) && (!place || previewed.row === row)) return
    this.previewed = place ? { row, place } : null
    if (place) view.state.unit = place.units[0]
    view.scheduleRender()
  }

  open(row, place) {
    this.row = row
    this.trail = [place]
    this.previewed = null
    this.view.scheduleRender()
  }

  /** Follow an operand to where it came from; the diagram goes to the step that shows how it was made. */
  onTo(place) {
    const { row, trail } = this.shown
    this.trail = [...trail, place]
    this.row = row
    this.previewed = null
    this.show()
  }

  backTo(index) {
    if (index < 0) return
    this.trail = this.trail.slice(0, index + 1)
    this.previewed = null
    this.show()
  }

  show() {
    const { view, row } = this
    const place = this.trail.at(-1)
    const symbol = row.cell.symbols[place.name]
    const direction = symbol.of ? "backward" : symbol.first === null ? view.state.direction : "forward"
    if (direction !== view.state.direction) view.turn(direction)
    if (place.t !== null) {
      // The gradient on a state stands in two steps: the one that makes the state, and the one that reads it.
      const isReadHere = symbol.of && symbol.first === 0 && view.state.step === place.t + 1
      const step = clamp(isReadHere ? place.t + 1 : place.t, 1, view.steps)
      if (step !== view.state.step) {
        view.state.step = step
        view.shared.tell(step)
      }
    }
    view.render()
    view.panel.focusWhenShown()
  }

  close() {
    this.trail = []
    this.previewed = null
    this.view.scheduleRender()
  }

  /** The step moved: the open value moves with it, and so does the trail behind it where it can. */
  shift(by, steps) {
    const fits = (place) => place.t === null || (place.t >= 0 && place.t <= steps)
    const moved = this.trail.map((place) => (place.t === null ? place : { ...place, t: place.t + by }))
    const last = moved.at(-1)
    if (last && !fits(last)) this.trail = [{ ...last, t: clamp(last.t, 0, steps) }]
    else this.trail = moved.every(fits) ? moved : [last]
    if (!this.previewed || this.previewed.place.t === null) return
    const { row, place } = this.previewed
    const next = { ...place, t: place.t + by }
    this.previewed = fits(next) ? { row, place: next } : null
  }

  /** After new numbers: what is open stays open if it still exists. */
  keep() {
    const alive = ({ row, place }) => this.view.rows.includes(row) && row.cell.value(place) !== undefined
    if (!this.trail.every((place) => alive({ row: this.row, place }))) this.trail = []
    if (this.previewed && !alive(this.previewed)) this.previewed = null
  }
}
