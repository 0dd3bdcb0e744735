// Numbers as people write them: 0.45, 0,45, −0.3, 4.5e-3, 4.5·10⁻³, 1/3, ½, 12%, ≈ 0.45, 负0.3.

/**
 * The number that somebody typed, or NaN. The same rules as read_number in rnn_core/studies/practice/typed.py.
 * @param {string} typed
 */
export function readNumber(typed) {
  if (typed.length > 60) return NaN
  const digits = "[+-]?(?:\\d+\\.?\\d*|\\.\\d+)"
  let text = typed.replace(/[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, (raised) => "^" + [...raised].map((sign) => "0123456789-+"["⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺".indexOf(sign)]).join(""))
  text = text.normalize("NFKC").trim().replace(/^[=≈~ ]+/, "").replace(/[−–—负負]/g, "-").replace(/。/g, ".").replace(/[⁄∕÷]/g, "/")
  if (/\d\s+\.?\d/.test(text)) return NaN // 1 1/2, 1 000
  text = text.replace(/\s/g, "")
  if (text.split(".").length === 3 || text.includes(",")) text = text.replace(/\.$/, "") // the full stop of a sentence
  if (text.split(",").length === 2 && !text.includes(".")) text = text.replace(",", ".")
  const [top, ...below] = text.split("/")
  if (below.length > 1) return NaN
  const value = below.length ? plainNumber(top, digits) / plainNumber(below[0], digits) : plainNumber(top, digits)
  return Number.isFinite(value) ? value : NaN
}

/**
 * @param {string} text
 * @param {string} digits
 */
function plainNumber(text, digits) {
  const times = text.match(new RegExp(`^(?:(${digits})[·*x×⋅∙])?10\\^\\(?([+-]?\\d{1,3})\\)?$`))
  if (times) return Number(`${times[1] ?? 1}e${times[2]}`)
  const found = text.match(new RegExp(`^(${digits})(?:e([+-]?\\d{1,3}))?(%)?$`, "i"))
  return found ? Number(`${found[1]}e${found[2] ?? 0}`) / (found[3] ? 100 : 1) : NaN
}
