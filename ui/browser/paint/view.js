// The field: its pixels, the cursor of the keys, and what pointer and keys do to them.
import { styleSheet } from "../shared/styles.js"
import { backgroundOf, isDark } from "../shared/theme.js"

const make = (name, className, parent) => {
  const node = document.createElement(name)
  if (className) node.className = className
  parent.append(node)
  return node
}

const KEYS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }

export class PaintView {
  constructor(root) {
    this.root = root
    root.append(styleSheet())
    this.field = make("canvas", "field", root)
    this.field.tabIndex = 0
    this.field.setAttribute("role", "application") // so that a screen reader hands the arrow keys on
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
    this.field.onkeydown = (event) => this.key(event)
    this.field.onfocus = () => this.show()
    this.field.onblur = () => this.leave()
    this.erase(false)
  }

  destroy() {
    this.root.replaceChildren()
  }

  receive(data, tell) {
    this.tell = tell
    const [width, height] = data.field
    if (String(data.field) !== String(this.data?.field)) {
      this.pixels = inked(data.ink, width, height)
      this.at = [Math.floor(width / 2), Math.floor(height / 2)]
    }
    this.data = data
    this.field.width = width * 4
    this.field.height = height * 4
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

  erase(on) {
    this.erasing = on
    this.eraseButton.setAttribute("aria-pressed", String(on))
  }

  /** The pixel under the pointer, with fractions. */
  under(event) {
    const box = this.field.getBoundingClientRect()
    const [width, height] = this.data.field
    return [((event.clientX - box.left) / box.width) * width, ((event.clientY - box.top) / box.height) * height]
  }

  press(event) {
    if (event.button > 0) return
    event.preventDefault()
    this.field.focus({ preventScroll: true })
    this.field.setPointerCapture(event.pointerId)
    this.keyed = false
    this.last = this.under(event)
    this.stroke(this.last, this.last)
  }

  move(event) {
    if (!this.last) return
    for (const each of event.getCoalescedEvents?.() ?? [event]) {
      const next = this.under(each)
      this.stroke(this.last, next)
      this.last = next
    }
  }

  release() {
    if (!this.last) return
    this.last = null
    this.send()
  }

  /** A round pen from one place to another: a fast pointer leaves no gaps. */
  stroke([x0, y0], [x1, y1]) {
    const [width, height] = this.data.field
    const radius = this.data.pen * (this.erasing ? 1.6 : 1)
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

  key(event) {
    event.stopPropagation() // Streamlit has shortcuts of its own
    const step = KEYS[event.key]
    if (!step && event.key !== " ") return
    event.preventDefault()
    this.keyed = true
    const [width, height] = this.data.field
    const centre = () => [this.at[0] + 0.5, this.at[1] + 0.5]
    const before = centre()
    if (step) {
      const far = Math.max(2, Math.round(1.6 * this.data.pen))
      this.at = [between(this.at[0] + far * step[0], width - 1), between(this.at[1] + far * step[1], height - 1)]
      if (this.penDown) this.stroke(before, centre())
    } else {
      this.penDown = !this.penDown
      if (this.penDown) this.stroke(before, before)
      else this.send()
    }
    const { where, down, up } = this.data.words
    const said = where.replace("{row}", this.at[1] + 1).replace("{column}", this.at[0] + 1)
    this.spoken.textContent = said.replace("{pen}", this.penDown ? down : up)
    this.show()
  }

  leave() {
    if (this.penDown) this.send()
    this.penDown = this.keyed = false
    this.show()
  }

  show() {
    if (!this.data) return
    const [width, height] = this.data.field
    const pen = this.field.getContext("2d")
    pen.clearRect(0, 0, this.field.width, this.field.height)
    pen.fillStyle = this.ink
    for (let place = 0; place < this.pixels.length; place++) {
      if (this.pixels[place]) pen.fillRect((place % width) * 4, Math.floor(place / width) * 4, 4, 4)
    }
    if (!this.keyed) return
    pen.strokeStyle = getComputedStyle(this.field).getPropertyValue("--st-primary-color") || this.ink
    pen.lineWidth = this.penDown ? 4 : 2
    const radius = this.data.pen * 4
    pen.strokeRect((this.at[0] + 0.5) * 4 - radius, (this.at[1] + 0.5) * 4 - radius, 2 * radius, 2 * radius)
  }

  send() {
    const packed = new Uint8Array(Math.ceil(this.pixels.length / 8))
    this.pixels.forEach((ink, place) => (packed[place >> 3] |= ink << (7 - (place & 7))))
    this.tell("ink", { field: this.data.field, bits: btoa(String.fromCharCode(...packed)) })
  }
}

/** What was drawn here before, where the page kept it. */
function inked(kept, width, height) {
  const pixels = new Uint8Array(width * height)
  if (String(kept?.field) !== String([width, height])) return pixels
  const packed = Uint8Array.from(atob(kept.bits), (letter) => letter.charCodeAt(0))
  return pixels.map((_, place) => (packed[place >> 3] >> (7 - (place & 7))) & 1)
}

const between = (value, high) => Math.max(0, Math.min(high, value))
