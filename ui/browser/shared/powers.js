// Powers of ten as people write them: 4.5·10⁻⁵, on every page, never 4.5e-05.
const SUPERSCRIPTS = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" }

/** 10⁻⁵ */
export const powerOfTen = (exponent) => "10" + Array.from(String(exponent), (digit) => SUPERSCRIPTS[digit]).join("")

/** "−4.5e-5", as JavaScript and d3 write it, becomes −4.5·10⁻⁵; other texts get the true minus sign. */
export function asWritten(text) {
  const [mantissa, power] = text.replace(/^-/, "−").split("e")
  return power === undefined ? mantissa : `${mantissa}·${powerOfTen(Number(power.replace("−", "-")))}`
}
