// The dial: a native slider, so that pointer, finger, keys and screen readers find what they know.
import { forgetDial, showDial } from "../shared/dials.js"
import { styleSheet } from "../shared/styles.js"

const KEYS_REST = 150 // milliseconds after the last key: a key that is held moves the dial thirty times a second

export class DialView {
  /** @param {ShadowRoot} parent */
  constructor(parent) {
    this.parent = parent
    this.path = location.pathname
    this.told = 0 // when the page was last told a value
    this.input = Object.assign(document.createElement("input"), { type: "range", id: "dial", step: 1 })
    this.label = Object.assign(document.createElement("label"), { htmlFor: "dial" })
    this.value = document.createElement("span")
    this.value.className = "value"
    this.value.setAttribute("aria-hidden", "true") // the slider says its value itself
    const head = document.createElement("div")
    head.className = "head"
    head.append(this.label, this.value)
    parent.append(styleSheet(), head, this.input)
    this.input.addEventListener("input", () => this.move())
    this.input.addEventListener("change", () => this.restSoon())
    this.input.addEventListener("blur", () => this.waiting && this.writeAddress()) // perhaps a link was clicked
    this.input.addEventListener("pointerdown", () => (this.isHeld = true))
    for (const over of ["pointerup", "pointercancel"]) this.input.addEventListener(over, () => (this.isHeld = false))
  }

  /**
   * @param {DialMessage} data
   * @param {SendDial} setStateValue
   */
  receive(data, setStateValue) {
    this.data = data
    this.setStateValue = setStateValue
    this.label.textContent = data.label
    Object.assign(this.input, { min: data.low, max: data.high, disabled: data.disabled })
    const isBehind = this.isHeld || this.waiting || data.answered < this.told // the reader has moved it since
    if (!isBehind) {
      this.input.value = String(data.value)
      showDial(data.key, data.value, false)
      this.writeAddress() // an answer to an earlier run may have taken it out
    }
    this.write()
  }

  move() {
    this.write()
    showDial(this.data.key, this.input.valueAsNumber, true)
  }

  write() {
    const { low, high, words } = this.data
    const value = this.input.valueAsNumber
    this.value.textContent = String(value)
    this.input.setAttribute("aria-valuetext", words.value.replace("{value}", String(value)).replace("{most}", String(high)))
    this.input.style.setProperty("--share", String((value - low) / (high - low)))
  }

  restSoon() {
    clearTimeout(this.waiting)
    this.waiting = setTimeout(() => this.rest(), this.isHeld ? 0 : KEYS_REST)
  }

  /** The page is told where the dial has come to rest. */
  rest() {
    this.waiting = undefined
    this.writeAddress()
    this.told = Date.now()
    this.setStateValue("moved", { value: this.input.valueAsNumber, at: this.told })
  }

  /** As the page will write it: who leaves before it has answered comes back to what was seen. */
  writeAddress() {
    if (this.path !== location.pathname) return // the page is being left
    const { key, usual } = this.data
    const url = new URL(location.href)
    if (this.input.valueAsNumber === usual) url.searchParams.delete(key)
    else url.searchParams.set(key, this.input.value)
    if (url.href !== location.href) history.replaceState(history.state, "", url)
  }

  destroy() {
    clearTimeout(this.waiting)
    forgetDial(this.data.key)
    this.parent.replaceChildren()
  }
}
