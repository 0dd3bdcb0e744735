// The field: its pixels, the cursor that the keys move, and how pointer and keys draw.
import { styleSheet } from "../shared/styles.js"
import { backgroundOf, isDark } from "../shared/theme.js"

/** @typedef {[x: number, y: number]} Position in pixels of the field */

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {string} className
 * @param {Node & ParentNode} parent
 * @returns {HTMLElementTagNameMap[Name]}
 */
const make = (name, className, parent) => {
  const node = document.createElement(name)
  if (className) node.className = className
  parent.append(node)
  return node
}

const SCREEN_PIXELS = 4 // of the canvas, for the side of one pixel of the field
const ERASER = 1.6 // times as wide as the pen
/** @type {Record<string, Position>} */
const KEYS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }

export class PaintView {
  /** @param {ShadowRoot} root */
  constructor(root) {
    this.root = root
    root.append(styleSheet())
    this.field = make("canvas", "field", root)
    this.field.tabIndex = 0
    this.field.setAttribute("role", "application") // so that a screen reader passes the arrow keys on
    this.spoken = make("div", "spoken", root)
    this.spoken.setAttribute("aria-live", "polite")
    const foot = make("div", "foot", root)
    this.clearButton = make("button", "", foot)
    this.eraseButton = make("button", "", foot)
    this.help = make("span", "", foot)
    this.clearButton.onclick = () => this.clear()
    this.eraseButton.onclick = () => this.erase(!this.erasing)
    this.field.onpointerdown = (event) => this.press(event)
    this.field.onpointermove = (event) => this.move(event)
    this.field.onpointerup = this.field.onpointercancel = () => this.release()
    this.field.onkeydown = (event) => this.pressKey(event)
    this.field.onfocus = () => this.show()
    this.field.onblur = () => this.leave()
    this.erase(false)
  }

  destroy() {
    this.root.replaceChildren()
  }

  /**
   * @param {PaintMessage} data
   * @param {SendPixels} setStateValue
   */
  receive(data, setStateValue) {
    this.setStateValue = setStateValue
    const [width, height] = data.field
    if (String(data.field) !== String(this.data?.field)) {
      this.pixels = unpacked(data.ink, width, height)
      /** @type {Position} the cursor of the keys */
      this.at = [Math.floor(width / 2), Math.floor(height / 2)]
    }
    this.data = data
    this.field.width = width * SCREEN_PIXELS
    this.field.height = height * SCREEN_PIXELS
    this.field.style.width = `${(data.shown * width) / height}px`
    this.field.style.aspectRatio = `${width} / ${height}`
    this.field.setAttribute("aria-label", data.label)
    this.clearButton.textContent = data.words.clear
    this.eraseButton.textContent = data.words.erase
    this.help.textContent = data.words.help
    this.ink = data.inks[isDark(backgroundOf(this.field)) ? 1 : 0]
    this.show()
  }

  clear() {
    this.pixels.fill(0)
    this.show()
    this.send()
  }

  /** @param {boolean} on */
  erase(on) {
    this.erasing = on
    this.eraseButton.setAttribute("aria-pressed", String(on))
  }

  /**
   * Where the pointer is, with fractions of a pixel.
   * @param {PointerEvent} event
   * @returns {Position}
   */
  under(event) {
    const box = this.field.getBoundingClientRect()
    const [width, height] = this.data.field
    return [((event.clientX - box.left) / box.width) * width, ((event.clientY - box.top) / box.height) * height]
  }

  /** @param {PointerEvent} event */
  press(event) {
    if (event.button > 0) return
    event.preventDefault()
    this.field.focus({ preventScroll: true })
    this.field.setPointerCapture(event.pointerId)
    this.usesKeys = false
    this.last = this.under(event)
    this.stroke(this.last, this.last)
  }

  /** @param {PointerEvent} event */
  move(event) {
    if (!this.last) return
    for (const moved of event.getCoalescedEvents?.() ?? [event]) {
      const next = this.under(moved)
      this.stroke(this.last, next)
      this.last = next
    }
  }

  release() {
    if (!this.last) return
    this.last = null
    this.send()
  }

