// Numbers as Python writes them, so that the page and a notebook show the same digits.

/** Python's repr: the shortest decimal that reads back as the same float64. */
export function exact(value) {
  if (Number.isNaN(value)) return "nan"
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf"
  const sign = value < 0 || Object.is(value, -0) ? "-" : ""
  const [mantissa, power] = Math.abs(value).toExponential().split("e")
  return sign + place(mantissa.replace(".", ""), Number(power), 16, ".0")
}

/** Python's f"{value:.4g}", with a true minus sign. */
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
    const [mantissa, power] = size.toExponential(0).split("e")
    return `${sign}${mantissa}e${Number(power)}`
  }
  return sign + size.toFixed(size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.005 ? 2 : 3)
}

export function notANumber(value) {
  return Number.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞"
}

/** Digits "62246" and the power of ten of the first one, written out; beyond the limits in exponent form. */
function place(digits, power, limit, whole) {
  if (power < -4 || power >= limit) {
    const tail = digits.length > 1 ? `.${digits.slice(1)}` : ""
    return `${digits[0]}${tail}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`
  }
  if (power < 0) return `0.${"0".repeat(-power - 1)}${digits}`
  if (digits.length <= power + 1) return digits.padEnd(power + 1, "0") + whole
  return `${digits.slice(0, power + 1)}.${digits.slice(power + 1)}`
}

/** [digits, power]. toExponential rounds exact halves up; Python rounds them to the even digit. */
function roundHalfEven(size, digits) {
  const [mantissa, power] = size.toExponential(digits - 1).split("e")
  const rounded = mantissa.replace(".", "")
  const all = size.toExponential(40).replace(/e.*$/, "").replace(".", "")
  const isHalf = /^50*$/.test(all.slice(digits))
  const wentUp = rounded !== all.slice(0, digits)
  const odd = Number(rounded.at(-1)) % 2 === 1
  return isHalf && wentUp && odd ? [all.slice(0, digits), Number(power)] : [rounded, Number(power)]
}
