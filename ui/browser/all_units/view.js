// Each unit is a small bar chart around its mean. Where not all have room, the page of the chosen one is shown. For a screen reader the
// picture is a slider over the units.
import { make } from "../shared/elements.js"
import { bytes } from "../long_text/lines.js"
import { styleSheet } from "../shared/styles.js"
import { backgroundOf, isDark } from "../shared/theme.js"

const NARROWEST = 30, TALL = 21, GAP = 4, EDGE = 6, ROWS = 3 // pixels, and rows at most
const FADED = 0.4

export class AllUnitsView {
  /** @param {ShadowRoot} parent */
  constructor(parent) {
    this.parent = parent
    this.title = make("div", "title")
    this.canvas = /** @type {HTMLCanvasElement} */ (make("canvas"))
    this.canvas.tabIndex = 0
    this.canvas.setAttribute("role", "slider")
    this.canvas.onkeydown = (event) => this.turn(event)
    this.canvas.onclick = (event) => this.choose(this.positionAt(event))
    this.canvas.onpointermove = (event) => (this.canvas.title = this.data?.names[this.positionAt(event)] ?? "")
    parent.append(styleSheet(), this.title, this.canvas)
    this.resized = new ResizeObserver(() => this.draw())
    this.resized.observe(this.title)
    this.themed = new MutationObserver(() => this.draw())
    this.themed.observe(document.documentElement, { attributeFilter: ["style", "class", "data-projector"] })
  }

  /**
   * @param {AllUnitsMessage} data
   * @param {PartCall<any>["setStateValue"]} _setStateValue
   * @param {SendPosition} setTriggerValue
   */
  receive(data, _setStateValue, setTriggerValue) {
    this.data = data
    this.send = setTriggerValue
    this.values = new Int8Array(bytes(data.units).buffer)
    this.position = data.position
    this.draw()
  }

  /** How many units are in a row and on a page, and the first one of the page. */
  layOut() {
    const count = this.data.names.length, width = this.canvas.clientWidth
    const columns = Math.max(1, Math.min(Math.ceil(count / Math.min(ROWS, count)), Math.floor((width - 2 * EDGE) / NARROWEST)))
    const most = columns * ROWS, first = Math.floor(this.position / most) * most
    return { columns, most, first, last: Math.min(count, first + most), wide: (width - 2 * EDGE) / columns }
  }

  draw() {
    if (!this.data || !this.canvas.clientWidth) return
    const { data, canvas } = this, { columns, first, last, wide } = this.layOut()
    const isAll = last - first === data.names.length
    const some = data.words.some.replace("{first}", String(first + 1)).replace("{last}", String(last)).replace("{units}", String(data.names.length))
    this.title.textContent = isAll ? data.title : `${data.title} ${some}`
    for (const [name, value] of Object.entries({ valuemin: 1, valuemax: data.names.length, valuenow: this.position + 1, valuetext: data.names[this.position], label: data.title }))
      canvas.setAttribute(`aria-${name}`, String(value))
    const rows = Math.ceil((last - first) / columns), height = 2 * EDGE + rows * (TALL + GAP) - GAP, ratio = devicePixelRatio || 1
    canvas.style.height = `${height}px`
    canvas.width = Math.round(canvas.clientWidth * ratio)
    canvas.height = Math.round(height * ratio)
    const pen = canvas.getContext("2d"), theme = isDark(backgroundOf(canvas)) ? 1 : 0, style = getComputedStyle(canvas)
    pen.scale(ratio, ratio)
    const inks = data.colours.map((pair) => pair[theme]), paper = style.borderTopColor
    for (let at = first; at < last; at += 1) {
      const left = EDGE + ((at - first) % columns) * wide, top = EDGE + Math.floor((at - first) / columns) * (TALL + GAP)
      pen.globalAlpha = data.clear[at] ? 1 : FADED
      pen.fillStyle = paper
      pen.fillRect(left, top, wide - GAP, TALL)
      this.drawUnit(pen, at, left, top, wide - GAP, inks)
      if (at !== this.position) continue
      pen.globalAlpha = 1
      pen.strokeStyle = style.color
      pen.lineWidth = 2
      pen.beginPath()
      pen.roundRect(left - 2, top - 2, wide - GAP + 4, TALL + 4, 5)
      pen.stroke()
    }
  }

  /** @param {CanvasRenderingContext2D} pen @param {number} at @param {number} left @param {number} top @param {number} wide @param {string[]} inks */
  drawUnit(pen, at, left, top, wide, inks) {
    const { steps } = this.data, middle = top + TALL / 2, bar = wide / steps
    for (let step = 0; step < steps; step += 1) {
      const high = (this.values[at * steps + step] / 100) * (TALL / 2 - 1)
      pen.fillStyle = inks[high < 0 ? 0 : 2]
      pen.fillRect(left + step * bar, Math.min(middle, middle - high), Math.max(0.6, 0.9 * bar), Math.abs(high))
    }
  }

  /** @param {MouseEvent} event */
  positionAt({ offsetX, offsetY }) {
    if (!this.data) return -1
    const { columns, first, last, wide } = this.layOut()
    const column = Math.floor((offsetX - EDGE) / wide), row = Math.floor((offsetY - EDGE) / (TALL + GAP))
    const at = first + row * columns + column
    return column >= 0 && column < columns && row >= 0 && at < last ? at : -1
  }

  /** @param {KeyboardEvent} event */
  turn(event) {
    if (!this.data || event.ctrlKey || event.metaKey || event.altKey) return
    const { columns } = this.layOut(), end = this.data.names.length - 1
    const next = { ArrowRight: this.position + 1, ArrowLeft: this.position - 1, ArrowDown: this.position + columns, ArrowUp: this.position - columns, Home: 0, End: end }[event.key]
    if (next === undefined) return
    event.preventDefault()
    event.stopPropagation()
    this.choose(next)
  }

  /** @param {number} position */
  choose(position) {
    if (!this.data || position === this.position || position < 0 || position >= this.data.names.length) return
    this.position = position // for a second press before the page has answered
    this.draw()
    this.send("position", position)
  }

  destroy() {
    this.resized.disconnect()
    this.themed.disconnect()
    this.parent.replaceChildren()
  }
}
