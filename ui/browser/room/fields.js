// The fields in which a student answers. Each has an element, tells when it changes, and gives an answer, or null.
import { make } from "../shared/elements.js"
import { readNumber } from "../shared/typed_number.js"
import { filled, withoutMarks, writeMarked } from "./marks.js"
import { Pad } from "./pad.js"

const LARGEST = 1e15 // that the room takes

/** @typedef {{ element: Element, answer: () => any, layOut?: () => void, clear?: () => void }} Field */

/** @returns {Field} */
export function fieldFor(question, before, words, changed) {
  return { choice, number, order, sketch }[question.kind](question, before, words, changed)
}

/** @returns {Field} */
function choice(question, before, _words, changed) {
  const element = make("fieldset", "options")
  element.append(make("legend", "sr", withoutMarks(question.text)))
  const boxes = question.options.map((text, at) => {
    const label = make("label", "option")
    const box = /** @type {HTMLInputElement} */ (make("input"))
    Object.assign(box, { type: "radio", name: "answer", value: String(at), checked: before === at, onchange: changed })
    const words = make("span")
    writeMarked(words, text)
    label.append(box, words)
    element.append(label)
    return box
  })
  const answer = () => {
    const at = boxes.findIndex((box) => box.checked)
    return at < 0 ? null : at
  }
  return { element, answer }
}

/** @returns {Field} */
function number(_question, before, words, changed) {
  const element = make("label", "number")
  const box = /** @type {HTMLInputElement} */ (make("input"))
  Object.assign(box, { type: "text", inputMode: "text", autocomplete: "off", maxLength: 40, placeholder: words.number_example, oninput: changed })
  if (before !== null) box.value = String(before)
  element.append(make("span", "", words.number), box)
  const answer = () => {
    const value = readNumber(box.value)
    return Math.abs(value) <= LARGEST ? value : null // NaN is not
  }
  return { element, answer }
}

/** @returns {Field} */
function order(question, before, words, changed) {
  const element = make("ol", "order")
  let shown = before ?? question.options.map((_, at) => at)
  let isMoved = before !== null
  const draw = (focused = -1, way = 0) => {
    const lines = shown.map((item, at) => {
      const line = make("li")
      const text = make("span")
      writeMarked(text, question.options[item])
      line.append(text)
      for (const by of [-1, 1]) {
        const button = /** @type {HTMLButtonElement} */ (make("button", "step", by < 0 ? "↑" : "↓"))
        const label = filled(by < 0 ? words.up : words.down, { item: withoutMarks(question.options[item]) })
        Object.assign(button, { type: "button", ariaLabel: label, disabled: !(at + by in shown) })
        button.onclick = () => {
          shown = shown.map((each, place) => (place === at ? shown[at + by] : place === at + by ? shown[at] : each))
          isMoved = true
          draw(at + by, by)
          changed()
        }
        line.append(button)
      }
      return line
    })
    element.replaceChildren(...lines)
    const buttons = lines[focused]?.querySelectorAll("button")
    if (buttons) (buttons[way < 0 ? 0 : 1].disabled ? buttons[way < 0 ? 1 : 0] : buttons[way < 0 ? 0 : 1]).focus()
  }
  draw()
  return { element, answer: () => (isMoved ? shown : null) }
}

/** @returns {Field} */
function sketch(question, before, words, changed) {
  const pad = new Pad(words, changed)
  pad.receive(question, before)
  const element = make("div", "sketch")
  element.append(pad.element)
  const layOut = () => {
    const { width, height } = element.getBoundingClientRect()
    if (width > 60) pad.layOut(Math.floor(width), Math.max(240, Math.floor(height)))
  }
  return { element, answer: () => (pad.isDrawn() ? pad.whole() : null), layOut, clear: () => pad.clear() }
}
