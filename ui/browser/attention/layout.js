// Where the symbols lie. On a wide stage what is read is above and what is written below; on a narrow one left and right.

const LARGEST = 2.75, GAP = 0.14 // in rem; of a letter's size, between two symbols

/**
 * @param {string[]} symbols
 * @param {number} length of the row
 * @param {(text: string, size: number) => number} measure
 */
export function spread(symbols, length, measure, rem) {
  let size = LARGEST * rem
  const total = () => symbols.reduce((sum, symbol) => sum + widthOf(symbol, size, measure), 0)
  while (total() > length && size > 9) size -= 1
  const free = Math.max(0, length - total()) / symbols.length
  let along = 0
  const centres = symbols.map((symbol) => {
    const width = widthOf(symbol, size, measure) + free
    along += width
    return along - width / 2
  })
  return { size, centres }
}

/** A word needs a gap; letters of one word are spread evenly. */
const widthOf = (symbol, size, measure) => Math.max(measure(symbol, size) + GAP * size * (symbol.length > 1 ? 4 : 1), size * 0.5)

/** The same for rows that run downwards: one line for each symbol. */
export function stacked(symbols, length) {
  const slot = length / symbols.length
  return { size: Math.min(22, Math.max(10, slot * 0.8)), centres: symbols.map((_, at) => (at + 0.5) * slot) }
}

/** A band from a read symbol to a written one, drawn from border to border. */
export function band(from, to, near, far, isTall) {
  const middle = (near + far) / 2
  const at = (along, across) => (isTall ? `${across.toFixed(1)} ${along.toFixed(1)}` : `${along.toFixed(1)} ${across.toFixed(1)}`)
  return `M${at(from, near)}C${at(from, middle)} ${at(to, middle)} ${at(to, far)}`
}
