// The height of the rows around a picture that fills the stage: the choice and the note above it, and the dock below it. frame.css
// takes them from the picture's height, so that a row whose parts wrap does not push the dock off the screen.

/** @type {Record<string, string>} the class of a row -> the variable of frame.css */
const ROWS = { "st-key-stage_top": "--above", "st-key-stage_note": "--said", "st-key-dock": "--dock" }
/** @type {Record<string, string>} what a row takes at least: a note with one line more must not move the picture while a dial moves */
const LEAST = { "--above": "0rem", "--said": "3.5rem", "--dock": "5.25rem" }
const ROW_GAP = 12 // pixels between two rows
const isWideWindow = matchMedia("(min-width: 861px)") // on a phone the page scrolls from the picture to the dock
/** @type {WeakMap<HTMLElement, HTMLElement>} */
const stageOf = new WeakMap()

const watchSize = new ResizeObserver((entries) => {
  for (const { target } of entries) tellHeight(/** @type {HTMLElement} */ (target))
})

/** @param {HTMLElement} row */
function tellHeight(row) {
  const name = Object.keys(ROWS).find((each) => row.classList.contains(each))
  const stage = stageOf.get(row)
  if (!name || !stage) return
  if (!row.isConnected) watchSize.unobserve(row)
  if (isWideWindow.matches && row.offsetHeight) stage.style.setProperty(ROWS[name], `max(${LEAST[ROWS[name]]}, ${row.offsetHeight + ROW_GAP}px)`)
  else stage.style.removeProperty(ROWS[name])
}

/** @param {HTMLElement} row */
function watchRow(row) {
  const stage = /** @type {HTMLElement | null} */ (row.closest(".st-key-stage"))
  if (!stage) return
  stageOf.set(row, stage)
  watchSize.observe(row)
}

// A row that comes to the page begins an animation that shows nothing (frame.css): watching the whole page for it would slow every dial.
addEventListener("animationstart", ({ animationName, target }) => {
  if (animationName === "stage-row-comes") watchRow(/** @type {HTMLElement} */ (target))
})
for (const name of Object.keys(ROWS)) document.querySelectorAll(`.${name}`).forEach((row) => watchRow(/** @type {HTMLElement} */ (row)))
