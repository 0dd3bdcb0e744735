// A text with a colour behind each character. It has no state: every message draws it anew. All texts are set as text, not as HTML.
import { styleSheet } from "../shared/styles.js"
import { backgroundOf, isDark } from "../shared/theme.js"

/** @param {PartCall<LettersMessage>} component */
export default function ({ data, parentElement }) {
  const title = Object.assign(document.createElement("div"), { className: "title", textContent: data.title })
  const text = Object.assign(document.createElement("div"), { className: "text" })
  text.style.height = `${data.height - 62}px`
  text.setAttribute("role", "img")
  text.setAttribute("aria-label", data.alt)
  const foot = Object.assign(document.createElement("div"), { className: "foot", textContent: data.words.help })
  parentElement.replaceChildren(styleSheet(), title, text, foot)
  const theme = isDark(backgroundOf(text)) ? 1 : 0
  const [low, , high] = data.colours.map((pair) => pair[theme])
  const characters = Array.from(data.text)
  text.append(
    ...characters.map((character, at) => {
      const value = data.values[at]
      const letter = document.createElement("span")
      letter.textContent = character === "\n" ? "↵\n" : character
      letter.style.background = `color-mix(in srgb, ${value < 0 ? low : high} ${Math.round(Math.abs(value) * 0.75)}%, transparent)`
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
}
