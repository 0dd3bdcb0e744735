// One cell as a diagram. It is drawn once for its shape; a step changes only the fills and digits that differ.
import { ink } from "./colours.js"
import { fill, svg } from "./dom.js"
import { drawStill, symbolText } from "./drawing.js"
import { placeText } from "./notation.js"
import { exact, short } from "./numbers.js"
import { drawSources } from "./sources.js"
import { PLANS } from "./stages.js"

let counter = 0

export class Diagram {
  constructor(cell, words) {
    this.words = words
    this.plan = PLANS[cell.kind](cell)
    this.hatch = `hatch-${counter++}`
    this.cells = [] // every square: {vector, units, rect, text, fill, digits}
    const { width, height } = this.plan
    this.svg = svg("svg", { class: "diagram", viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": words.kinds[cell.kind] })
    this.svg.append(hatching(this.hatch))
    const still = svg("g", { "aria-hidden": "true" })
    this.svg.append(still)
    /** @type {{element: Element, stages: Set<string>, isWire?: boolean}[]} */
    this.parts = drawStill(still, this.plan, words)
    this.lines = svg("g", { class: "sources", "aria-hidden": "true" })
    this.svg.append(this.lines)
    for (const vector of [...this.plan.columns, ...this.plan.matrices]) this.drawVector(vector)
    this.ring = svg("rect", { class: "ring", rx: 6, visibility: "hidden" })
    this.svg.append(this.ring)
    this.setCell(cell)
  }

  /** Other numbers of a cell with the same form and sizes. */
  setCell(cell) {
    const gradients = this.cell?.hasGradients
    this.cell = cell
    if (cell.hasGradients !== gradients) this.direction = null // which vectors there are is seen to by the next update
  }

  drawVector(vector) {
    const group = svg("g", { class: `vector ${vector.only ?? ""}`, role: "group" })
    const isMatrix = vector.rows !== undefined
    const [rows, columns] = isMatrix ? [vector.rows, vector.columns] : [vector.n, 1]
    const width = isMatrix ? vector.cellWidth : vector.width
    const { unit } = this.plan
    vector.cells = []
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) {
        const x = isMatrix ? vector.unitLeft(c) : vector.left
        const y = vector.unitTop(r)
        const rect = svg("rect", { class: "square", x, y, width, height: unit, rx: Math.min(5, width / 3), role: "button", tabindex: -1 })
        const text = !isMatrix && !vector.thin
          ? svg("text", { class: "digits", x: x + width / 2, y: y + unit / 2 + 4.8, "text-anchor": "middle", "aria-hidden": "true" }, "")
          : null
        const cell = { vector, units: isMatrix ? [r, c] : [r], rect, text, x, y, width, height: unit, fill: "", digits: "" }
        rect.stepperCell = cell
        group.append(rect)
        if (text) group.append(text)
        vector.cells.push(cell)
        this.cells.push(cell)
      }
    }
    vector.group = group
    this.svg.append(group)
    this.parts.push({ element: group, stages: new Set(vector.stages.split(" ")) })
  }

  /** The place that a square shows at this step, or null. */
  placeOf(cell, step, direction) {
    const { vector, units } = cell
    const name = direction === "backward" ? vector.grad : vector.name
    if (!name || !this.cell.has(name)) return null
    return { name, t: this.cell.symbols[name].first === null ? null : step + (vector.shift ?? 0), units }
  }

  /** The square that shows this place at this step. The direction on show comes first, then the other. */
  cellAt(place, step, direction) {
    for (const each of [direction, direction === "backward" ? "forward" : "backward"]) {
      for (const vector of [...this.plan.columns, ...this.plan.matrices]) {
        if (vector.only && vector.only !== direction) continue
        const name = each === "backward" ? vector.grad : vector.name
        if (name !== place.name || (place.t !== null && step + (vector.shift ?? 0) !== place.t)) continue
        const found = vector.cells.find((cell) => cell.units.join() === place.units.join())
        if (found) return found
      }
    }
    return null
  }

  /** Show one step: numbers, colours, and (when the direction turned) names. */
  update({ step, direction, looks }) {
    if (direction !== this.direction) this.turn(direction)
    this.looks = looks
    for (const vector of [...this.plan.columns, ...this.plan.matrices]) {
      for (const cell of vector.cells) this.updateCell(cell, step, direction)
    }
  }

  updateCell(cell, step, direction) {
    const place = this.placeOf(cell, step, direction)
    const value = place ? this.cell.value(place) : undefined
    let paint = "transparent"
    let colour = ""
    if (value !== undefined && Number.isFinite(value)) {
      const { scale, palette } = this.looks.get(place.name)
      const index = palette.index(scale.share(value))
      paint = palette.fills[index]
      colour = palette.inks[index]
    } else if (value !== undefined) paint = `url(#${this.hatch})`
    if (paint !== cell.fill || colour !== cell.colour) {
      cell.rect.setAttribute("fill", paint)
      if (cell.text) cell.text.style.fill = colour
      cell.fill = paint
      cell.colour = colour
    }
    if (!cell.text) return
    const digits = value === undefined ? "" : short(value)
    if (digits !== cell.digits) {
      cell.text.firstChild.data = digits
      cell.digits = digits
    }
  }

