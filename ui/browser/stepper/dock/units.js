// Which unit is drawn in large: a button for each, with its state over all time steps.
import { fill, html, svg } from "../dom.js"
import { ribbon } from "../stage/geometry.js"

const [WIDTH, HEIGHT] = [64, 18]
const THUMBNAILS_REST = 120 // milliseconds: thumbnails are drawn when the numbers rest

export class Units {
  constructor(words, choose) {
    this.words = words
    this.choose = choose
    this.buttons = []
    this.root = html("div", { class: "units", role: "group", "aria-label": words.units, hidden: true })
  }

  setCount(count) {
    while (this.buttons.length < count) this.add(this.buttons.length)
    this.buttons.forEach(({ button }, unit) => (button.hidden = unit >= count))
    this.root.hidden = count < 2
    this.count = count
  }

  add(unit) {
    const paths = [svg("path", {}), svg("path", {})]
    const label = fill(this.words.unit_number, { unit: unit + 1 })
    const button = html("button", { type: "button", "aria-label": label, title: label, click: () => this.choose(unit) },
      html("span", { "aria-hidden": "true" }, String(unit + 1)),
      svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true" }, svg("rect", { class: "unit-tube", width: WIDTH, height: HEIGHT, rx: 6 }), ...paths))
    this.buttons.push({ button, paths })
    this.root.append(button)
  }

  mark(unit) {
    this.buttons.forEach(({ button }, i) => button.setAttribute("aria-pressed", String(i === unit)))
  }

  /** `seriesOf(unit)`: {values, most}. */
  drawLater(seriesOf, direction) {
    clearTimeout(this.timer)
    if (this.count > 1) this.timer = setTimeout(() => this.draw(seriesOf, direction), THUMBNAILS_REST)
  }

  draw(seriesOf, direction) {
    for (let unit = 0; unit < this.count; unit++) {
      const { values, most } = seriesOf(unit)
      const xOf = (i) => +((i / Math.max(1, values.length - 1)) * WIDTH).toFixed(1)
      ;[1, -1].forEach((sign, i) => {
        const path = this.buttons[unit].paths[i]
        path.setAttribute("d", ribbon(values, sign, { xOf, middle: HEIGHT / 2, half: HEIGHT / 2 - 2, most }))
        path.style.fill = direction === "forward" ? `var(--${sign > 0 ? "pos" : "neg"})` : "var(--grad)"
      })
    }
  }

  stop() {
    clearTimeout(this.timer)
  }
}
