// How many digits the numbers of one value's arithmetic need, so that every line of it is true as it is written.
import { MAPS } from "../../engine/functions.js"
import { valueOf } from "./functions.js"
import { trueDigits } from "./numbers.js"

const LEAST = 4

const sum = (values) => values.reduce((total, value) => total + value, 0)
const product = (values) => values.reduce((made, value) => made * value, 1)

/** For value = f(a·b + c·d + ...) on one line: digits of each raw factor, and of the value. */
export function digitsOfLine({ terms, value, own, function: name }) {
  const factors = terms.flatMap((term) => term.factors)
  const compute = (raws) => {
    let at = 0
    const products = terms.map(({ sign, factors: own }) => sign * product(own.map(({ map }) => MAPS[map](raws[at++]))))
    return valueOf(name, sum(products), own)
  }
  return trueDigits(factors.map(({ raw }) => raw), value, compute)
}

/** For value = f(sum) on one line: digits of the sum and of the value, and of a share's own term. */
export function digitsOfFunction({ value, total, own, function: name }, least) {
  if (name === "identity") return { ofTotal: LEAST, ofValue: LEAST }
  const operands = name === "share" ? [total, own] : [total]
  const { digits: [ofTotal, ofOwn], ofResult } = trueDigits(operands, value, ([sum, part]) => valueOf(name, sum, part), least)
  return { ofTotal, ofOwn, ofValue: ofResult }
}

/** For the arithmetic row by row: each term's factors and product, the sum of the products, and the value made of the sum. */
export function digitsOfRows(explained) {
  const { terms, total } = explained
  const { ofTotal, ofOwn, ofValue } = digitsOfFunction(explained, LEAST)
  const { digits: ofProducts } = trueDigits(terms.map((term) => term.value), total, sum, LEAST, [ofTotal])
  const ofFactors = terms.map(({ sign, factors, value: made }, row) => {
    const values = factors.map((factor) => factor.value)
    return trueDigits(values, made, (shown) => sign * product(shown), LEAST, [ofProducts[row]]).digits
  })
  return { ofFactors, ofProducts, ofTotal, ofOwn, ofValue }
}
