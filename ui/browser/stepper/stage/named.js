// What a value of a drawing is called, for labels, titles and screen readers.
import { fill } from "../dom.js"
import { placeText } from "../numbers/notation.js"
import { exact, short } from "../numbers/numbers.js"

export class NamedStage {
  /** @type {import("../cell.js").Cell} */ cell

  constructor(words) {
    this.words = words
  }

  /** @returns {any[]} of the time steps that are drawn, each with its `numbers` */
  get groups() {
    return []
  }

  /** @returns {any[]} that are shown at this step, each with its `place` */
  numbers() {
    return []
  }

  describe() {
    const shown = new Set(this.numbers())
    for (const group of this.groups) {
      for (const number of group.numbers.values()) {
        const label = shown.has(number) ? this.label(number.place) : this.words.no_number
        if (number.label === label) continue
        number.label = label
        number.element.setAttribute("aria-label", label)
      }
    }
  }

  label(place) {
    const value = this.cell.value(place)
    return fill(this.words.value_is, { name: this.nameOf(place), value: Number.isFinite(value) ? short(value) : exact(value) })
  }

  /** "forget gate, step 3, unit 2" */
  nameOf(place) {
    const { words } = this
    const symbol = this.cell.symbols[place.name]
    const known = words.names[symbol.of ? place.name.slice(1) : place.name]
    const called = known ?? placeText(this.cell, place)
    const name = symbol.of && known ? fill(words.gradient_on, { name: called }) : called
    const unit = place.units.map((each) => each + 1).join(", ")
    if (place.t === null && !known) return name
    return fill(place.t === null ? words.place_weight : words.place_at, { name, step: place.t, unit })
  }
}
