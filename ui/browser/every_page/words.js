// What Streamlit's own widgets say, in the reader's language: it speaks English alone.
// It writes its words anew whenever it likes, so they are looked at again and again; in English, never.

const SIGHT = '[data-testid="stFileUploader"] :is(p, span), [data-testid="InputInstructions"] span'
const EVERY = 300 // milliseconds

let words = {}
let timer = null
const originals = new WeakMap() // of what was rewritten: {english, written}

/** `told`: English -> the reader's language; {size} stands for a file's size. Nothing for English. */
export function speak(told) {
  words = told
  if (Object.keys(words).length) timer ??= setInterval(rewrite, EVERY)
  if (timer) rewrite()
}

function rewrite() {
  for (const { firstChild: text } of document.querySelectorAll(SIGHT)) {
    if (text instanceof Text) inPlace(text, text.data, (said) => { text.data = said })
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
  const [, size, rest] = /^(\S+) per file(.*)$/.exec(english) ?? []
  if (size && words["{size} per file"]) return words["{size} per file"].replace("{size}", size) + rest
  return words[english] ?? english
}
