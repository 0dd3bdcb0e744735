// Small helpers for the page. Words may carry a few marks (sub, sup, i, b); no text is ever read as HTML.
const MARK = /<(\/?)(sub|sup|i|b|br)>/

export function plainText(text) {
  return text.split(MARK).filter((_, i) => i % 3 === 0).join("")
}

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

export function element(tag, className, parent) {
  const made = document.createElement(tag)
  made.className = className
  parent?.append(made)
  return made
}
