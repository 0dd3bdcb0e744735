// Practice: one number of the drawing is hidden, and its sum is filled in at the place where its arithmetic stands otherwise.
// Three hints lead there: the names of the terms, the terms with their numbers, the sum.
import { readNumber } from "../shared/typed_number.js"
import { addSolved } from "../solved/kept.js"
import { fill, html, setText } from "./dom.js"
import { formula, mapped, placeMath } from "./numbers/notation.js"
import { rounded } from "./numbers/numbers.js"
import { digitsOfRows } from "./numbers/true_digits.js"

const [RELATIVE, ABSOLUTE] = [0.005, 0.0006] // as in rnn_core/studies/practice/values.py
const [SMALLEST, LARGEST] = [0.02, 20] // of a number that is chosen here
const HINTS = 3
const MOST_TRIES = 999 // as in rnn_core/studies/practice/progress.py
const APPLIED = { identity: null, sigmoid: "σ", tanh: "tanh", relu: "relu" }

const fits = (typed, value) => Math.abs(typed - value) <= Math.max(RELATIVE * Math.abs(value), ABSOLUTE)

export class Practice {
  /** @param {any} view */
  constructor(view) {
    const words = (this.words = view.words.practice)
    this.view = view
    this.cover = html("div", { class: "hidden-number", "aria-hidden": "true", hidden: true }, "?")
    this.heading = html("h3", { class: "panel-title" })
    this.list = html("ol", { class: "question-terms" })
    this.sum = html("div", { class: "question-line" })
    this.line = html("div", { class: "question-line" })
    this.hintedSum = html("p", { class: "question-sum" })
    this.told = html("p", { class: "told", role: "status", "aria-live": "polite" })
    const button = (text, act, kind) => html("button", { type: "button", class: kind, click: act }, text)
    this.form = html("div", { class: "question", keydown: (event) => event.key === "Enter" && event.target.tagName === "INPUT" && this.check() },
      this.heading, html("p", { class: "value-note" }, words.fill_in), this.list, this.sum, this.line, this.hintedSum)
    this.foot = html("div", { class: "question-foot" }, (this.checkButton = button(words.check, () => this.check(), "check")), (this.hintButton = button("", () => this.hint(), "plain")), button(words.another, () => this.another(), "plain"))
    this.root = html("div", { class: "practice", hidden: true }, this.form, this.told, this.foot)
    view.popover.root.append(this.root)
  }

  get isOn() {
    return Boolean(this.view.data.practice)
  }

  /** The open value, as a question where it is computed, and its arithmetic once it is found. */
  show(row, explained, number) {
    const asks = this.isOn && explained.kind === "computed" && explained.terms.length > 0
    if (asks) this.ask(row, explained)
    const isHidden = asks && !this.isFound
    const { root, arithmetic } = this.view.popover
    this.root.hidden = !asks
    this.form.hidden = this.checkButton.hidden = !isHidden
    this.hintButton.hidden = !isHidden || this.hints === HINTS
    arithmetic.root.hidden = isHidden
    this.view.root.classList.toggle("practises", isHidden)
    this.cover.hidden = !isHidden || !number
    if (asks) this.view.popover.put(row, number)
    if (this.cover.hidden) return
    const box = row.stage.boxOf(number, root.parentNode.getBoundingClientRect())
    Object.assign(this.cover.style, { left: `${box.left}px`, top: `${box.top}px`, width: `${box.right - box.left}px`, height: `${box.bottom - box.top}px` })
  }

  /** Nothing is open. When practice begins, one number is chosen as soon as the drawing has its numbers. */
  hide() {
    if (this.isOn && !this.hasBegun) this.another()
    if (!this.isOn) this.hasBegun = false
    this.root.hidden = this.cover.hidden = true
    this.view.popover.arithmetic.root.hidden = false
    this.view.root.classList.remove("practises")
  }

  ask(row, explained) {
    const { place, value } = explained
    const asked = JSON.stringify([row.cell.kind, place, value])
    if (asked === this.asked) return
    this.asked = asked
    this.isFound = false
    this.explained = explained
    this.kind = row.cell.kind
    this.tries = 0
    this.answered = ""
    setText(this.told, "")
    setText(this.heading, row.stage.nameOf(place))
    this.build(row.cell, explained)
    this.giveHints(0)
    this.view.send?.("asked", { cell: this.kind, name: place.name, t: place.t, units: [...place.units] })
    this.answer.focus({ preventScroll: true })
  }

