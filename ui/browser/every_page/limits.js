// A teacher's link fixes settings and leaves parts of the page out: ui/widgets/limits.py. The styles are in frame.css, but
// for this one, which is in the page only when it is needed: alone.js says why.
const NO_TEXT = `
.stMainBlockContainer:has(.st-key-stage_row) > [data-testid="stVerticalBlock"] > :not(:has(.st-key-stage_row, .st-key-head, .st-key-top_bar, .st-key-page_foot, .st-key-curtain)) { display: none !important; }
`
const KEY = /^[A-Za-z][A-Za-z0-9_-]*$/

const textSheet = document.createElement("style")
textSheet.textContent = NO_TEXT
let fixed = []
let isWatching = false

/** @param {FrameMessage["limits"]} limits */
export function limit(limits) {
  const root = document.documentElement
  if (limits.without.length) root.dataset.without = limits.without.join(" ")
  else delete root.dataset.without
  if (limits.without.includes("text")) document.head.append(textSheet)
  else textSheet.remove()
  for (const each of fixed.flatMap(controlsOf)) each.inert = false
  fixed = limits.fixed.filter((name) => KEY.test(name))
  fixNow()
  if (!fixed.length || isWatching) return
  isWatching = true // the page makes its widgets after this, and anew in later runs
  new MutationObserver(fixNow).observe(document.body, { childList: true, subtree: true })
}

function fixNow() {
  for (const each of fixed.flatMap(controlsOf)) if (!each.inert) each.inert = true
}

/** The control of a setting: a widget, a dial, or the main dial of a cell's diagram. @returns {HTMLElement[]} */
function controlsOf(name) {
  const found = [...document.querySelectorAll(`.st-key-${name}, .st-key-dial_${name}`)]
  for (const place of document.querySelectorAll(".st-key-stepper [data-part]")) {
    found.push(...(place.shadowRoot?.querySelectorAll(`[data-dial="${name}"]`) ?? []))
  }
  return /** @type {HTMLElement[]} */ (found)
}
