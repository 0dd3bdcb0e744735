// Which entries a search shows, the best first. A search is words; each of them must be found in an entry.

const MOST_FOUND = 24
const BY_KIND = { page: 0.5, term: 0.4, experiment: 0.2, preset: 0.1, claim: 0 }
const PLACES = /** @type {const} */ ([["title", 3], ["also", 2], ["text", 1]])

/** Small letters without accents, so that what is typed need not have them. */
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()

/**
 * @param {import("../shared/reference.js").Entry[]} entries
 * @param {string} typed
 */
export function bestEntries(entries, typed) {
  const words = folded(typed).split(/\s+/).filter(Boolean)
  if (!words.length) return []
  const scored = entries.map((entry) => ({ entry, score: scoreOf(entry, words, folded(typed).trim()) }))
  return scored.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score).slice(0, MOST_FOUND).map(({ entry }) => entry)
}

function scoreOf(entry, words, whole) {
  let score = BY_KIND[entry.kind] ?? 0
  for (const word of words) {
    const found = Math.max(...PLACES.map(([place, weight]) => weight * inText(folded(entry[place]), word)))
    if (!found) return 0
    score += found
  }
  return score + 4 * Number(folded(entry.title) === whole)
}

/** 0: nowhere; more where a word of the text, or the text itself, begins with it. */
function inText(text, word) {
  const at = text.indexOf(word)
  if (at < 0) return 0
  return at === 0 ? 2 : /[\p{L}\p{N}]/u.test(text[at - 1]) ? 1 : 1.5
}
