// A question of a tour or a lesson plan: its answers as buttons, or a field for an open one; then the reason.
import { make } from "./elements.js"

/**
 * @param {QuestionMessage} ask
 * @param {Words<"yes" | "no" | "own_answer" | "answer">} words
 * @param {(given: number | string) => void} answered
 * @param {number | string | null} given the answer that was given before
 */
export function questionBox(ask, words, answered, given = null) {
  const box = make("div", "question")
  const reason = make("p", "reason")
  reason.setAttribute("role", "status")
  const says = (text) => (reason.textContent = text.trim())
  box.append(make("p", "asked", ask.text))
  if (ask.answers.length) box.append(...choices(ask, words, says, reason, answered, given))
  else box.append(field(ask, words, says, answered, given))
  box.append(reason)
  return box
}

function choices(ask, words, says, reason, answered, given) {
  const choose = (at) => {
    for (const [i, each] of buttons.entries()) each.setAttribute("aria-pressed", String(i === at))
    says(`${at === ask.right ? words.yes : words.no} ${ask.reason}`)
    reason.classList.toggle("right", at === ask.right)
  }
  const buttons = ask.answers.map((text, at) => {
    const button = make("button", "answer", text)
    button.setAttribute("type", "button")
    button.setAttribute("aria-pressed", "false")
    button.onclick = () => {
      choose(at)
      answered(at)
    }
    return button
  })
  if (given !== null) choose(given)
  return buttons
}

function field(ask, words, says, answered, given) {
  const form = make("form", "own")
  const input = /** @type {HTMLInputElement} */ (make("input", ""))
  input.maxLength = 200
  input.value = given ?? ""
  input.setAttribute("aria-label", words.own_answer)
  input.placeholder = words.own_answer
  const button = make("button", "give", words.answer)
  form.append(input, button)
  form.onsubmit = (event) => {
    event.preventDefault()
    if (!input.value.trim()) return
    says(ask.reason)
    answered(input.value)
  }
  if (given !== null) says(ask.reason)
  return form
}
