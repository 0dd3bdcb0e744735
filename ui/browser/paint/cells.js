// The picture as the network reads it: each pixel a cell, in its place or in the order of reading.
const FLIGHT = 700 // milliseconds for the way from one to the other
const CELL_PIXELS = 64 // of the canvas, for the side of one cell; at most LONGEST in all
const LONGEST = 1400

export class Cells {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas
    this.inOrder = 0 // 0: every pixel in its place; 1: in the order of reading
    this.readTo = Infinity // pixels of the order of reading; later ones are faint
  }

  /** @param {PaintPicture | null} picture */
  receive(picture) {
    this.picture = picture
    if (picture) {
      const side = Math.min(CELL_PIXELS, Math.floor(LONGEST / picture.columns))
      this.canvas.width = picture.columns * side
      this.canvas.height = picture.rows * side
    }
    this.draw()
  }

  /**
   * @param {boolean} inOrder
   * @param {boolean} atOnce
   */
  fly(inOrder, atOnce) {
    const goal = inOrder ? 1 : 0
    cancelAnimationFrame(this.frame)
    if (atOnce || this.inOrder === goal) {
      this.inOrder = goal
      return this.draw()
    }
    const from = this.inOrder
    const begun = performance.now()
    const next = () => {
      const share = Math.min(1, (performance.now() - begun) / FLIGHT)
      this.inOrder = from + (goal - from) * share * share * (3 - 2 * share)
      this.draw()
      if (share < 1) this.frame = requestAnimationFrame(next)
    }
    next()
  }

  draw() {
    const pen = this.canvas.getContext("2d")
    const { width, height } = this.canvas
    const styles = getComputedStyle(this.canvas)
    pen.clearRect(0, 0, width, height)
    if (!this.picture) return
    const { rows, columns, values, order } = this.picture
    const [w, h] = [width / columns, height / rows]
    pen.fillStyle = styles.color
    for (let step = 0; step < values.length; step++) {
      const place = order.length ? order[step] : step
      const along = order.length ? this.inOrder : 0
      const x = mixed(place % columns, step % columns, along)
      const y = mixed(Math.floor(place / columns), Math.floor(step / columns), along)
      pen.globalAlpha = values[place] * (step < this.readTo ? 1 : 0.22)
      pen.fillRect(x * w, y * h, w, h)
    }
    pen.globalAlpha = 1
    pen.strokeStyle = styles.borderTopColor
    pen.lineWidth = 2
    pen.beginPath()
    for (let row = 1; row < rows; row++) pen.moveTo(0, row * h), pen.lineTo(width, row * h)
    for (let column = 1; column < columns; column++) pen.moveTo(column * w, 0), pen.lineTo(column * w, height)
    pen.stroke()
  }

  destroy() {
    cancelAnimationFrame(this.frame)
  }
}

/**
 * @param {number} from
 * @param {number} to
 * @param {number} share
 */
const mixed = (from, to, share) => from + (to - from) * share
