// Translations of the labels of Streamlit's own widgets, which exist in English only.
// Streamlit rewrites them at any time, so they are checked at intervals; on English pages there is nothing to do.

const SIGHT = '[data-testid="stFileUploader"] :is(p, span), [data-testid="InputInstructions"] span'
const EVERY = 300 // milliseconds
const WITH_SIZE = [
  { found: /^(\S+) per file(.*)$/, name: "{size} per file" },
  { found: /^File must be (\S+) or smaller\.(.*)$/, name: "File must be {size} or smaller." },
]

let words = {}
let timer = null
const originals = new WeakMap() // of what was rewritten: {english, written}

/** `translations`: English -> the reader's language; {size} stands for a file's size. Nothing for English. */
export function translateStreamlit(translations) {
  words = translations
  if (Object.keys(words).length) timer ??= setInterval(rewrite, EVERY)
  if (timer) rewrite()
}

function rewrite() {
  for (const { childNodes } of document.querySelectorAll(SIGHT)) {
    for (const text of childNodes) {
      if (text instanceof Text) inPlace(text, text.data, (said) => { text.data = said })
    }
  }
  for (const element of document.querySelectorAll("[aria-label]")) {
    inPlace(element, element.getAttribute("aria-label"), (said) => element.setAttribute("aria-label", said))
  }
}

function inPlace(place, now, write) {
  const known = originals.get(place)
  const english = known?.written === now ? known.english : now
  const said = translated(english)
  if (said === now) return
  write(said)
  originals.set(place, { english, written: said })
}

function translated(english) {
  for (const { found, name } of WITH_SIZE) {
    const [, size, rest] = found.exec(english) ?? []
    if (size && words[name]) return words[name].replace("{size}", size) + rest
  }
  return words[english] ?? english
}
