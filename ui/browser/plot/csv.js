// The data of a chart as a table, one line per value. Numbers are written in the shortest form that reads back exactly.
import { numbers } from "./numbers.js"
import { plainText } from "./dom.js"

/** @typedef {ArrayLike<any> | undefined} Values */
/** @typedef {any[]} Row */

/** @param {Figure} figure */
export function csv(figure) {
  const { layout } = figure
  /**
   * @param {string} axis
   * @param {string} name
   */
  const heading = (axis, name) => plainText((layout[axis] ?? layout.scene?.[axis])?.title?.text ?? "") || name
  /** @type {Row[]} */
  const rows = [["series", heading("xaxis", "x"), heading("yaxis", "y"), heading("zaxis", "value")]]
  figure.data.forEach((trace, index) => {
    if (trace.hoverinfo === "skip") return // names, arrows and other marks that are not data
    const name = plainText(trace.name ?? "") || String(index + 1)
    const [x, y, z] = [named(trace.x, layout[axisOf("x", trace)]), named(trace.y, layout[axisOf("y", trace)]), numbers(trace.z)]
    if (trace.type === "scatter3d") rows.push(...inSpace(name, x, y, z))
    else if (z !== undefined) rows.push(...grid(name, x, y, z))
    else rows.push(...points(name, x, y, trace))
  })
  const width = rows.some((row, index) => index && row.length > 3) ? 4 : 3
  return rows.map((row) => Array.from({ length: width }, (_, column) => cell(row[column])).join(",")).join("\r\n") + "\r\n"
}

/**
 * @param {"x" | "y"} letter
 * @param {Trace} trace
 */
const axisOf = (letter, trace) => `${letter}axis${(trace[`${letter}axis`] ?? letter).slice(1)}`

/**
 * The names of the values, where the axis names all of them and has no title: an axis with the title "unit" counts its values.
 * @param {any} values
 * @param {Layout} [axis]
 * @returns {Values}
 */
function named(values, axis) {
  const [found, ticks] = [numbers(values), numbers(axis?.tickvals)]
  if (!found || !ticks || !axis.ticktext || axis.title?.text) return found
  const places = Array.from(found, (value) => ticks.indexOf(value))
  return places.includes(-1) ? found : places.map((place) => plainText(String(axis.ticktext[place])))
}

/**
 * @param {string} name
 * @param {Values} x
 * @param {Values} y
 * @param {ArrayLike<any>[]} z
 * @returns {Row[]}
 */
function grid(name, x, y, z) {
  return z.flatMap((row, r) => Array.from(row, (value, c) => [name, x?.[c] ?? c, y?.[r] ?? r, value]))
}

/**
 * @param {string} name
 * @param {Values} x
 * @param {Values} y
 * @param {Values} z
 * @returns {Row[]}
 */
function inSpace(name, x, y, z) {
  return Array.from(z, (value, i) => [name, x[i], y[i], value])
}

/**
 * Points with a text each, such as those of a map, are named by their texts.
 * @param {string} name
 * @param {Values} x
 * @param {Values} y
 * @param {Trace} trace
 * @returns {Row[]}
 */
function points(name, x, y, { type, text }) {
  const words = type === "scatter" && Array.isArray(text) ? text.map((word) => plainText(String(word))) : []
  return Array.from(y ?? x ?? [], (_, i) => [words[i] || name, x?.[i] ?? i, y?.[i] ?? null])
}

/** @param {any} value */
function cell(value) {
  if (value === undefined || value === null) return ""
  const text = String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
