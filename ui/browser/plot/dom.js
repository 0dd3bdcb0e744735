// Elements and texts. A text may hold a few tags (sub, sup, i, b, br); no text is set as HTML.
const MARK = /<(\/?)(sub|sup|i|b|br)>/

/** @param {string} text */
export function plainText(text) {
  return text.split(MARK).filter((_, i) => i % 3 === 0).join("")
}

/**
 * @param {string} text
 * @param {Element} parent
 */
export function richText(text, parent) {
  parent.replaceChildren()
  let open = parent
  text.split(MARK).forEach((piece, i, pieces) => {
    if (i % 3 === 0) open.append(piece)
    if (i % 3 !== 2) return
    if (piece === "br") open.append(document.createElement("br"))
    else if (pieces[i - 1] === "/") open = open === parent ? parent : open.parentElement
    else open = open.appendChild(document.createElement(piece))
  })
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} className
 * @param {Element} [parent]
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, className, parent) {
  const made = document.createElement(tag)
  made.className = className
  parent?.append(made)
  return made
}

/**
 * A place in the window as seen from an element's left edge, in the element's own pixels: it may be shown larger (shared/shown.js).
 * @param {HTMLElement} box
 * @param {number} clientX
 */
export function leftIn(box, clientX) {
  const { left, width } = box.getBoundingClientRect()
  return ((clientX - left) * box.offsetWidth) / width
}
