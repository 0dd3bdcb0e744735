// A dot for every student: on the curtain, filled when the answer is in; after the reveal at the place of the answer.
import { drawn } from "./picture.js"

const RADIUS = 10 // of a dot before it is scaled
const EACH = 9 // milliseconds from one dot's departure to the next one's

export class Dots {
  constructor() {
    this.layer = drawn("svg", { class: "dots", "aria-hidden": "true" })
    /** @type {SVGElement[]} */
    this.dots = []
  }

  /** @param {number} count */
  have(count) {
    while (this.dots.length > count) this.dots.pop().remove()
    while (this.dots.length < count) this.dots.push(drawn("circle", { r: RADIUS, class: "dot" }, this.layer))
  }

  /** Seats on the curtain. @param {{ left: number, width: number, bottom: number }} place @param {number} size of type */
  sit(joined, answered, place, size) {
    const count = Math.max(joined, answered)
    this.have(count)
    const across = Math.max(1, Math.min(count, Math.floor(place.width / (size * 1.55)), 30))
    const gap = Math.min(size * 1.9, place.width / across)
    const lines = Math.ceil(count / across)
    const left = place.left + (place.width - gap * (Math.min(across, count) - 1)) / 2
    this.dots.forEach((dot, at) => {
      const y = place.bottom - (lines - Math.floor(at / across) - 0.5) * size * 1.9
      move(dot, left + (at % across) * gap, y, size * 0.42, 0)
      dot.classList.toggle("on", at < answered)
      dot.classList.remove("near", "gone")
    })
  }

  /** Fly to the answers. @param {import("./spread.js").DotPlace[]} places */
  fly(places) {
    this.have(Math.max(this.dots.length, places.length))
    this.dots.forEach((dot, at) => {
      const place = places[at]
      dot.classList.toggle("gone", !place)
      dot.classList.toggle("on", Boolean(place))
      if (!place) return
      const [x, y, radius, isRight] = place
      move(dot, x, y, radius, 150 + at * EACH)
      dot.classList.toggle("near", isRight)
    })
  }
}

/** @param {SVGElement} dot */
function move(dot, x, y, radius, delay) {
  dot.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px) scale(${(radius / RADIUS).toFixed(3)})`
  dot.style.transitionDelay = `${delay}ms`
}
