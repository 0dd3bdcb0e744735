// A teacher's link fixes settings and leaves parts of the page out: ui/widgets/limits.py. The styles are in frame.css.

const KEY = /^[A-Za-z][A-Za-z0-9_-]*$/

let fixed = []
let isWatching = false

/** @param {FrameMessage["limits"]} limits */
export function limit(limits) {
  const root = document.documentElement
  if (limits.without.length) root.dataset.without = limits.without.join(" ")
  else delete root.dataset.without
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
