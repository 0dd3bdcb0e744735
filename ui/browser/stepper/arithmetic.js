// The arithmetic of one value: every term with its numbers in, each number a way on to where it came from.
import { ink } from "./colours.js"
import { html, math, setText } from "./dom.js"
import { mapped, placeMath, formula, vectorFormula } from "./notation.js"
import { exact, rounded } from "./numbers.js"
import { digitsOfRows } from "./truth.js"

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
    this.formula = html("div", { class: "symbolic" })
    this.note = html("p", { class: "value-note" })
    this.more = html("div", { class: "value-links" })
    this.list = html("ol", { class: "terms" })
    this.total = html("div", { class: "total" })
    this.root = html(
      "div", { class: "value-view", hidden: true },
      html("div", { class: "panel-head" }, this.back, this.trail, this.digits, this.close),
      html(
        "div", { class: "value-columns" },
        html("div", { class: "value-about" }, this.heading, this.result, this.formula, this.total, this.note, this.more),
        html("div", { class: "value-terms" }, this.list),
      ),
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

  /** `trail` are the places walked through; the last one is the one explained. */
  show(state) {
    this.state = state
    const { cell, explained, trail, title } = state
    setText(this.heading, title)
    this.result.replaceChildren(formula(placeMath(cell, explained.place), math("mo", {}, "=")), html("span", { class: "full" }, exact(explained.value)))
    this.showFormula(cell, explained)
    setText(this.note, this.noteOn(cell, explained))
    this.showLinks(cell, explained)
    this.back.disabled = trail.length < 2
    this.showTrail(cell, trail)
    this.list.classList.toggle("gradient", Boolean(cell.symbols[explained.place.name].of))
    const digits = digitsOfRows(explained)
    this.showTerms(cell, explained, digits)
    this.showTotal(explained, digits)
  }

  showFormula(cell, explained) {
    const name = explained.kind === "computed" ? explained.place.name : ""
    const signature = name + JSON.stringify(cell.options)
    if (signature === this.formulaOf) return
    this.formulaOf = signature
    this.formula.replaceChildren(...(name ? vectorFormula(cell, name).map((piece) => formula(piece)) : []))
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
      this.rows = terms.map((term) => new TermRow(term, this.act))
      this.list.replaceChildren(...this.rows.map((row) => row.root))
      this.root.classList.toggle("many", terms.length > 6)
      this.list.style.setProperty("--rows", Math.ceil(terms.length / 2))
    }
    const largest = Math.max(1e-300, ...terms.map((term) => Math.abs(term.value)).filter(Number.isFinite))
    const write = (value, digits) => this.write(value, digits)
    terms.forEach((term, i) => this.rows[i].update(cell, term, largest, write, ofFactors[i], ofProducts[i]))
  }

  showTotal({ function: name, terms, total, value }, { ofTotal, ofValue }) {
    this.total.hidden = terms.length === 0
    const applied = { identity: null, sigmoid: "σ", tanh: "tanh", relu: "relu" }[name]
    const lines = []
    if (terms.length > 1 || applied) lines.push([this.words.sum, this.write(total, ofTotal)])
    if (applied) lines.push([`${applied}(${this.write(total, ofTotal)})`, this.write(value, ofValue)])
    this.total.replaceChildren(...lines.map(([label, number]) => html("div", {}, `${label} = `, html("b", {}, number))))
  }
}

/** + W_xf[2,1] 0.51 × x_3[1] −0.31 = −0.159 */
class TermRow {
  constructor(term, act) {
    this.sign = html("span", { class: "sign" })
    this.factors = term.factors.map(() => {
      const symbol = html("span", { class: "factor-symbol" })
      const number = html("span", { class: "factor-number" })
      const button = html("button", { type: "button", class: "operand", click: () => act.open(button.stepperPlace) }, symbol, number)
      return { symbol, number, button }
    })
    const pieces = this.factors.flatMap(({ button }, i) => (i ? [html("span", { class: "times", "aria-label": "×" }, "×"), button] : [button]))
    this.product = html("span", { class: "product" })
    this.bar = html("span", { class: "bar", "aria-hidden": "true" }, html("i"))
    this.root = html("li", {}, this.sign, html("span", { class: "factors" }, pieces), html("span", { class: "equals" }, "="), this.product, this.bar)
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
    setText(this.product, write(term.value, ofProduct))
    this.product.title = exact(term.value)
    const share = Number.isFinite(term.value) ? term.value / largest : 0
    this.bar.firstChild.style.transform = `scaleX(${Math.abs(share)})`
    this.bar.classList.toggle("negative", share < 0)
  }
}
