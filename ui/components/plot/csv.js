// The data of a chart as a table, one line per value. Numbers are written in the shortest form that reads back exactly.
import { numbers } from "./numbers.js"
import { plainText } from "./dom.js"

export function csv(figure) {
  const { layout } = figure
  const heading = (axis, name) => plainText((layout[axis] ?? layout.scene?.[axis])?.title?.text ?? "") || name
  const rows = [["series", heading("xaxis", "x"), heading("yaxis", "y"), heading("zaxis", "value")]]
  figure.data.forEach((trace, index) => {
    if (trace.hoverinfo === "skip") return // names, arrows and other marks that are not data
    const name = plainText(trace.name ?? "") || String(index + 1)
    if (trace.type === "scatter3d") rows.push(...inSpace(name, trace))
    else if (trace.z !== undefined) rows.push(...grid(name, trace))
    else rows.push(...points(name, trace))
  })
  const width = rows.some((row, index) => index && row.length > 3) ? 4 : 3
  return rows.map((row) => Array.from({ length: width }, (_, column) => cell(row[column])).join(",")).join("\r\n") + "\r\n"
}

function grid(name, trace) {
  const [x, y, z] = [numbers(trace.x), numbers(trace.y), numbers(trace.z)]
  return z.flatMap((row, r) => Array.from(row, (value, c) => [name, x?.[c] ?? c, y?.[r] ?? r, value]))
}

function inSpace(name, trace) {
  const [x, y, z] = [numbers(trace.x), numbers(trace.y), numbers(trace.z)]
  return Array.from(z, (value, i) => [name, x[i], y[i], value])
}

function points(name, trace) {
  const [x, y] = [numbers(trace.x), numbers(trace.y)]
  return Array.from(y ?? x ?? [], (_, i) => [name, x?.[i] ?? i, y?.[i] ?? null])
}

function cell(value) {
  if (value === undefined || value === null) return ""
  const text = String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
