// The arithmetic of one value: every term with its numbers in, and each number leads to the arithmetic of its own value.
import { ink } from "../colours.js"
import { html, math, setText } from "../dom.js"
import { bracketsOf } from "./functions.js"
import { formula, mapped, placeMath } from "./notation.js"
import { exact, rounded } from "./numbers.js"
import { digitsOfRows } from "./true_digits.js"

export class Arithmetic {
  constructor(words, act) {
    this.words = words
    this.act = act
    this.allDigits = false
    this.trail = html("nav", { class: "trail", "aria-label": words.trail })
    this.back = html("button", { type: "button", class: "plain back", click: () => act.back() }, `← ${words.back}`)
    this.digits = html("button", { type: "button", class: "plain digits-switch", "aria-pressed": "false", click: () => this.switchDigits() }, words.all_digits)
    this.close = html("button", { type: "button", class: "plain close", "aria-label": words.close, title: words.close, click: () => act.close() }, "×")
    this.heading = html("h3", { class: "panel-title", tabindex: -1 })
    this.result = html("div", { class: "value-line" })
    this.note = html("p", { class: "value-note" })
    this.more = html("div", { class: "value-links" })
    this.list = html("ol", { class: "terms" })
    this.total = html("div", { class: "total" })
    this.root = html(
      "div", { class: "value-view" },
      html("div", { class: "value-head" }, this.heading, this.close), this.trailRow = html("div", { class: "trail-row" }, this.back, this.trail),
      html("div", { class: "value-body" }, this.list, this.total, this.result, this.note),
      html("div", { class: "value-foot" }, this.more, this.digits),
    )
    this.rows = []
  }

  switchDigits() {
    this.allDigits = !this.allDigits
    this.digits.setAttribute("aria-pressed", String(this.allDigits))
    this.root.classList.toggle("all-digits", this.allDigits)
    this.show(this.state)
  }

  write(value, digits) {
    return this.allDigits ? exact(value) : rounded(value, digits)
  }

  /** `trail`: the places on the way to the one that is explained, which is the last. */
  show(state) {
    this.state = state
    const { cell, explained, trail, title } = state
    setText(this.heading, title)
    this.result.replaceChildren(formula(placeMath(cell, explained.place), math("mo", {}, "=")), html("span", { class: "full" }, exact(explained.value)))
    setText(this.note, this.noteOn(cell, explained))
    this.showLinks(cell, explained)
    this.back.disabled = trail.length < 2
    this.trailRow.hidden = trail.length < 2
    this.showTrail(cell, trail)
    this.list.classList.toggle("gradient", Boolean(cell.symbols[explained.place.name].of))
    const digits = digitsOfRows(explained)
    this.showTerms(cell, explained, digits)
    this.showTotal(explained, digits)
  }

  noteOn(cell, { kind, place, terms }) {
    const { words } = this
    if (kind === "held") return words.held
    if (kind === "computed") return terms.length ? "" : words.no_terms
    const symbol = cell.symbols[place.name]
    if (symbol.of) return words.given_loss
    if (symbol.first === null) return words.given_weight
    return place.name === "xs" ? words.given_input : words.given_state
  }

  /** From a weight to its gradient, from a value to the gradient on it, and the way round. */
  showLinks(cell, { place }) {
    const symbol = cell.symbols[place.name]
    const other = symbol.of ? place.name.replace(/^d/, "").replace(/_(direct|through_\w+)$/, "") : `d${place.name}`
    const there = { ...place, name: other }
    const known = cell.has(other) && cell.value(there) !== undefined
    const label = symbol.of ? this.words.its_value : this.words.its_gradient
    this.more.replaceChildren(...(known ? [this.placeButton(cell, there, label)] : []))
  }

  placeButton(cell, place, label) {
    return html("button", { type: "button", class: "operand", click: () => this.act.open(place) }, `${label} `, formula(placeMath(cell, place)))
  }

  showTrail(cell, trail) {
    const crumbs = trail.slice(0, -1).map((place, i) =>
      html("button", { type: "button", class: "crumb", click: () => this.act.backTo(i) }, formula(placeMath(cell, place))))
    const here = html("span", { class: "crumb here", "aria-current": "true" }, formula(placeMath(cell, trail.at(-1))))
    this.trail.replaceChildren(...crumbs, here)
    if (trail.length > 2) this.trail.scrollLeft = 1e5
  }

