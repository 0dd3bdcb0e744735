// The numbers that a question gives, as a table with its head in the first row.
import { make } from "../shared/elements.js"
import { writeMarked } from "./marks.js"

/** @param {string[][]} rows */
export function givenTable(rows) {
  const box = make("div", "table")
  const table = make("table")
  rows.forEach((row, at) => {
    const line = make("tr")
    row.forEach((text, column) => writeMarked(line.appendChild(make(at === 0 || column === 0 ? "th" : "td")), text))
    table.append(line)
  })
  box.append(table)
  box.tabIndex = 0 // it may scroll
  return box
}
