// Symbols and formulas in MathML, made from the same table as the numbers. Each symbol has its own colour.
import { ink } from "../colours.js"
import { math, setText } from "../dom.js"
import { bracketsOf } from "./functions.js"
import { rounded } from "./numbers.js"
import { digitsOfFunction, digitsOfLine } from "./true_digits.js"

const letter = (text) => math("mi", { class: "letter" }, text)
const word = (text) => math("mi", {}, text)
const sign = (text) => math("mo", {}, text)
export const joint = (text) => math("mo", { form: "infix" }, text) // between terms, also where a line may break before it
export const row = (...parts) => math("mrow", {}, ...parts)

/** f_3[1]; `step` and `units` are texts such as "t−1" and "j", or "". */
export function symbolMath(symbol, step, units, transposed = false) {
  const lower = symbol.lower || step
  const upper = symbol.upper || transposed
  const base = letter(symbol.base.replace("tanh ", ""))
  let name = base
  if (lower && upper) name = math("msubsup", {}, base, index(lower), superscript(symbol.upper, transposed))
  else if (lower) name = math("msub", {}, base, index(lower))
  else if (upper) name = math("msup", {}, base, superscript(symbol.upper, transposed))
  if (symbol.base.startsWith("tanh ")) name = row(word("tanh"), math("mspace", { width: "0.15em" }), name)
  const place = units ? math("mtext", { class: "unit-index" }, `[${units}]`) : null
  let whole = place ? row(name, place) : name
  if (symbol.of) {
    const loss = letter(symbol.of === "l" ? "ℓ" : "L")
    const partial = () => math("mi", { mathvariant: "normal" }, "∂")
    whole = row(partial(), loss, math("mo", { lspace: "0", rspace: "0" }, "/"), partial(), whole)
    if (symbol.path) whole = row(whole, math("msub", {}, math("mo", { lspace: "0", rspace: "0" }, "|"), letter(symbol.path)))
  }
  return math("mrow", { style: `color: ${ink(symbol.ink)}` }, whole)
}


/** An index: a number, letters, or a moment such as t−1. */
function index(text) {
  const [, letters, operator, digits] = /^([a-z]*)([−+]?)(\d*)$/i.exec(text)
  return row(...(letters ? [letter(letters)] : []), ...(operator ? [sign(operator)] : []), ...(digits ? [math("mn", {}, digits)] : []))
}


export const formula = (...parts) => math("math", { display: "inline" }, ...parts)

function superscript(upper, transposed) {
  return row(...(upper ? [letter(upper)] : []), ...(transposed ? [sign("⊤")] : []))
}

/** The plain text of a place, for labels and readers: f_3[1]. */
export function placeText(cell, place) {
  const symbol = cell.symbols[place.name]
  const lower = symbol.lower || (place.t === null ? "" : String(place.t))
  const upper = symbol.upper ? `^${symbol.upper}` : ""
  const units = place.units.map((unit) => unit + 1).join(",")
  const name = `${symbol.base}${upper}${lower ? `_${lower}` : ""}[${units}]`
  return symbol.of ? `∂${symbol.of}/∂${name}${symbol.path ? ` via ${symbol.path}` : ""}` : name
}

/** `withoutUnit`: where there is only one unit, or where it goes without saying. */
export function placeMath(cell, place, withoutUnit = false) {
  const step = place.t === null ? "" : String(place.t)
  return symbolMath(cell.symbols[place.name], step, withoutUnit ? "" : place.units.map((unit) => unit + 1).join(","))
}

const moment = (dt) => (dt ? `t${dt < 0 ? "−" : "+"}${Math.abs(dt)}` : "t")

/** What is done with one factor: 1 − z, or the slope of a squash written in its own value. */
export function mapped(map, inner, again) {
  if (map === "one_minus") return row(sign("("), math("mn", {}, "1"), sign("−"), inner, sign(")"))
  if (map === "dsigmoid") return row(inner, sign("("), math("mn", {}, "1"), sign("−"), again, sign(")"))
  if (map === "dtanh") return row(sign("("), math("mn", {}, "1"), sign("−"), math("msup", {}, inner, math("mn", {}, "2")), sign(")"))
  if (map === "drelu") return row(sign("["), inner, sign(">"), math("mn", {}, "0"), sign("]"))
  if (map === "exp") return math("msup", {}, letter("e"), inner)
  if (map === "dsoftplus") return oneMinus(math("msup", {}, letter("e"), row(sign("−"), inner)))
  if (map === "dlog_sigmoid") return oneMinus(math("msup", {}, letter("e"), inner))
  if (map === "delu_plus_one") return row(word("min"), sign("("), inner, sign(","), math("mn", {}, "1"), sign(")"))
  if (map === "dreciprocal") return row(sign("("), sign("−"), math("msup", {}, inner, math("mn", {}, "2")), sign(")"))
  if (map === "dinverse_root") return row(sign("("), sign("−"), math("mn", {}, "½"), math("msup", {}, inner, math("mn", {}, "3")), sign(")"))
  if (map === "droot_rest") return row(sign("("), inner, sign("−"), math("mn", {}, "1"), sign("/"), again, sign(")"))
  if (["sign", "sin", "cos"].includes(map)) return row(word(map), sign("("), inner, sign(")"))
  return inner
}

const TWICE = new Set(["dsigmoid", "droot_rest"]) // maps that write their number two times

const oneMinus = (rest) => row(sign("("), math("mn", {}, "1"), sign("−"), rest, sign(")"))

