// The equation of one element of a vector or matrix, with its indices: of values that no product of matrices and vectors describes.
import { math } from "../dom.js"
import { bracketsOf } from "./functions.js"
import { joint, mapped, row, symbolMath } from "./notation.js"

/** A list of pieces, one a term, so that a long formula can break between its terms. */
export function elementFormula(cell, name) {
  const recipe = cell.recipes[name]
  const terms = recipe.terms.map((term, i) => row(...(i || term.sign < 0 ? [joint(term.sign < 0 ? "−" : "+")] : []), ...elementTerm(cell, recipe, term)))
  const left = elementOf(cell, { name, index: recipe.index, dt: 0, map: "identity" })
  const own = recipe.function === "share" ? elementOf(cell, { ...recipe.terms[0].factors[0], index: recipe.index }) : null
  const brackets = bracketsOf(recipe.function)
  if (!brackets) return [row(left, joint("=")), ...terms]
  const [before, after] = brackets.map((text) => math("mtext", {}, text))
  return [row(left, joint("="), ...(own ? [own] : []), before), ...terms, row(after)]
}

function elementTerm(cell, recipe, { factors }) {
  const summed = [...new Set(factors.flatMap(({ index }) => index))].filter((letter) => letter !== "u" && !recipe.index.includes(letter)).sort()
  const sums = summed.map((letter) => math("munder", {}, math("mo", { movablelimits: "false" }, "∑"), math("mi", { class: "letter" }, letter)))
  return [...sums, ...factors.map((factor) => elementOf(cell, factor))]
}

function elementOf(cell, { name, index, dt, map }) {
  if (!name) return math("mn", {}, "1")
  const symbol = cell.symbols[name]
  const isTimed = symbol.first !== null
  const step = isTimed ? (index[0] === "t" && dt ? `t${dt < 0 ? "−" : "+"}${Math.abs(dt)}` : index[0]) : ""
  const units = index.slice(isTimed ? 1 : 0).filter((letter) => letter !== "u").join(",")
  const one = () => symbolMath(symbol, step, units)
  return mapped(map, one(), one())
}
