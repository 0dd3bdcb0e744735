// Beside the diagram: the formulas of the stage, in symbols and in numbers, or the arithmetic of one value.
import { Arithmetic } from "./arithmetic.js"
import { fill, html, math, setChildren, setText } from "./dom.js"
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

  /**
   * The formulas of a stage, one a row: `formulas` are recipes, `vectors` are shown as they are; both {name, shift}.
   * A formula that stands alone is written out for every unit, several for the unit that was last looked at.
   */
  showStage({ cell, direction, title, formulas, vectors, step, unit }) {
    this.stageView.hidden = false
    this.arithmetic.root.hidden = true
    const all = formulas.length === 1
    setText(this.heading, title)
    setText(this.note, formulas.length ? fill(all ? this.words.numbers_of_step : this.words.numbers_of_unit, { unit: unit + 1, step }) : "")
    const signature = JSON.stringify([cell.kind, cell.options, cell.H, direction, formulas, vectors])
    if (signature !== this.signature) {
      this.signature = signature
      this.numeric = []
      this.rows.classList.toggle("few", formulas.length + vectors.length <= 3)
      this.rows.replaceChildren(
        ...formulas.map((each) => this.formulaRow(cell, each, all ? sizeOf(cell, each.name) : 1)),
        ...vectors.map((each) => this.vectorRow(cell, each)),
      )
    }
    const limit = formulas.length > 3 ? 2 : all && cell.H > 4 ? 4 : 8
    for (const update of this.numeric) update(cell, step, all ? null : unit, limit)
  }

  formulaRow(cell, { name, shift }, lines) {
    const made = Array.from({ length: lines }, (_, line) => {
      const numbers = new NumericLine()
      this.numeric.push((now, step, unit, limit) => numbers.write(now, placeFor(now, name, step + shift, unit ?? line), limit))
      return numbers.root
    })
    return html("div", { class: "formula-row" }, broken("symbolic", vectorFormula(cell, name)), html("div", {}, made))
  }

  /** x_t = (0.5, −0.31): what comes in is not computed, so it is simply written down. */
  vectorRow(cell, { name, shift }) {
    const numbers = html("div", { class: "numeric" })
    this.numeric.push((now, step) => {
      const length = now.arrays.get(name).shape[1]
      const values = Array.from({ length }, (_, unit) => now.value({ name, t: step + shift, units: [unit] }))
      setChildren(numbers, values.map((value, i) => formula(
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

/** One equation with its numbers in. While the equation stays the same, only the numbers are written again. */
class NumericLine {
  constructor() {
    this.root = html("div", { class: "numeric" })
    this.shape = null
  }

  write(cell, place, limit) {
    const explained = cell.value(place) === undefined ? null : cell.explain(place)
    const shape = explained && equationShape(explained, limit)
    if (shape && shape === this.shape) this.rewrite(explained)
    else {
      const { pieces, write } = explained ? numericFormula(cell, explained, limit) : { pieces: [], write: null }
      this.rewrite = write
      this.root.replaceChildren(...pieces.map((piece) => formula(piece)))
    }
    this.shape = shape
  }
}

/** How many units a recipe speaks of. */
function sizeOf(cell, name) {
  const { shape } = cell.arrays.get(name)
  return cell.symbols[name].first === null ? shape[0] : shape[1]
}

/** The place that a formula speaks of at this step, for one unit (of a weight: in its first column). */
function placeFor(cell, name, step, unit) {
  const { first } = cell.symbols[name]
  const units = [Math.min(unit, sizeOf(cell, name) - 1)]
  if (first === null && cell.arrays.get(name).shape.length === 2) units.push(0)
  return { name, t: first === null ? null : step, units }
}