  /**
   * A straight stroke of the round pen, or of the eraser.
   * @param {Position} from
   * @param {Position} to
   */
  stroke([x0, y0], [x1, y1]) {
    const [width, height] = this.data.field
    const radius = this.data.pen * (this.erasing ? ERASER : 1)
    const steps = Math.max(1, Math.ceil(Math.hypot(x1 - x0, y1 - y0) * 2))
    for (let k = 0; k <= steps; k++) {
      const x = x0 + ((x1 - x0) * k) / steps
      const y = y0 + ((y1 - y0) * k) / steps
      for (let row = Math.max(0, Math.floor(y - radius)); row <= Math.min(height - 1, y + radius); row++) {
        for (let column = Math.max(0, Math.floor(x - radius)); column <= Math.min(width - 1, x + radius); column++) {
          if (Math.hypot(column + 0.5 - x, row + 0.5 - y) <= radius) this.pixels[row * width + column] = this.erasing ? 0 : 1
        }
      }
    }
    this.show()
  }

  /** @param {KeyboardEvent} event */
  pressKey(event) {
    event.stopPropagation() // Streamlit has shortcuts of its own
    const step = KEYS[event.key]
    if (!step && event.key !== " ") return
    event.preventDefault()
    this.usesKeys = true
    const [width, height] = this.data.field
    /** @returns {Position} */
    const centre = () => [this.at[0] + 0.5, this.at[1] + 0.5]
    const before = centre()
    if (step) {
      const distance = Math.max(2, Math.round(1.6 * this.data.pen))
      this.at = [clamp(this.at[0] + distance * step[0], width - 1), clamp(this.at[1] + distance * step[1], height - 1)]
      if (this.penDown) this.stroke(before, centre())
    } else {
      this.penDown = !this.penDown
      if (this.penDown) this.stroke(before, before)
      else this.send()
    }
    const { where, down, up } = this.data.words
    const position = where.replace("{row}", String(this.at[1] + 1)).replace("{column}", String(this.at[0] + 1))
    this.spoken.textContent = position.replace("{pen}", this.penDown ? down : up)
    this.show()
  }

  leave() {
    if (this.penDown) this.send()
    this.penDown = this.usesKeys = false
    this.show()
  }

  show() {
    if (!this.data) return
    const [width] = this.data.field
    const side = SCREEN_PIXELS
    const pen = this.field.getContext("2d")
    pen.clearRect(0, 0, this.field.width, this.field.height)
    pen.fillStyle = this.ink
    for (let place = 0; place < this.pixels.length; place++) {
      if (this.pixels[place]) pen.fillRect((place % width) * side, Math.floor(place / width) * side, side, side)
    }
    if (!this.usesKeys) return
    pen.strokeStyle = getComputedStyle(this.field).getPropertyValue("--st-primary-color") || this.ink
    pen.lineWidth = this.penDown ? 4 : 2
    const radius = this.data.pen * side
    pen.strokeRect((this.at[0] + 0.5) * side - radius, (this.at[1] + 0.5) * side - radius, 2 * radius, 2 * radius)
  }

  send() {
    const packed = new Uint8Array(Math.ceil(this.pixels.length / 8))
    this.pixels.forEach((ink, place) => (packed[place >> 3] |= ink << (7 - (place & 7))))
    this.setStateValue("ink", { field: this.data.field, bits: btoa(String.fromCharCode(...packed)) })
  }
}

/**
 * The pixels that the session keeps, one number each; an empty field where they are of another size.
 * @param {PackedPixels | null} kept
 * @param {number} width
 * @param {number} height
 */
function unpacked(kept, width, height) {
  const pixels = new Uint8Array(width * height)
  if (String(kept?.field) !== String([width, height])) return pixels
  const packed = Uint8Array.from(atob(kept.bits), (letter) => letter.charCodeAt(0))
  return pixels.map((_, place) => (packed[place >> 3] >> (7 - (place & 7))) & 1)
}

/**
 * @param {number} value
 * @param {number} high
 */
const clamp = (value, high) => Math.max(0, Math.min(high, value))
