// Powers of ten in mathematical notation: 4.5·10⁻⁵, not 4.5e-05.
/** @type {Record<string, string>} */
const SUPERSCRIPTS = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" }

/**
 * 10⁻⁵
 * @param {number} exponent a whole number
 */
export const powerOfTen = (exponent) => "10" + Array.from(String(exponent), (digit) => SUPERSCRIPTS[digit]).join("")

/**
 * "−4.5e-5", as JavaScript and d3 write it, becomes −4.5·10⁻⁵; every other text gets the true minus sign.
 * @param {string} text
 */
export function asWritten(text) {
  const [mantissa, power] = text.replace(/^-/, "−").split("e")
  return power === undefined ? mantissa : `${mantissa}·${powerOfTen(Number(power.replace("−", "-")))}`
}
