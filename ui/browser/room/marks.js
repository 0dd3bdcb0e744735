// The marks of a room's texts: `_{}` below, `^{}` above, `**` bold, `*` italic. All else is text, and nothing is read as HTML.
import { powerOfTen } from "../shared/powers.js"

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
const MARK = /([_^])\{([^{}]*)\}|\*\*(\S(?:.*?\S)?)\*\*|\*(\S(?:.*?\S)?)\*|(\n+)/g

/** @param {Element} place @param {string} text */
export function writeMarked(place, text) {
  place.replaceChildren(...marked(text))
}

/** @param {string} text @returns {Node[]} */
function marked(text) {
  const pieces = []
  let from = 0
  for (const found of text.matchAll(MARK)) {
    pieces.push(document.createTextNode(text.slice(from, found.index)))
    const [all, sign, index, strong, leaning] = found
    const name = sign ? (sign === "_" ? "sub" : "sup") : strong ? "strong" : leaning ? "em" : "br"
    const made = document.createElement(name)
    if (name !== "br") made.append(...(sign ? [index] : marked(strong ?? leaning)))
    pieces.push(made)
    from = found.index + all.length
  }
  return [...pieces, document.createTextNode(text.slice(from))]
}

/** Without its marks, for places that take text alone. @param {string} text */
export const withoutMarks = (text) => text.replace(/[_^]\{([^{}]*)\}/g, "$1").replace(/\*/g, "")

/** A number as it is read: four digits, with the true minus sign. @param {number} value */
export function written(value) {
  if (value === 0) return "0"
  const size = Math.abs(value)
  if (size >= 1e5 || size < 1e-3) {
    const exponent = Math.floor(Math.log10(size) + 1e-12)
    const mantissa = String(Number((value / 10 ** exponent).toPrecision(3))).replace("-", "−")
    return mantissa === "1" ? powerOfTen(exponent) : `${mantissa}·${powerOfTen(exponent)}`
  }
  return String(Number(value.toPrecision(4))).replace("-", "−")
}

/** The value at a height of these axes. @param {RoomAxes} axes @param {number} height */
export function valueAt(axes, height) {
  if (!axes.is_log) return written(height)
  if (Math.abs(height - Math.round(height)) < 1e-9) return height === 0 ? "1" : powerOfTen(Math.round(height))
  return Math.abs(height) < 3 ? written(10 ** height) : powerOfTen(Math.round(height))
}

/** A sentence with its gaps filled. @param {string} text @param {Record<string, string | number>} gaps */
export const filled = (text, gaps) => text.replace(/\{(\w+)\}/g, (whole, name) => String(gaps[name] ?? whole))

/** Raised digits as a mark: 10⁻³ becomes 10^{−3}. @param {string} text */
export const raised = (text) => text.replace(/[⁻⁰¹²³⁴-⁹]+/g, (all) => `^{${Array.from(all, (sign) => (sign === "⁻" ? "−" : RAISED.indexOf(sign))).join("")}}`)