  build(cell, { terms, place, function: name }) {
    const { ofFactors } = digitsOfRows(this.explained)
    const several = terms.length > 1
    this.products = several ? terms.map((_term, i) => this.field(fill(this.words.product, { number: i + 1 }))) : []
    this.list.replaceChildren(...terms.map((term, i) => html("li", {}, html("span", { class: "sign" }, term.sign < 0 ? "−" : "+"), factorsOf(cell, term, ofFactors[i]), this.products[i] && html("span", {}, "="), this.products[i])))
    this.total = several && APPLIED[name] ? this.field(this.view.words.sum) : null
    this.sum.replaceChildren(...(this.total ? [html("span", {}, this.view.words.sum), this.total] : []))
    this.answer = this.field(this.heading.textContent)
    const symbol = formula(placeMath(cell, place))
    this.line.replaceChildren(symbol, html("span", {}, APPLIED[name] ? `= ${APPLIED[name]}(…) =` : "="), this.answer)
  }

  /** Shows one hint more. Where the button leaves, the focus goes to the answer. */
  hint() {
    this.giveHints(this.hints + 1)
    if (this.hints < HINTS) return
    this.view.render()
    this.answer.focus({ preventScroll: true })
  }

  giveHints(count) {
    const { terms, total } = this.explained
    this.hints = count
    this.form.dataset.hints = String(count)
    setText(this.hintButton, fill(this.words.hint, { number: count + 1, count: HINTS }))
    const parts = terms.map((term, i) => `${term.value < 0 ? "−" : i ? "+" : ""} ${rounded(Math.abs(term.value), 4)}`.trim())
    setText(this.hintedSum, count < HINTS ? "" : `${parts.join(" ")} = ${rounded(total, 4)}`)
  }

  field(label) {
    return html("input", { type: "text", inputmode: "decimal", autocomplete: "off", maxlength: 24, size: 8, "aria-label": label })
  }

  check() {
    const { terms, total, value } = this.explained
    const anyWrong = this.products.map((field, i) => mark(field, terms[i].value)).includes(false)
    if (this.total) mark(this.total, total)
    const text = this.answer.value
    const typed = readNumber(text)
    if (text && text !== this.answered) this.tries += 1
    this.answered = text
    if (text && mark(this.answer, value)) return this.found()
    setText(this.told, text ? this.toldOf(typed, value, anyWrong) : anyWrong ? this.words.some_wrong : this.words.missing)
  }

  toldOf(typed, value, anyWrong) {
    if (Number.isNaN(typed)) return this.words.not_a_number
    const { practice } = this.view.data
    const { name, t, units } = this.explained.place
    const isOfThis = practice?.asked && practice.asked.cell === this.kind && practice.asked.name === name && practice.asked.t === t && practice.asked.units.join() === units.join()
    const mistake = isOfThis ? practice.mistakes.find(([of]) => fits(typed, of)) : undefined
    if (mistake) return mistake[1]
    if (fits(-typed, value)) return this.words.sign
    return anyWrong ? this.words.some_wrong : this.words.unknown
  }

  found() {
    this.isFound = true
    addSolved(`${this.kind}/${this.explained.place.name}`, { tries: Math.min(this.tries, MOST_TRIES), hints: this.hints })
    setText(this.told, this.words.right)
    this.view.render()
  }

  /** A number of the present step that is computed from several others, neither tiny nor huge; of any of the cells. */
  another() {
    const { rows } = this.view
    const row = rows[Math.floor(Math.random() * rows.length)]
    const step = this.view.state.step
    const good = row.stage.numbers().filter(({ place, group }) => {
      if (group.t !== step || (row.cell.kind === this.kind && JSON.stringify(place) === JSON.stringify(this.explained?.place))) return false
      const { kind, terms, value } = row.cell.explain(place)
      return kind === "computed" && terms.length > 0 && Math.abs(value) >= SMALLEST && Math.abs(value) <= LARGEST
    })
    if (!good.length) return
    this.hasBegun = true
    this.view.trail.open(row, good[Math.floor(Math.random() * good.length)].place)
  }
}

/** Marks a field that is filled in; whether it is right, or empty. */
function mark(field, value) {
  const typed = readNumber(field.value)
  const isRight = fits(typed, value)
  field.classList.toggle("right", Boolean(field.value) && isRight)
  field.classList.toggle("wrong", Boolean(field.value) && !isRight)
  field.setAttribute("aria-invalid", String(Boolean(field.value) && !isRight))
  return !field.value || isRight
}

function factorsOf(cell, term, digits) {
  const pieces = term.factors.flatMap(({ place, map, value }, i) => [
    i ? html("span", { class: "times", "aria-label": "×" }, "×") : null,
    html("span", { class: "given" }, place ? formula(mapped(map, placeMath(cell, place), placeMath(cell, place))) : null, html("b", {}, rounded(value, digits[i]))),
  ])
  return html("span", { class: "factors" }, pieces)
}
