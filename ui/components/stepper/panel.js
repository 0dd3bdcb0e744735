// Beside the diagram: the formulas of the stage, in symbols and in numbers, or the arithmetic of one value.
import { Arithmetic } from "./arithmetic.js"
import { fill, html, math, setText } from "./dom.js"
import { equationShape, formula, numericFormula, symbolMath, vectorFormula } from "./notation.js"
import { rounded } from "./numbers.js"

/** A formula as pieces that may break between them. */
const broken = (className, pieces) => html("div", { class: className }, pieces.map((piece) => formula(piece)))

export class Panel {
  /** `act` has open(place), back(), backTo(index), close(). */
  constructor(words, act) {
    this.words = words
    this.act = act
    this.heading = html("h3", { class: "panel-title" })
    this.note = html("span", { class: "panel-note" })
    this.rows = html("div", { class: "formulas" })
    this.stageView = html("div", { class: "stage-view" }, html("div", { class: "panel-head" }, this.heading, this.note), this.rows)
    this.arithmetic = new Arithmetic(words, act)
    this.root = html("section", { class: "panel", tabindex: 0, "aria-label": words.explanation }, this.stageView, this.arithmetic.root)
  }

  /** The formulas of a stage, one a row: `formulas` are recipes, `vectors` are shown as they are; both {name, shift}. */
  showStage({ cell, direction, title, formulas, vectors, step, unit }) {
    this.stageView.hidden = false
    this.arithmetic.root.hidden = true
    setText(this.heading, title)
    setText(this.note, formulas.length ? fill(this.words.numbers_of_unit, { unit: unit + 1, step }) : "")
    const signature = JSON.stringify([cell.kind, cell.options, direction, formulas, vectors])
    if (signature !== this.signature) {
      this.signature = signature
      this.numeric = []
      this.rows.classList.toggle("few", formulas.length + vectors.length <= 3)
      this.rows.replaceChildren(...formulas.map((each) => this.formulaRow(cell, each)), ...vectors.map((each) => this.vectorRow(cell, each)))
    }
    const limit = formulas.length > 3 ? 2 : 8
    for (const update of this.numeric) update(cell, step, unit, limit)
  }

  formulaRow(cell, { name, shift }) {
    const numbers = html("div", { class: "numeric" })
    let shape = null
    let write = null
    this.numeric.push((now, step, unit, limit) => {
      const place = placeFor(now, name, step + shift, unit)
      if (now.value(place) === undefined) {
        shape = null
        numbers.replaceChildren()
        return
      }
      const explained = now.explain(place)
      if (equationShape(explained) === shape) return write(explained)
      shape = equationShape(explained)
      const made = numericFormula(now, explained, limit)
      write = made.write
      numbers.replaceChildren(...made.pieces.map((piece) => formula(piece)))
    })
    return html("div", { class: "formula-row" }, broken("symbolic", vectorFormula(cell, name)), numbers)
  }

  /** x_t = (0.5, −0.31): what comes in is not computed, so it is simply written down. */
  vectorRow(cell, { name, shift }) {
    const numbers = html("div", { class: "numeric" })
    this.numeric.push((now, step) => {
      const length = now.arrays.get(name).shape[1]
      const values = Array.from({ length }, (_, unit) => now.value({ name, t: step + shift, units: [unit] }))
      numbers.replaceChildren(...values.map((value, i) => formula(
        ...(i ? [] : [math("mo", {}, "(")]), math("mn", {}, rounded(value, 3)), math("mo", {}, i < length - 1 ? "," : ")"),
      )))
    })
    const symbol = symbolMath(cell.symbols[name], shift ? "t−1" : "t", "")
    return html("div", { class: "formula-row" }, html("div", { class: "symbolic" }, formula(symbol, math("mo", {}, "="))), numbers)
  }

  showValue(state) {
    this.stageView.hidden = true
    this.arithmetic.root.hidden = false
    this.arithmetic.show(state)
    if (this.wantsFocus) this.arithmetic.heading.focus({ preventScroll: true })
    this.wantsFocus = false
  }

  /** After a walk the button that was pressed is gone: the focus goes to the new value's name. */
  focusWhenShown() {
    this.wantsFocus = true
  }
}

/** The place that a formula speaks of at this step, for one unit (of a weight: in its first column). */
function placeFor(cell, name, step, unit) {
  const { shape } = cell.arrays.get(name)
  const { first } = cell.symbols[name]
  const size = first === null ? shape[0] : shape[1]
  const units = [Math.min(unit, size - 1)]
  if (first === null && shape.length === 2) units.push(0)
  return { name, t: first === null ? null : step, units }
}