  /** Time moves on: the states slide in from the neighbour that they come from. */
  drift(by) {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return
    for (const vector of this.plan.columns) {
      vector.drift?.cancel()
      const comesIn = by > 0 ? vector.shift === -1 : vector.id === "h_new" || vector.id === "c_new"
      if (!comesIn) continue
      const start = { transform: `translateX(${-30 * Math.sign(by)}px)`, opacity: 0.15 }
      vector.drift = vector.group.animate([start, {}], { duration: 240, easing: "ease-out" })
    }
  }

  /** What a screen reader says of each square. Done when the reader has time, not while stepping. */
  describe(step, direction) {
    for (const cell of this.cells) {
      const place = this.placeOf(cell, step, direction)
      const label = place ? this.label(place) : this.words.no_number
      if (cell.label !== label) {
        cell.rect.setAttribute("aria-label", label)
        cell.label = label
      }
    }
  }

  label(place) {
    const value = this.cell.value(place)
    return fill(this.words.value_is, { name: this.nameOfPlace(place), value: Number.isFinite(value) ? short(value) : exact(value) })
  }

  /** "forget gate, step 3, unit 2" */
  nameOfPlace(place) {
    const { words } = this
    const symbol = this.cell.symbols[place.name]
    const known = words.names[symbol.of ? place.name.slice(1) : place.name]
    const called = known ?? placeText(this.cell, place)
    const name = symbol.of && known ? fill(words.gradient_on, { name: called }) : called
    const unit = place.units.map((each) => each + 1).join(", ")
    if (place.t === null && !known) return name
    return fill(place.t === null ? words.place_weight : words.place_at, { name, step: place.t, unit })
  }

  /** Turn the diagram round: names, arrowheads and the vector that only one direction has. */
  turn(direction) {
    this.direction = direction
    this.svg.classList.toggle("backward", direction === "backward")
    for (const vector of [...this.plan.columns, ...this.plan.matrices]) {
      vector.nameElement?.remove()
      vector.nameElement = this.nameOf(vector, direction)
      if (vector.nameElement) vector.group.prepend(vector.nameElement)
      const name = direction === "backward" ? vector.grad : vector.name
      vector.group.classList.toggle("absent", !this.cell.has(name) || (vector.only !== undefined && vector.only !== direction))
      const wordName = this.words.names[vector.name]
      if (wordName) vector.group.setAttribute("aria-label", wordName)
    }
  }

  nameOf(vector, direction) {
    const middle = vector.x
    if (vector.label === "head") {
      const style = `fill: ${ink(vector.headInk)}`
      return svg("text", { class: "head", x: middle, y: vector.top - 6, "text-anchor": "middle", style, "aria-hidden": "true" }, vector.head)
    }
    const symbol = this.cell.symbols[direction === "backward" ? vector.grad : vector.name]
    if (!symbol) return null
    const step = symbol.first === null ? "" : vector.shift ? "t−1" : "t"
    const y = vector.label === "bottom" ? vector.bottom + 17 : vector.top - 9
    return symbolText(symbol, step, { x: middle, y, style: `fill: ${ink(symbol.ink)}`, "aria-hidden": "true" })
  }

  /** Light up one stage and dim the rest; null lights everything. */
  light(stage) {
    if (stage === this.litStage) return
    this.litStage = stage
    for (const { element, stages } of this.parts) {
      element.classList.toggle("dim", stage !== null && !stages.has(stage))
      element.classList.toggle("lit", stage !== null && stages.has(stage))
    }
    // Lit wires go over dim ones where they share a bus.
    const wires = this.parts.filter((part) => part.isWire)
    const rank = ({ stages }) => Number(stages.has(stage))
    for (const { element } of [...wires].sort((a, b) => rank(a) - rank(b))) element.parentNode.append(element)
  }

  /** Left and right end of a stage's own parts, for a narrow screen that shows only a piece of the diagram. */
  extent(stage) {
    const all = this.plan.columns.filter((column) => column.stages.split(" ").includes(stage))
    const own = all.filter((column) => stage === "in" || !column.stages.startsWith("in"))
    return [Math.min(...own.map((column) => column.left)), Math.max(...own.map((column) => column.right))]
  }

  /** Lines from the squares that a value is made of; `explained` null removes them. */
  trace(explained, step, direction) {
    drawSources(this, explained, step, direction)
  }

  mark(cell, kind) {
    if (!cell) {
      this.ring.setAttribute("visibility", "hidden")
      return
    }
    this.ring.setAttribute("class", `ring ${kind}`)
    for (const [name, value] of [["x", cell.x - 2.5], ["y", cell.y - 2.5], ["width", cell.width + 5], ["height", cell.height + 5]]) {
      this.ring.setAttribute(name, value)
    }
    this.ring.setAttribute("visibility", "visible")
  }
}

/** The pattern of what is no number: NaN and infinity. */
function hatching(id) {
  return svg(
    "defs", {},
    svg("pattern", { id, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      svg("rect", { class: "hatch-ground", width: 6, height: 6 }), svg("line", { class: "hatch-line", x1: 0, y1: 0, x2: 0, y2: 6 })),
  )
}
