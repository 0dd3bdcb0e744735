// How many digits the numbers of one value's arithmetic need, so that every line of it is true as it is written.
import { MAPS } from "../engine/functions.js"
import { trueDigits } from "./numbers.js"

const FUNCTIONS = {
  identity: (total) => total,
  sigmoid: (total) => 0.5 * (1 + Math.tanh(0.5 * total)),
  tanh: Math.tanh,
  relu: (total) => Math.max(0, total),
}
const LEAST = 4

const sum = (values) => values.reduce((total, value) => total + value, 0)
const product = (values) => values.reduce((made, value) => made * value, 1)

/** As many terms as there is room for, in their order: what the dots stand for is never larger than what is written. */
export function largestTerms(terms, limit) {
  const sizes = terms.map(({ value }) => Math.abs(value)).sort((a, b) => b - a)
  const least = sizes[limit - 1]
  if (terms.length <= limit || Number.isNaN(least)) return terms.slice(0, limit)
  let ties = limit - sizes.filter((size) => size > least).length
  return terms.filter(({ value }) => Math.abs(value) > least || (Math.abs(value) === least && ties-- > 0))
}

/** For value = f(a·b + c·d + ...) on one line: digits of each raw factor of the terms that are written, and of the value. */
export function digitsOfLine({ terms, value, function: name }, limit) {
  const shown = largestTerms(terms, limit)
  const rest = sum(terms.filter((term) => !shown.includes(term)).map((term) => term.value)) // not written, so it counts with all its digits
  const factors = shown.flatMap((term) => term.factors)
  const compute = (raws) => {
    let at = 0
    const products = shown.map(({ sign, factors: own }) => sign * product(own.map(({ map }) => MAPS[map](raws[at++]))))
    return FUNCTIONS[name](sum(products) + rest)
  }
  return trueDigits(factors.map(({ raw }) => raw), value, compute)
}

/** For the arithmetic row by row: each term's factors and product, the sum of the products, and the value made of the sum. */
export function digitsOfRows({ terms, value, total, function: name }) {
  const last = trueDigits([total], value, ([found]) => FUNCTIONS[name](found), LEAST)
  const [ofTotal] = name === "identity" ? [LEAST] : last.digits
  const { digits: ofProducts } = trueDigits(terms.map((term) => term.value), total, sum, LEAST, [ofTotal])
  const ofFactors = terms.map(({ sign, factors, value: made }, row) => {
    const values = factors.map((factor) => factor.value)
    return trueDigits(values, made, (shown) => sign * product(shown), LEAST, [ofProducts[row]]).digits
  })
  return { ofFactors, ofProducts, ofTotal, ofValue: name === "identity" ? ofTotal : last.ofResult }
}
