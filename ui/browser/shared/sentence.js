// A sentence of the page in a part. What stands between ** is strong; all else is text, and nothing is read as HTML.

/** @param {HTMLElement} place */
export function writeSentence(place, sentence) {
  const pieces = sentence.split("**").map((text, at) => Object.assign(document.createElement(at % 2 ? "strong" : "span"), { textContent: text }))
  place.replaceChildren(...pieces)
}