function applied(name, parts, own) {
  const brackets = bracketsOf(name)
  if (!brackets) return parts
  const head = row(...(own ? [own] : []), word(brackets[0]))
  if (parts.length === 1) return [row(head, parts[0], word(brackets[1]))]
  return [row(head, parts[0]), ...parts.slice(1, -1), row(parts.at(-1), word(brackets[1]))]
}

/**
 * The equation for whole vectors: matrices multiply, ⊙ multiplies unit by unit. A list of pieces, one a term,
 * so that a long formula can break between its terms.
 */
export function vectorFormula(cell, name) {
  const recipe = cell.recipes[name]
  const left = symbolMath(cell.symbols[name], recipe.index.includes("t") ? "t" : "", "")
  const terms = recipe.terms.map((term, i) => {
    const parts = [...(i || term.sign < 0 ? [joint(term.sign < 0 ? "−" : "+")] : []), ...vectorTerm(cell, recipe, term)]
    return row(...parts)
  })
  return [row(left, joint("=")), ...applied(recipe.function, terms)]
}

function vectorTerm(cell, recipe, term) {
  const summed = new Set(term.factors.flatMap((factor) => factor.index).filter((letter) => !recipe.index.includes(letter)))
  const parts = []
  if (summed.has("t")) parts.push(math("munder", {}, math("mo", { movablelimits: "false" }, "∑"), letter("t")))
  const isOuter = recipe.index.length === 2 && !recipe.index.includes("t")
  term.factors.forEach((factor, i) => {
    const isMatrix = factor.name && cell.symbols[factor.name].first === null && factor.index.length === 2
    const previous = term.factors[i - 1]
    const afterMatrix = previous?.name && cell.symbols[previous.name].first === null && previous.index.length === 2
    const outer = isOuter && i === term.factors.length - 1
    if (i && !afterMatrix && !outer) parts.push(sign("⊙"))
    if (i && outer) parts.push(math("mspace", { width: "0.2em" }))
    parts.push(vectorFactor(cell, factor, isMatrix && summed.has(factor.index[0]), outer))
  })
  return parts
}

function vectorFactor(cell, factor, transposed, outer) {
  if (!factor.name) return math("mn", {}, "1")
  const symbol = cell.symbols[factor.name]
  const step = factor.index.includes("t") ? moment(factor.dt) : ""
  const one = () => symbolMath(symbol, step, "", transposed || outer)
  return mapped(factor.map, one(), one())
}

/**
 * The equation of one value with its numbers in, each number in the colour of what it belongs to: the pieces, and a
 * function that writes the numbers of another place with the same equation into them.
 */
export function numericFormula(cell, explained) {
  const slots = [] // in the order of the numbers that `numbersOf` lists
  const slot = (attributes) => {
    const made = math("mn", attributes)
    slots.push(made)
    return made
  }
  const name = math("mrow", {})
  const parts = explained.terms.map((term, i) => {
    const before = i || term.sign < 0 ? [joint(term.sign < 0 ? "−" : "+")] : []
    const factors = term.factors.flatMap((factor, k) => {
      const symbol = factor.place && cell.symbols[factor.place.name]
      const number = () => slot({ class: "amount", style: `color: ${ink(symbol?.ink)}` })
      return [...(k ? [sign("·")] : []), mapped(factor.map, number(), TWICE.has(factor.map) ? number() : null)]
    })
    return row(...before, ...factors)
  })
  if (!parts.length) parts.push(math("mn", {}, "0"))
  const pieces = [row(name, joint("=")), ...applied(explained.function, parts), row(joint("="), slot({ class: "amount result" }))]
  let named = ""
  const write = (now) => {
    const called = placeText(cell, now.place)
    if (called !== named) name.replaceChildren(placeMath(cell, now.place, cell.H === 1)) // laying out mathematics costs more than all the rest
    named = called
    numbersOf(now).forEach((text, i) => setText(slots[i], text))
  }
  write(explained)
  return { pieces, write }
}

/** f_3[1] = σ(−10.0) = 4.5·10⁻⁵: a value of many terms, as a function of their sum. */
export function shortFormula(cell, explained) {
  const slots = [math("mn", { class: "amount" }), math("mn", { class: "amount result" })]
  const own = explained.function === "share" ? math("mn", { class: "amount" }) : null
  const name = math("mrow", {})
  const isPlain = explained.function === "identity"
  const middle = isPlain ? [] : [...applied(explained.function, [slots[0]], own), joint("=")]
  let named = ""
  const write = (now) => {
    const called = placeText(cell, now.place)
    if (called !== named) name.replaceChildren(placeMath(cell, now.place, cell.H === 1))
    named = called
    const { ofTotal, ofValue, ofOwn } = digitsOfFunction(now)
    if (own) setText(own, rounded(now.own, ofOwn))
    setText(slots[0], rounded(now.total, ofTotal))
    setText(slots[1], rounded(now.value, ofValue))
  }
  write(explained)
  return { pieces: [row(name, joint("=")), row(...middle, slots[1])], write }
}

/** Two values whose equations look alike: the same terms, so that only numbers differ. */
export const equationShape = ({ terms, kind }) => `${kind}:${terms.map(({ sign: s, factors }) => s * factors.length)}`

function numbersOf(explained) {
  const { digits, ofResult } = digitsOfLine(explained)
  const factors = explained.terms.flatMap((term) => term.factors)
  const written = factors.flatMap(({ raw, map }, place) => {
    const number = rounded(raw, digits[place])
    const text = raw < 0 || (map === "dtanh" && number.includes("·")) ? `(${number})` : number
    return TWICE.has(map) ? [text, text] : [text]
  })
  return [...written, rounded(explained.value, ofResult)]
}
