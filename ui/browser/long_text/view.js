// The text below, the strip of all of it above. Only the lines that can be seen are elements of the page, so that a text of 100,000
// characters scrolls like a short one. All texts are set as text, not as HTML.
import { make } from "../shared/elements.js"
import { selectedRange } from "../shared/selected_range.js"
import { styleSheet } from "../shared/styles.js"
import { backgroundOf, isDark } from "../shared/theme.js"
import { bytes, isWide, lineOf, lineStarts } from "./lines.js"
import { drawOverview } from "./overview.js"

const BEYOND = 6 // lines above and below the visible ones
const BEFORE = 2 // lines above the place that is gone to

export class LongTextView {
  /** @param {ShadowRoot} parent */
  constructor(parent) {
    this.parent = parent
    this.title = make("div", "title")
    this.canvas = /** @type {HTMLCanvasElement} */ (make("canvas"))
    this.window = make("div", "window")
    this.overview = make("div", "overview")
    this.overview.append(this.canvas, this.window)
    this.overview.setAttribute("aria-hidden", "true") // the text below scrolls by keys
    this.sizer = make("div", "sizer")
    this.probe = make("span", "probe", "x".repeat(20))
    this.text = make("div", "text")
    this.text.tabIndex = 0
    this.text.setAttribute("role", "group")
    this.text.append(this.probe, this.sizer)
    this.foot = make("div", "foot")
    parent.append(styleSheet(), this.title, this.overview, this.text, this.foot)
    /** @type {Map<number, HTMLElement>} */
    this.lines = new Map()
    this.listen()
    this.resized = new ResizeObserver(() => this.layOut())
    this.resized.observe(this.text)
    this.themed = new MutationObserver(() => this.redraw())
    this.themed.observe(document.documentElement, { attributeFilter: ["style", "class", "data-projector"] })
  }

  listen() {
    this.text.onscroll = () => this.showLines()
    this.text.onpointerover = ({ target }) => this.read(target)
    this.text.onpointerleave = () => this.data && (this.foot.textContent = this.data.words.help)
    this.text.onpointerdown = () => (this.isSelecting = true)
    this.text.onpointerup = (event) => this.select(event)
    this.text.onpointercancel = () => (this.isSelecting = false)
    this.text.onkeydown = (event) => this.turn(event)
    this.overview.onpointerdown = (event) => {
      this.overview.setPointerCapture(event.pointerId)
      this.brush(event)
    }
    this.overview.onpointermove = (event) => event.buttons && this.brush(event)
  }

  /**
   * @param {LongTextMessage} data
   * @param {SendRange} setStateValue
   * @param {SendFromText} setTriggerValue
   */
  receive(data, setStateValue, setTriggerValue) {
    const isOther = data.text !== this.data?.text, isElsewhere = isOther || data.place !== this.data?.place
    this.data = data
    this.sendRange = setStateValue
    this.send = setTriggerValue
    this.title.textContent = data.title
    this.foot.textContent = data.words.help
    this.text.setAttribute("aria-label", data.alt)
    this.text.classList.toggle("large", data.fills_stage)
    if (!data.fills_stage) this.text.style.height = `${data.height - 110}px`
    this.values = new Int8Array(bytes(data.values).buffer)
    this.marks = bytes(data.marks)
    if (isOther) {
      this.characters = Array.from(data.text)
      this.columns = 0
      this.layOut()
    }
    this.redraw()
    if (isElsewhere) this.goTo(data.place)
  }

  /** @param {number} place */
  isMarked(place) {
    return Boolean((this.marks[place >> 3] >> (place & 7)) & 1)
  }