  /** Rows are kept while the shape of the sum stays the same, so that a step changes only texts. */
  showTerms(cell, { terms, place }, { ofFactors, ofProducts }) {
    const shape = `${place.name}:${terms.map((term) => term.factors.length).join("")}`
    if (shape !== this.shape) {
      this.shape = shape
      this.rows = terms.map((term) => new TermRow(term, this.act, this.words))
      this.list.replaceChildren(...this.rows.map((row) => row.root))
    }
    const largest = Math.max(1e-300, ...terms.map((term) => Math.abs(term.value)).filter(Number.isFinite))
    const write = (value, digits) => this.write(value, digits)
    terms.forEach((term, i) => this.rows[i].update(cell, term, largest, write, ofFactors[i], ofProducts[i]))
  }

  showTotal({ function: name, terms, total, own, value }, { ofTotal, ofOwn, ofValue }) {
    this.total.hidden = terms.length === 0
    const applied = bracketsOf(name, name === "share" ? this.write(own, ofOwn) : "")
    const lines = []
    if (terms.length > 1 || applied) lines.push([this.words.sum, this.write(total, ofTotal)])
    if (applied) lines.push([`${applied[0]}${this.write(total, ofTotal)}${applied[1]}`, this.write(value, ofValue)])
    this.total.replaceChildren(...lines.map(([label, number]) => html("div", {}, html("span", {}, label), html("b", {}, number))))
  }
}

/** + W_xf[2,1] 0.51 × x_3[1] −0.31 = −0.159 */
class TermRow {
  constructor(term, act, words) {
    this.words = words
    this.sign = html("span", { class: "sign" })
    this.factors = term.factors.map(() => {
      const symbol = html("span", { class: "factor-symbol" })
      const number = html("span", { class: "factor-number" })
      const button = html("button", { type: "button", class: "operand", click: () => act.open(button.stepperPlace) }, symbol, number)
      return { symbol, number, button }
    })
    const pieces = this.factors.flatMap(({ button }, i) => (i ? [html("span", { class: "times", "aria-label": "×" }, "×"), button] : [button]))
    this.name = html("span", { class: "path-name" })
    this.product = html("span", { class: "product" })
    this.bar = html("span", { class: "bar", "aria-hidden": "true" }, html("i"))
    this.root = html("li", {}, this.sign, html("span", { class: "factors" }, pieces, this.name), this.bar, this.product)
  }

  /** A part of a gradient is named after the way on which it comes. */
  nameOfPath(cell, { factors: [{ place }, ...others] }) {
    const symbol = place && !others.length && cell.symbols[place.name]
    return symbol && symbol.of && (symbol.path || symbol.of === "l") ? this.words.names[place.name.slice(1)] ?? "" : ""
  }

  update(cell, term, largest, write, ofFactors, ofProduct) {
    setText(this.sign, term.sign < 0 ? "−" : "+")
    term.factors.forEach((factor, i) => {
      const { symbol, number, button } = this.factors[i]
      const { place } = factor
      const key = place ? `${place.name}${place.t}${place.units}` : "1"
      if (button.stepperKey !== key) {
        button.stepperKey = key
        button.stepperPlace = place
        button.disabled = !place
        symbol.replaceChildren(...(place ? [formula(mapped(factor.map, placeMath(cell, place), placeMath(cell, place)))] : []))
        button.style.setProperty("--ink", ink(place ? cell.symbols[place.name].ink : ""))
      }
      setText(number, write(factor.value, ofFactors[i]))
      button.title = exact(factor.value)
    })
    setText(this.name, this.nameOfPath(cell, term))
    setText(this.product, write(term.value, ofProduct))
    this.product.title = exact(term.value)
    const share = Number.isFinite(term.value) ? term.value / largest : 0
    this.bar.firstChild.style.width = `${50 * Math.abs(share)}%`
    this.bar.classList.toggle("negative", share < 0)
  }
}
