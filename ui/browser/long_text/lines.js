// Where the lines of a long text begin, and the arrays of bytes that come with it. A wide character takes two columns.

const FIRST_WIDE = 0x1100 // the first character of East Asian scripts

/** @param {string} character */
export const isWide = (character) => character.codePointAt(0) >= FIRST_WIDE && character !== "\u2026" && !isNarrowSign(character)

/** Signs of Western texts, such as quotation marks and dashes, and the sign of an unknown character. @param {string} character */
function isNarrowSign(character) {
  const code = character.codePointAt(0)
  return (code >= 0x2000 && code < 0x2e80) || code === 0xfffd
}

/**
 * The place of the first character of each line, and the text's length as the last entry. A line ends with a line break, or after
 * the last space that has room.
 * @param {string[]} characters
 * @param {number} columns
 */
export function lineStarts(characters, columns) {
  const starts = [0]
  let used = 0, space = -1
  for (let at = 0; at < characters.length; at += 1) {
    const width = isWide(characters[at]) ? 2 : 1
    if (used + width > columns && characters[at] !== "\n" && characters[at] !== " ") {
      const start = space >= starts[starts.length - 1] ? space + 1 : at
      starts.push(start)
      used = widthOf(characters, start, at)
    }
    used += width
    if (characters[at] === " ") space = at
    if (characters[at] === "\n") {
      starts.push(at + 1)
      used = 0
    }
  }
  if (starts[starts.length - 1] !== characters.length) starts.push(characters.length)
  return starts
}

/** @param {string[]} characters @param {number} start @param {number} end */
function widthOf(characters, start, end) {
  let width = 0
  for (let at = start; at < end; at += 1) width += isWide(characters[at]) ? 2 : 1
  return width
}

/** The line of a character. @param {number[]} starts @param {number} place */
export function lineOf(starts, place) {
  let low = 0, high = starts.length - 2
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (starts[middle] <= place) low = middle
    else high = middle - 1
  }
  return Math.max(0, low)
}

/** @param {string} text in base64 */
export function bytes(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
}
