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

/** @param {Record<string, SolvedExercise>} solved */
export function keepProgress(solved) {
  try {
    localStorage.setItem(KEY, JSON.stringify(solved))
  } catch {
    // the page keeps them until the visit ends
  }
}
