// The browser's memory of the solved exercises. A browser may refuse storage: then the list lasts for the visit alone.
const KEY = "unrolled.solved"

/** @returns {Record<string, SolvedExercise>} */
export function keptProgress() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}")
    return kept && typeof kept === "object" && !Array.isArray(kept) ? kept : {}
  } catch {
    return {}
  }
}

/**
 * One more, or the same in a better way: with fewer hints, or with as many and fewer tries.
 * @param {string} name
 * @param {SolvedExercise} solved
 */
export function addSolved(name, solved) {
  const kept = keptProgress()
  const known = kept[name]
  const isBetter = !known || solved.hints < known.hints || (solved.hints === known.hints && solved.tries < known.tries)
  if (isBetter) keepProgress({ ...kept, [name]: solved })
}

/** @param {Record<string, SolvedExercise>} solved */
export function keepProgress(solved) {
  try {
    localStorage.setItem(KEY, JSON.stringify(solved))
  } catch {
    // the page keeps them until the visit ends
  }
}
