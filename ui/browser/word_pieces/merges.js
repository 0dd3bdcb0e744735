// Cuts words into pieces with the first merges of a list, as rnn_core/apps/text/pieces.py does.

/** @param {[one: string, other: string][]} pairs @returns {Map<string, number>} */
export const ranksOf = (pairs) => new Map(pairs.map((pair, rank) => [keyOf(...pair), rank]))

/** @param {string} one @param {string} other */
const keyOf = (one, other) => `${one}\0${other}`

/** @param {string[]} words @param {Map<string, number>} ranks @param {number} count of merges */
export const cut = (words, ranks, count) => words.flatMap((word) => cutWord(word, ranks, count))

/** @param {string} word @param {Map<string, number>} ranks @param {number} count */
function cutWord(word, ranks, count) {
  let pieces = Array.from(word)
  for (;;) {
    let [best, at] = [count, -1]
    for (let place = 0; place + 1 < pieces.length; place++) {
      const rank = ranks.get(keyOf(pieces[place], pieces[place + 1]))
      if (rank < best) [best, at] = [rank, place]
    }
    if (at < 0) return pieces
    pieces = merged(pieces, pieces[at], pieces[at + 1])
  }
}

/** @param {string[]} pieces @param {string} one @param {string} other */
function merged(pieces, one, other) {
  /** @type {string[]} */
  const result = []
  for (const piece of pieces) {
    if (result.at(-1) === one && piece === other) result[result.length - 1] += piece
    else result.push(piece)
  }
  return result
}
