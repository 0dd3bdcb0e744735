// A question of a tour or a lesson plan: its answers as buttons, or a field for the reader's own; then the reason.
import { fieldFor } from "../room/fields.js"
import { make } from "./elements.js"

/**
 * @param {QuestionMessage} ask
 * @param {QuestionWords} words
 * @param {(given: any) => void} answered
 * @param {any} given the answer that was given before, or null
 */
export function questionBox(ask, words, answered, given = null) {
  const box = make("div", "question")
  const reason = make("p", "reason")
  reason.setAttribute("role", "status")
  const says = (text, isRight = false) => {
    reason.textContent = text.trim()
    reason.classList.toggle("right", isRight)
  }
  box.append(make("p", "asked", ask.text))
  if (ask.kind === "choice") box.append(...choices(ask, words, says, answered, given))
  else if (ask.kind === "open") box.append(field(ask, words, says, answered, given))
  else box.append(...roomField(ask, words, says, answered, given))
  box.append(reason)
  return box
}

function choices(ask, words, says, answered, given) {
  const choose = (at) => {
    for (const [i, each] of buttons.entries()) each.setAttribute("aria-pressed", String(i === at))
    says(`${at === ask.right ? words.yes : words.no} ${ask.reason}`, at === ask.right)
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

/** A number, an order or a sketch, in the field that a student of a room has. */
function roomField(ask, words, says, answered, given) {
  const button = /** @type {HTMLButtonElement} */ (make("button", "give", words.answer))
  button.type = "button"
  const made = fieldFor({ ...ask, options: ask.answers }, given, words, () => (button.disabled = made.answer() === null))
  button.disabled = made.answer() === null
  const show = (answer) => {
    const isRight = answersRightly(ask, answer)
    says(isRight === null ? ask.reason : `${isRight ? words.yes : words.no} ${ask.reason}`, isRight === true)
  }
  button.onclick = () => {
    const answer = made.answer()
    show(answer)
    answered(answer)
  }
  made.element.addEventListener("keydown", (event) => {
    if (/** @type {KeyboardEvent} */ (event).key === "Enter" && event.target instanceof HTMLInputElement) button.click()
    event.stopPropagation() // the arrow keys of the field do not lead to another stop
  })
  if (made.layOut) new ResizeObserver(() => made.layOut?.()).observe(made.element)
  const row = make("div", "give_row")
  row.append(button)
  if (made.clear) {
    const again = /** @type {HTMLButtonElement} */ (make("button", "give", words.clear))
    again.type = "button"
    again.onclick = () => made.clear?.()
    row.append(again)
  }
  if (given !== null) show(given)
  return [made.element, row]
}

/** Null where no answer is right or wrong. @param {QuestionMessage} ask @param {any} answer */
function answersRightly({ kind, right, tolerance }, answer) {
  if (right === null) return null
  return kind === "number" ? Math.abs(answer - Number(right)) <= tolerance : String(answer) === String(right)
}
