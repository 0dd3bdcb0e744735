// The height of the rows around a picture that fills the stage: the choice and the note above it, the player and the remark of a
// chart, and the dock below. frame.css takes them from the picture's height, so that a row whose parts wrap does not push the dock
// off the screen. Rules with :has() that found these rows would be computed anew at each change of a diagram.

/**
 * @typedef {object} Row
 * @property {string} variable of frame.css
 * @property {string} least what it takes at least: a note with one line more must not move the picture while a dial moves
 * @property {number} gap pixels to the next row
 */

/** @type {Record<string, Row>} by their classes */
const ROWS = {
  "st-key-stage_top": { variable: "--above", least: "0rem", gap: 12 },
  "st-key-stage_note": { variable: "--said", least: "3.5rem", gap: 12 },
  "st-key-stage_strip": { variable: "--strip", least: "0rem", gap: 12 },
  "st-key-dock": { variable: "--dock", least: "5.25rem", gap: 12 },
  player: { variable: "--player", least: "0rem", gap: 4 },
  note: { variable: "--note", least: "0rem", gap: 4 },
}
const isWideWindow = matchMedia("(min-width: 861px)") // on a phone the page scrolls from the picture to the dock
/** @type {Map<HTMLElement, {stage: HTMLElement, name: string, height: number}>} the rows that are on the page */
const rows = new Map()

const watchSize = new ResizeObserver((entries) => {
  for (const { target } of entries) tellHeight(/** @type {HTMLElement} */ (target))
})

/** Of several charts with such a row, the highest counts. @param {HTMLElement} row */
function tellHeight(row) {
  const known = rows.get(row)
  if (!known) return
  known.height = row.offsetHeight
  if (!row.isConnected) {
    rows.delete(row)
    watchSize.unobserve(row)
  }
  const { variable, least, gap } = ROWS[known.name]
  const alike = [...rows.values()].filter(({ stage, name }) => stage === known.stage && name === known.name)
  const height = Math.max(0, ...alike.map((each) => each.height))
  if (isWideWindow.matches && height) known.stage.style.setProperty(variable, `max(${least}, ${height + gap}px)`)
  else known.stage.style.removeProperty(variable)
}

/** @param {HTMLElement} row */
function watchRow(row) {
  const stage = /** @type {HTMLElement | null} */ (row.closest(".st-key-stage"))
  const name = Object.keys(ROWS).find((each) => row.classList.contains(each))
  if (!stage || !name) return
  rows.set(row, { stage, name, height: 0 })
  watchSize.observe(row)
}

// A row that comes to the page begins an animation that shows nothing (frame.css): watching the whole page for it would slow every dial.
addEventListener("animationstart", ({ animationName, target }) => {
  if (animationName === "stage-row-comes") watchRow(/** @type {HTMLElement} */ (target))
})
for (const name of Object.keys(ROWS)) document.querySelectorAll(`.st-key-stage .${name}`).forEach((row) => watchRow(/** @type {HTMLElement} */ (row)))
