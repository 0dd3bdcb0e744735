// A coloured text. It has no state: every message draws it anew. What is shown is set as text, never as HTML.
import { styleSheet } from "../shared/styles.js"
import { backgroundOf, isDark } from "../shared/theme.js"

export default function ({ data, parentElement }) {
  const title = Object.assign(document.createElement("div"), { className: "title", textContent: data.title })
  const text = Object.assign(document.createElement("div"), { className: "text" })
  text.style.height = `${data.height - 62}px`
  text.setAttribute("role", "img")
  text.setAttribute("aria-label", data.alt)
  const foot = Object.assign(document.createElement("div"), { className: "foot", textContent: data.words.help })
  parentElement.replaceChildren(styleSheet(), title, text, foot)
  const dark = isDark(backgroundOf(text)) ? 1 : 0
  const [low, , high] = data.colours.map((pair) => pair[dark])
  const characters = Array.from(data.text)
  text.append(
    ...characters.map((character, at) => {
      const value = data.values[at]
      const letter = document.createElement("span")
      letter.textContent = character === "\n" ? "↵\n" : character
      letter.style.background = `color-mix(in srgb, ${value < 0 ? low : high} ${Math.round(Math.abs(value) * 0.75)}%, transparent)`
      letter.dataset.at = at
      return letter
    }),
  )
  text.onpointerover = (event) => {
    const at = event.target.dataset?.at
    if (at === undefined) return
    const shown = { " ": "␣", "\n": "↵" }[characters[at]] ?? characters[at]
    foot.textContent = data.words.value.replace("{value}", (data.values[at] / 100).toFixed(2)).replace("{character}", () => shown)
  }
  text.onpointerleave = () => (foot.textContent = data.words.help)
}
