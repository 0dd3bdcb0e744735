// The state of the curtain, which the curtain itself and the card of a lesson share: it is down until it is lifted for the present view.
export const CURTAIN = /** @type {const} */ ("unrolled:curtain")

export const isLifted = () => document.documentElement.dataset.curtain === "up"

/** @param {boolean} isUp @param {number | string | null} given the answer that was given on the curtain */
export function setCurtain(isUp, given = null) {
  if (isUp) document.documentElement.dataset.curtain = "up"
  else delete document.documentElement.dataset.curtain
  dispatchEvent(new CustomEvent(CURTAIN, { detail: { isUp, given } }))
}

/** A black screen, so that a class looks at its teacher. */
export function toggleBlack() {
  document.documentElement.toggleAttribute("data-black")
}

/** The letter that a teacher presses for the whole page, or nothing while somebody types. @param {KeyboardEvent} event */
export function letterOf(event) {
  const from = /** @type {HTMLElement} */ (event.composedPath()[0])
  const isTyping = from.matches?.("input:not([type=range]):not([type=checkbox]), textarea, select, [role=combobox], [contenteditable]")
  if (event.defaultPrevented || isTyping || event.ctrlKey || event.metaKey || event.altKey) return ""
  return event.key.length === 1 ? event.key.toLowerCase() : event.key
}
