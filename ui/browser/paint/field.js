// The ink: its pixels, the cursor that the keys move, and how pointer and keys draw.

/** @typedef {[x: number, y: number]} Position in pixels of the field */

const SCREEN_PIXELS = 4 // of the canvas, for the side of one pixel of the field
const ERASER = 1.6 // times as wide as the pen
/** @type {Record<string, Position>} */
const KEYS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }

/** @typedef {{ begin(): void, stroke(): void, rest(): void }} InkListener a stroke begins; pixels have changed; a stroke is over */

export class InkField {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {HTMLElement} spoken where the position of the keys' cursor is announced
   * @param {InkListener} listener
   */
  constructor(canvas, spoken, listener) {
    this.canvas = canvas
    this.spoken = spoken
    this.listener = listener
    this.erasing = false
    canvas.tabIndex = 0
    canvas.setAttribute("role", "application") // so that a screen reader passes the arrow keys on
    canvas.onpointerdown = (event) => this.press(event)
    canvas.onpointermove = (event) => this.move(event)
    canvas.onpointerup = canvas.onpointercancel = () => this.release()
    canvas.onkeydown = (event) => this.pressKey(event)
    canvas.onfocus = () => this.show()
    canvas.onblur = () => this.leave()
  }

  /** @param {PaintMessage} data */
  receive(data) {
    const [width, height] = data.field
    if (String(data.field) !== String(this.data?.field)) {
      this.pixels = new Uint8Array(width * height)
      /** @type {Position} the cursor of the keys */
      this.at = [Math.floor(width / 2), Math.floor(height / 2)]
      this.canvas.width = width * SCREEN_PIXELS
      this.canvas.height = height * SCREEN_PIXELS
    }
    this.data = data
    this.canvas.setAttribute("aria-label", data.label)
    this.show()
  }

  get isDrawing() {
    return Boolean(this.last || this.penDown)
  }

  /** @param {PackedPixels | null} kept */
  fill(kept) {
    this.pixels = unpacked(kept, ...this.data.field)
    this.show()
  }

  /**
   * Where the pointer is, with fractions of a pixel.
   * @param {PointerEvent} event
   * @returns {Position}
   */
  under(event) {
    const box = this.canvas.getBoundingClientRect()
    const [width, height] = this.data.field
    return [((event.clientX - box.left) / box.width) * width, ((event.clientY - box.top) / box.height) * height]
  }

  /** @param {PointerEvent} event */
  press(event) {
    if (event.button > 0) return
    event.preventDefault()
    this.canvas.focus({ preventScroll: true })
    this.canvas.setPointerCapture(event.pointerId)
    this.usesKeys = false
    this.last = this.under(event)
    this.listener.begin()
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
    this.listener.rest()
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
    this.listener.stroke()
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
      if (this.penDown) {
        this.listener.begin()
        this.stroke(before, before)
      } else this.listener.rest()
    }
    const { where, down, up } = this.data.words
    const position = where.replace("{row}", String(this.at[1] + 1)).replace("{column}", String(this.at[0] + 1))
    this.spoken.textContent = position.replace("{pen}", this.penDown ? down : up)
    this.show()
  }

  leave() {
    const wasDown = this.penDown
    this.penDown = this.usesKeys = false
    if (wasDown) this.listener.rest()
    this.show()
  }

  show() {
    if (!this.data) return
    const [width] = this.data.field
    const side = SCREEN_PIXELS
    const pen = this.canvas.getContext("2d")
    const styles = getComputedStyle(this.canvas)
    this.canvas.classList.toggle("keys", Boolean(this.usesKeys))
    pen.clearRect(0, 0, this.canvas.width, this.canvas.height)
    pen.fillStyle = styles.color
    for (let place = 0; place < this.pixels.length; place++) {
      if (this.pixels[place]) pen.fillRect((place % width) * side, Math.floor(place / width) * side, side, side)
    }
    if (!this.usesKeys) return
    pen.strokeStyle = styles.getPropertyValue("--st-primary-color") || styles.color
    pen.lineWidth = this.penDown ? 4 : 2
    const radius = this.data.pen * side
    pen.strokeRect((this.at[0] + 0.5) * side - radius, (this.at[1] + 0.5) * side - radius, 2 * radius, 2 * radius)
  }

  /** @returns {PackedPixels} */
  packed() {
    const bits = new Uint8Array(Math.ceil(this.pixels.length / 8))
    this.pixels.forEach((ink, place) => (bits[place >> 3] |= ink << (7 - (place & 7))))
    return { field: this.data.field, bits: btoa(String.fromCharCode(...bits)) }
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
