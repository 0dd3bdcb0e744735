// What can be looked up: pages, terms, presets, experiments and claims (ui/course/search). It is fetched once, when it is
// needed first, and works without the server from then on.

/** @typedef {{kind: string, title: string, text: string, also: string, address: string}} Entry */
/** @typedef {{kinds: Record<string, string>, entries: Entry[]}} Reference */

/** @param {string} address @returns {Promise<Reference>} */
export function reference(address) {
  const kept = window.unrolledReference
  if (kept?.address === address) return kept.read
  const read = fetch(new URL(address, document.baseURI))
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
    .then(({ kinds, entries }) => ({
      kinds,
      entries: entries.map(([kind, title, text, also, where]) => ({ kind, title, text, also, address: where })),
    }))
  window.unrolledReference = { address, read }
  read.catch(() => (window.unrolledReference = undefined)) // the next look-up asks again
  return read
}
