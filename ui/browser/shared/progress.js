// What this browser has done: the pages visited, the questions answered rightly, the tours finished. Nothing is sent: the lists
// stay in the browser, until the reader has them forgotten.
export const DONE = /** @type {const} */ (["visited", "answered", "toured"])
export const MARKED = "unrolled:marked" // the window's event when a list has grown
const MOST = 500 // entries of a list
const LONGEST = 80 // characters of an entry

const storageKey = (list) => `unrolled.${list}`

/**
 * @param {typeof DONE[number]} list
 * @returns {Set<string>}
 */
export function doneIn(list) {
  try {
    const kept = JSON.parse(localStorage.getItem(storageKey(list)) ?? "[]")
    const isEntry = (each) => typeof each === "string" && each.length <= LONGEST
    return new Set(Array.isArray(kept) ? kept.slice(0, MOST).filter(isEntry) : [])
  } catch {
    return new Set() // no storage, or another program's text in it
  }
}

/**
 * @param {typeof DONE[number]} list
 * @param {string[]} names
 */
export function markDone(list, ...names) {
  const known = doneIn(list)
  if (names.every((name) => known.has(name))) return
  try {
    localStorage.setItem(storageKey(list), JSON.stringify([...new Set([...known, ...names])]))
    dispatchEvent(new Event(MARKED))
  } catch {
    // storage is full or forbidden: the page works without
  }
}

export function forgetAll() {
  for (const list of DONE) localStorage.removeItem(storageKey(list))
}
