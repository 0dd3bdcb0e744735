// The curtain over a view: the class thinks and answers first. The teacher lifts it with R, a student's copy with the student's own answer.
import { isLifted, letterOf, setCurtain, toggleBlack } from "../shared/curtain.js"
import { make } from "../shared/elements.js"
import { questionBox } from "../shared/question.js"
import { styleSheet } from "../shared/styles.js"

export class CurtainView {
  /** @param {ShadowRoot} parent */
  constructor(parent) {
    this.parent = parent
    this.card = make("section", "card")
    parent.append(styleSheet(), this.card)
    this.onKey = (event) => this.press(event)
    document.addEventListener("keydown", this.onKey, true) // before the page, which would run again at R
  }

  /** @param {CurtainMessage} data */
  receive(data) {
    const shown = JSON.stringify(data)
    if (shown === this.shown) return
    this.shown = shown
    if (this.data?.id !== data.id) {
      setCurtain(false)
      this.given = null
    }
    this.data = data
    this.build()
  }

  /** Whether this copy waits for the reader's own answer. */
  get waits() {
    return this.data.is_student && this.data.ask !== null && this.given === null
  }

  build() {
    const { ask, words, is_student } = this.data
    const lift = /** @type {HTMLButtonElement} */ (make("button", "lift", words.lift))
    lift.type = "button"
    lift.hidden = this.waits
    lift.onclick = () => setCurtain(true, this.given)
    const row = make("div", "row")
    row.append(lift)
    if (!is_student) row.append(make("span", "keys", words.keys))
    const answered = (given) => {
      this.given = given
      lift.hidden = false
      lift.focus()
    }
    this.card.setAttribute("aria-label", ask?.text ?? words.covered)
    this.card.replaceChildren(ask ? questionBox(ask, words, answered, this.given) : make("p", "asked", words.covered), row)
  }

  press(event) {
    const letter = letterOf(event)
    if (!this.data || (letter !== "r" && letter !== "b") || this.data.is_student) return
    event.preventDefault()
    event.stopPropagation()
    if (letter === "b") toggleBlack()
    else setCurtain(!isLifted(), this.given)
  }

  destroy() {
    document.removeEventListener("keydown", this.onKey, true)
    document.documentElement.removeAttribute("data-black")
    setCurtain(false)
    this.parent.replaceChildren()
  }
}
