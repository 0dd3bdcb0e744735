// Under the drawing: the steps of the computation, one sentence about the present values, and the formula with its numbers.
import { html, math } from "./dom.js"
import { elementFormula } from "./numbers/element_formula.js"
import { formula, numericFormula, shortFormula, equationShape, symbolMath, vectorFormula } from "./numbers/notation.js"
import { rounded } from "./numbers/numbers.js"

const MOST_TERMS = 3 // a longer sum is written as one number

/** A formula as pieces that may break between them. */
const broken = (kind, pieces) => html("div", { class: kind }, pieces.map((piece) => formula(piece)))

export class Caption {
  /** `act` has stage(index or null). */
  constructor(words, act) {
    this.words = words
    this.act = act
    this.chips = html("div", { class: "chips", role: "group", "aria-label": words.stages })
    this.legend = html("p", { class: "legend" })
    this.sentence = html("p", { class: "sentence" })
    this.formulas = html("div", { class: "formulas" })
    if (matchMedia("(max-width: 640px)").matches) this.formulas.tabIndex = 0 // there it scrolls sideways
    this.root = html("div", { class: "caption" }, this.chips, this.legend, this.sentence, this.formulas)
  }

  /** The steps of the computation: {id, label, isNamed}. */
  setStages(stages) {
    const signature = JSON.stringify(stages)
    if (signature === this.signature) return
    this.signature = signature
    const chip = (label, index, id) =>
      html("button", { type: "button", class: "chip", "data-stage": id, click: () => this.act.stage(index) },
        index === null ? null : html("span", { class: "count", "aria-hidden": "true" }, String(index + 1)), label)
    this.buttons = [chip(this.words.whole_step, null, "all"), ...stages.map(({ id, label }, i) => chip(label, i, id))]
    this.chips.replaceChildren(...this.buttons)
  }

  mark(stage) {
    this.buttons.forEach((button, i) => button.setAttribute("aria-pressed", String(i === (stage === null ? 0 : stage + 1))))
  }

  /** `size`: the words for how a drawing shows that a number is large. */
  showLegend(direction, size) {
    const entry = (kind, text) => [html("span", { class: `swatch ${kind}`, "aria-hidden": "true" }), text]
    const { words } = this
    const signature = `${direction} ${size}`
    if (this.legendOf === signature) return
    this.legendOf = signature
    this.legend.replaceChildren(...(direction === "forward" ? [...entry("positive", words.positive), ...entry("negative", words[`negative_${size}`])] : entry("gradient", words[`gradient_${size}`])))
  }

  /** `template` with values that are texts or elements. */
  say(template, values) {
    const pieces = (template ?? "").split(/(\{\w+\})/).map((piece) => {
      const name = /^\{(\w+)\}$/.exec(piece)?.[1]
      return name ? values[name] ?? "" : piece
    })
    const text = pieces.map((piece) => piece.textContent ?? piece).join("")
    if (text !== this.said) this.sentence.replaceChildren(...pieces)
    this.said = text
  }

  /** `formulas`: {name, shift}; none at the first step, where the incoming vectors are written down. */
  write(cell, { direction, step, unit, formulas }) {
    const signature = JSON.stringify([cell.kind, cell.options, direction, formulas])
    if (signature !== this.formulasOf) {
      this.formulasOf = signature
      this.lines = (formulas.length ? formulas : incoming(cell)).map((each) => new FormulaLine(cell, each, formulas.length))
      this.formulas.replaceChildren(...this.lines.map((line) => line.root))
    }
    for (const line of this.lines) line.write(cell, step, unit)
  }
}

/** What comes in is not computed: it is written down as it is. */
const incoming = (cell) => [{ name: "xs", shift: 0 }, { name: "hs", shift: -1 }].filter(({ name }) => cell.arrays.get(name)?.shape.length === 2)

class FormulaLine {
  constructor(cell, { name, shift }, count) {
    this.name = name
    this.shift = shift
    this.isVector = count === 0
    this.numbers = html("div", { class: "numeric" })
    const isSymbolic = count === 1 && !(cell.blocks && cell.recipes[name].terms.length > MOST_TERMS)
    const symbolic = isSymbolic ? broken("symbolic", (cell.blocks ? elementFormula : vectorFormula)(cell, name)) : null
    this.root = html("div", { class: "formula" }, symbolic, this.numbers)
  }

  write(cell, step, unit) {
    if (this.isVector) return this.writeVector(cell, step)
    const place = placeOf(cell, this.name, step + this.shift, unit)
    const explained = cell.value(place) === undefined ? null : cell.explain(place)
    if (!explained) {
      this.shape = null
      this.numbers.replaceChildren()
      return
    }
    const isShort = explained.terms.length > MOST_TERMS || (explained.function !== "identity" && explained.terms.length > 1)
    const shape = (isShort ? "short" : "") + equationShape(explained)
    if (shape === this.shape) return this.rewrite(explained)
    this.shape = shape
    const { pieces, write } = isShort ? shortFormula(cell, explained) : numericFormula(cell, explained)
    this.rewrite = write
    this.numbers.replaceChildren(...pieces.map((piece) => formula(piece)))
  }

  /** x_t = (0.5, −0.31) */
  writeVector(cell, step) {
    const length = cell.arrays.get(this.name).shape[1]
    const values = Array.from({ length }, (_, unit) => rounded(cell.value({ name: this.name, t: step + this.shift, units: [unit] }), 3))
    const text = length > 1 ? `(${values.join(", ")})` : values[0]
    if (text === this.text) return
    this.text = text
    const symbol = symbolMath(cell.symbols[this.name], this.shift ? "t−1" : "t", "")
    this.numbers.replaceChildren(formula(symbol, math("mo", {}, "=")), html("span", { class: "vector" }, text))
  }
}

/** The place that a formula is about, for one unit (of a matrix: in its first column). */
function placeOf(cell, name, step, unit) {
  const { first } = cell.symbols[name]
  const { shape } = cell.arrays.get(name) ?? { shape: [1] }
  const [size, ...columns] = first === null ? shape : shape.slice(1)
  const units = [Math.min(unit, size - 1), ...columns.map(() => 0)]
  return { name, t: first === null ? null : step, units }
}

