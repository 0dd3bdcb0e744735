// A text with a colour behind each character. It has no state: every message draws it anew. All texts are set as text, not as HTML.
// Where the page asks for it, the range of characters that the reader selects is sent.
import { selectedRange } from "../shared/selected_range.js"
import { styleSheet } from "../shared/styles.js"
import { backgroundOf, isDark } from "../shared/theme.js"

const MOST = [0.75, 0.55] // of the colour, on a light and on a dark page: more would leave the character's contrast below 4.5

/** @param {PartCall<LettersMessage>} component */
export default function ({ data, parentElement, setStateValue }) {
  const title = Object.assign(document.createElement("div"), { className: "title", textContent: data.title })
  const text = Object.assign(document.createElement("div"), { className: "text" })
  if (data.fills_stage) text.classList.add("large")
  else text.style.height = `${data.height - 62}px`
  text.tabIndex = 0 // it scrolls
  text.setAttribute("role", "img")
  text.setAttribute("aria-label", data.alt)
  const foot = Object.assign(document.createElement("div"), { className: "foot", textContent: data.words.help })
  parentElement.replaceChildren(styleSheet(), title, text, foot)
  const theme = isDark(backgroundOf(text)) ? 1 : 0
  const [low, , high] = data.colours.map((pair) => pair[theme])
  const characters = Array.from(data.text)
  const marks = new Set(data.marks)
  text.append(
    ...characters.map((character, at) => {
      const value = data.values[at]
      const letter = document.createElement("span")
      letter.textContent = character === "\n" ? "↵\n" : character
      letter.style.background = `color-mix(in srgb, ${value < 0 ? low : high} ${Math.round(Math.abs(value) * MOST[theme])}%, transparent)`
      if (marks.has(at)) letter.className = "mark"
      letter.dataset.at = String(at)
      return letter
    }),
  )
  text.onpointerover = ({ target }) => {
    const at = Number(/** @type {HTMLElement} */ (target).dataset.at ?? -1)
    if (at < 0) return
    const visible = { " ": "␣", "\n": "↵" }[characters[at]] ?? characters[at]
    foot.textContent = data.words.value.replace("{value}", (data.values[at] / 100).toFixed(2)).replace("{character}", () => visible)
  }
  text.onpointerleave = () => (foot.textContent = data.words.help)
  if (!data.selects) return
  text.onpointerup = () => {
    const range = selectedRange(/** @type {ShadowRoot} */ (text.getRootNode()), text)
    if (range) setStateValue("range", range)
  }
}
