// Numbers with the digits that Python writes, so that the page and a notebook show the same; and how many digits a line of
// arithmetic needs (rnn_core/equations/digits.py does the same).
import { asWritten, powerOfTen } from "../../shared/powers.js"

const MOST = 17 // digits of a double

/** The digits of Python's repr: the shortest decimal that reads back as the same float64. */
export function exact(value) {
  if (Number.isNaN(value)) return "nan"
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf"
  const sign = value < 0 || Object.is(value, -0) ? "-" : ""
  const [mantissa, power] = Math.abs(value).toExponential().split("e")
  return sign + place(mantissa.replace(".", ""), Number(power), 16, ".0")
}

/** The digits of Python's f"{value:.4g}". */
export function rounded(value, digits = 4) {
  if (!Number.isFinite(value)) return notANumber(value)
  if (value === 0) return "0"
  const [mantissa, power] = roundHalfEven(Math.abs(value), digits)
  return (value < 0 ? "−" : "") + place(mantissa.replace(/0+$/, "") || "0", power, digits, "")
}

/** For a small square: two or three digits that matter. */
export function short(value) {
  if (!Number.isFinite(value)) return notANumber(value)
  const size = Math.abs(value)
  if (size === 0) return "0"
  const sign = value < 0 ? "−" : ""
  if (size >= 999.5 || size < 0.0005) {
    return sign + asWritten(size.toExponential(0))
  }
  return sign + size.toFixed(size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.005 ? 2 : 3)
}

/** In a box of the diagram: two decimals, and "≈0" for what would look like 0. */
export function inBox(value) {
  if (!Number.isFinite(value)) return notANumber(value)
  const size = Math.abs(value)
  if (size === 0) return "0"
  if (size < 0.005) return "≈0"
  if (size >= 9999.5) return (value < 0 ? "−" : "") + asWritten(size.toExponential(0))
  return (value < 0 ? "−" : "") + size.toFixed(size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2)
}

/** Of what passes a gate: "≈0%" and "≈100%" where it is neither quite shut nor quite open. */
export function percent(share) {
  if (!Number.isFinite(share)) return notANumber(share)
  if (share > 0 && share < 0.005) return "≈0%"
  if (share < 1 && share > 0.995) return "≈100%"
  return `${Math.round(share * 100)}%`
}

export function notANumber(value) {
  return Number.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞"
}

/** Digits "62246" and the power of ten of the first one, written out; beyond the limits in exponent form. */
function place(digits, power, limit, whole) {
  if (power < -4 || power >= limit) {
    const tail = digits.length > 1 ? `.${digits.slice(1)}` : ""
    return `${digits[0]}${tail}·${powerOfTen(power)}`
  }
  if (power < 0) return `0.${"0".repeat(-power - 1)}${digits}`
  if (digits.length <= power + 1) return digits.padEnd(power + 1, "0") + whole
  return `${digits.slice(0, power + 1)}.${digits.slice(power + 1)}`
}

/** [digits, power]. toExponential rounds exact halves up; Python rounds them to the even digit. */
function roundHalfEven(size, digits) {
  const [mantissa, power] = size.toExponential(digits - 1).split("e")
  const rounded = mantissa.replace(".", "")
  if (!/^\d(\.\d*)?5e/.test(size.toExponential())) return [rounded, Number(power)] // a half ends in 5 in every notation
  const all = size.toExponential(40).replace(/e.*$/, "").replace(".", "")
  const isHalf = /^50*$/.test(all.slice(digits))
  const wentUp = rounded !== all.slice(0, digits)
  const odd = Number(rounded.at(-1)) % 2 === 1
  return isHalf && wentUp && odd ? [all.slice(0, digits), Number(power)] : [rounded, Number(power)]
}

/** The number that `rounded` shows. */
export function roundedValue(value, digits) {
  if (value === 0) return 0
  const [mantissa, power] = roundHalfEven(Math.abs(value), digits)
  return Math.sign(value) * Number(`${mantissa}e${power - digits + 1}`)
}

/** What one unit of the last digit of `rounded` is worth. */
function lastDigit(value, digits) {
  return value === 0 ? 0 : Number(`1e${Number(value.toExponential().split("e")[1]) - digits + 1}`)
}

/**
 * Digits of each operand, and of the result: `compute` of the operands as they are written is the result as it is written, up
 * to one unit of its last digit. `ofResult` are the digits that the result may have, the best first; where there is a choice,
 * two are enough if that saves the operands digits.
 */
export function trueDigits(operands, result, compute, least = 3, ofResult = [4, 3]) {
  const shorter = ofResult.length > 1 ? [...ofResult.slice(1), 2] : ofResult
  if (![...operands, result].every(Number.isFinite)) return { digits: operands.map(() => least), ofResult: ofResult[0] }
  const known = operands.map(() => [])
  const shown = (place, count) => (known[place][count] ??= roundedValue(operands[place], count))
  const isTrue = (digits, count) => {
    const said = roundedValue(result, count)
    return Math.abs(compute(digits.map((each, place) => shown(place, each))) - said) <= lastDigit(said, count) * (1 + 1e-9)
  }
  for (let count = least; count <= MOST; count++) {
    for (const of of count < least + 3 ? ofResult : shorter) {
      const digits = operands.map(() => count)
      if (isTrue(digits, of)) return { digits: shortened(digits, least, (tried) => isTrue(tried, of)), ofResult: of }
    }
  }
  return { digits: operands.map(() => MOST), ofResult: ofResult[0] }
}

/** Digits that do not matter for the result are taken away again, operand by operand. */
function shortened(digits, least, isTrue) {
  for (let place = 0; place < digits.length; place++) {
    while (digits[place] > least && isTrue(digits.with(place, digits[place] - 1))) digits[place]--
  }
  return digits
}