  layOut() {
    const style = getComputedStyle(this.text), width = this.text.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight)
    if (!this.data || width <= 0) return
    const columns = Math.max(8, Math.floor((20 * width) / this.probe.getBoundingClientRect().width) - 1) // one for the sign of a line's end
    if (columns === this.columns) return this.showLines()
    const place = this.columns ? this.firstVisible() : this.data.place
    this.columns = columns
    this.starts = lineStarts(this.characters, columns)
    this.lineHeight = parseFloat(style.lineHeight)
    this.sizer.style.height = `${(this.starts.length - 1) * this.lineHeight}px`
    this.forgetLines()
    this.goTo(place)
    this.redraw()
  }

  firstVisible() {
    return this.starts[Math.min(this.starts.length - 1, BEFORE + Math.floor(this.text.scrollTop / this.lineHeight))]
  }

  forgetLines() {
    for (const line of this.lines.values()) line.remove()
    this.lines.clear()
  }

  redraw() {
    if (!this.data || !this.starts) return
    const theme = isDark(backgroundOf(this.text)) ? 1 : 0
    const [low, , high] = this.data.colours.map((pair) => pair[theme])
    this.inks = { low, high, mark: getComputedStyle(this.text).color }
    drawOverview(this.canvas, this.values, (place) => this.isMarked(place), this.inks)
    this.forgetLines()
    this.showLines()
  }

  /** @param {number} place */
  goTo(place) {
    if (this.starts) this.text.scrollTop = (lineOf(this.starts, place) - BEFORE) * this.lineHeight
    this.showLines()
  }

  showLines() {
    if (!this.starts || !this.inks) return
    const count = this.starts.length - 1, top = this.text.scrollTop, height = this.text.clientHeight
    const first = Math.max(0, Math.floor(top / this.lineHeight) - BEYOND)
    const last = Math.min(count - 1, Math.ceil((top + height) / this.lineHeight) + BEYOND)
    for (const [number, line] of this.lines) {
      if (this.isSelecting || (number >= first && number <= last)) continue
      line.remove()
      this.lines.delete(number)
    }
    for (let number = first; number <= last; number += 1) if (!this.lines.has(number)) this.addLine(number)
    const all = this.characters.length, start = this.starts[Math.min(count, Math.floor(top / this.lineHeight))]
    const end = this.starts[Math.min(count, Math.ceil((top + height) / this.lineHeight))]
    this.window.style.left = `${(100 * start) / all}%`
    this.window.style.width = `${(100 * (end - start)) / all}%`
  }

  /** @param {number} number */
  addLine(number) {
    const line = make("div", "line")
    line.style.top = `${number * this.lineHeight}px`
    for (let at = this.starts[number]; at < this.starts[number + 1]; at += 1) line.append(this.letter(at))
    this.lines.set(number, line)
    const next = [...this.lines.keys()].filter((other) => other > number).sort((one, two) => one - two)[0]
    this.sizer.insertBefore(line, this.lines.get(next) ?? null) // in the order of the text, for a selection
  }

  /** @param {number} at */
  letter(at) {
    const character = this.characters[at], value = this.values[at]
    const letter = make("span", [this.isMarked(at) ? "mark" : "", isWide(character) ? "wide" : "", at === this.data.place ? "place" : ""].join(" "))
    letter.textContent = character === "\n" ? "↵" : character
    letter.style.background = `color-mix(in srgb, ${value < 0 ? this.inks.low : this.inks.high} ${Math.round(Math.abs(value) * 0.75)}%, transparent)`
    letter.dataset.at = String(at)
    return letter
  }

  /** @param {EventTarget} target */
  read(target) {
    const at = Number(/** @type {HTMLElement} */ (target).dataset?.at ?? -1)
    if (at < 0) return
    const character = this.characters[at], visible = { " ": "␣", "\n": "↵" }[character] ?? character
    const said = this.data.words.value.replace("{value}", (this.values[at] / 100).toFixed(2)).replace("{place}", String(at + 1))
    this.foot.textContent = said.replace("{character}", () => visible)
  }

  /** @param {PointerEvent} event */
  select({ target }) {
    this.isSelecting = false
    const range = selectedRange(/** @type {ShadowRoot} */ (this.text.getRootNode()), this.text)
    const at = Number(/** @type {HTMLElement} */ (target).dataset?.at ?? -1)
    if (range) this.sendRange("range", range)
    else if (at >= 0) this.send("place", at)
  }

  /** @param {KeyboardEvent} event */
  turn(event) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!by || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    const position = this.data.position + by
    if (position < 0 || position >= this.data.positions) return
    this.data.position = position // for a second press before the page has answered
    this.send("position", position)
  }

  /** @param {PointerEvent} event */
  brush(event) {
    const box = this.overview.getBoundingClientRect()
    const share = Math.max(0, Math.min(1, (event.clientX - box.left) / box.width))
    const line = lineOf(this.starts, Math.floor(share * this.characters.length))
    this.text.scrollTop = line * this.lineHeight - this.text.clientHeight / 2
  }

  destroy() {
    this.resized.disconnect()
    this.themed.disconnect()
    this.parent.replaceChildren()
  }
}
