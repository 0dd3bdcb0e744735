// The dial: a native slider, so that pointer, finger, keys and screen readers find what they know.
import { DIAL_RESTS, SET_DIAL, forgetDial, hasPreviews, showDial } from "../shared/dials.js"
import { styleSheet } from "../shared/styles.js"

const KEYS_REST = 150 // milliseconds after the last key: a key that is held moves the dial thirty times a second

/** What stands beside the value. */
const NOTES = { sigmoid: (value, step) => `σ(${written(value, step)}) = ${(1 / (1 + Math.exp(-value))).toFixed(2)}` }

/** With as many decimals as a step has. */
const written = (value, step) => value.toFixed(Number.isInteger(step) ? 0 : String(step).split(".")[1].length).replace("-", "−")

export class DialView {
  /** @param {ShadowRoot} parent */
  constructor(parent) {
    this.parent = parent
    this.path = location.pathname
    this.reportedAt = 0 // when the page last got a value
    this.input = Object.assign(document.createElement("input"), { type: "range", id: "dial", step: 1 })
    this.label = Object.assign(document.createElement("label"), { htmlFor: "dial" })
    this.value = document.createElement("span")
    this.value.className = "value"
    this.value.setAttribute("aria-hidden", "true") // the slider says its value itself
    const head = document.createElement("div")
    head.className = "head"
    this.note = document.createElement("span")
    this.note.className = "note"
    head.append(this.label, this.note, this.value)
    parent.append(styleSheet(), head, this.input)
    this.onSet = (event) => this.set(event.detail)
    addEventListener(SET_DIAL, this.onSet)
    this.input.addEventListener("input", () => this.move())
    this.input.addEventListener("change", () => this.restSoon())
    this.input.addEventListener("blur", () => this.leave())
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
    if (this.asksPage() && this.isHeld && data.answered >= this.reportedAt && this.input.valueAsNumber !== this.reportedValue) this.report()
    this.input.dataset.dial = data.key // a teacher's link may fix it
    this.label.textContent = data.label
    this.label.title = data.help
    if (data.help) this.input.setAttribute("aria-description", data.help)
    else this.input.removeAttribute("aria-description")
    Object.assign(this.input, { min: data.low, max: data.high, step: data.step, disabled: data.disabled })
    if (data.ink) this.paint(`light-dark(${data.ink[0]}, ${data.ink[1]})`)
    const isBehind = this.isHeld || this.waiting || data.answered < this.reportedAt // the reader has moved it since
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
    if (this.asksPage() && this.isHeld && this.data.answered >= this.reportedAt) this.report()
  }

  /** Whether the page answers while the dial moves. Where the server draws ahead of it, it answers when the dial rests. */
  asksPage() {
    return this.data.asks_page && !hasPreviews(this.data.key)
  }

  /** A chart drags it. */
  set({ key, value, isHeld }) {
    if (key !== this.data?.key) return
    this.isHeld = isHeld
    this.input.value = String(value)
    this.move()
    if (!isHeld) this.rest()
  }

  /** @param {number} value */
  text(value) {
    return this.data.names[value - this.data.low] ?? written(value, this.data.step)
  }

  paint(ink) {
    const box = this.input.parentElement ?? this.input // none where the input lies in a shadow root itself
    box.style.setProperty("--track-ink", ink)
    this.value.style.color = ink
  }

  write() {
    const { low, high, step, note, words } = this.data
    const value = this.input.valueAsNumber
    this.value.textContent = this.text(value)
    this.note.textContent = note ? NOTES[note](value, step) : ""
    this.input.setAttribute("aria-valuetext", words.value.replace("{value}", this.text(value)).replace("{most}", this.text(high)))
    this.input.style.setProperty("--share", String((value - low) / (high - low)))
  }

  /** The focus goes elsewhere while the page does not have the value, perhaps to a link or a preset. */
  leave() {
    if (!this.waiting) return
    if (hasPreviews(this.data.key)) this.rest() // the page alone knows the whole view: what is clicked next must come after this value
    else this.writeAddress()
  }

  restSoon() {
    clearTimeout(this.waiting)
    this.waiting = setTimeout(() => this.rest(), this.isHeld ? 0 : KEYS_REST)
  }

  /** The page gets the value at which the dial rests. */
  rest() {
    clearTimeout(this.waiting)
    this.waiting = undefined
    this.writeAddress()
    dispatchEvent(new CustomEvent(DIAL_RESTS, { detail: { key: this.data.key } }))
    this.report()
  }

  report() {
    this.reportedAt = Date.now()
    this.reportedValue = this.input.valueAsNumber
    this.setStateValue("moved", { value: this.reportedValue, at: this.reportedAt })
  }

  /** As the page will write it: who leaves before it has answered comes back to what was seen. */
  writeAddress() {
    if (!this.data.in_link || this.path !== location.pathname || "standalone" in document.documentElement.dataset) return // left, or a file from a disk
    const { key, usual } = this.data
    const url = new URL(location.href)
    if (this.input.valueAsNumber === usual) url.searchParams.delete(key)
    else url.searchParams.set(key, this.data.names[this.input.valueAsNumber - this.data.low] ?? this.input.value)
    if (url.href !== location.href) history.replaceState(history.state, "", url)
  }

  destroy() {
    removeEventListener(SET_DIAL, this.onSet)
    clearTimeout(this.waiting)
    forgetDial(this.data.key)
    this.parent.replaceChildren()
  }
}
