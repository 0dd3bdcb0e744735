// The wave is played: a hand draws it once, and the network goes on. Nothing plays by itself where the reader wants little motion.
const DRAWN_IN = 2300, CONTINUED_IN = 1700, AGAIN_IN = 900 // milliseconds
const wantsLittleMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches

export class Playing {
  constructor(view) {
    this.view = view
    this.isOn = false
  }

  /** From the first step, with the hand. */
  begin() {
    this.run(DRAWN_IN, CONTINUED_IN)
  }

  /** The network's own part alone. */
  continue() {
    this.run(0, AGAIN_IN)
  }

  run(drawing, continuing) {
    this.stop()
    const { view } = this
    if (wantsLittleMotion()) return
    this.isOn = true
    view.hint.hidden = true
    const read = view.wave.length, ahead = view.count - read
    let begun
    const frame = (now) => {
      begun ??= now
      const time = now - begun
      if (time < drawing) view.until = (read - 1) * eased(time / drawing)
      else view.until = read - 1 + ahead * (1 - (1 - Math.min(1, (time - drawing) / continuing)) ** 1.6)
      this.showHand(time < drawing)
      view.paint()
      if (time < drawing + continuing) this.next = requestAnimationFrame(frame)
      else this.stop()
    }
    this.next = requestAnimationFrame(frame)
  }

  showHand(isDrawing) {
    const { view } = this
    const { values } = view.run
    view.hand.style.opacity = isDrawing ? "0.92" : "0"
    if (!isDrawing) return
    const step = Math.floor(view.until), part = view.until - step
    const value = values[step] + (values[step + 1] - values[step]) * part
    view.hand.style.transform = `translate(${view.picture.x(view.until)}px, ${view.picture.y(value)}px)`
  }

  stop() {
    cancelAnimationFrame(this.next)
    if (!this.isOn) return
    const { view } = this
    this.isOn = false
    view.until = view.count - 1
    view.hand.style.opacity = "0"
    view.hint.hidden = view.data.isOwn || view.preset === null
    view.paintSoon()
  }
}

const eased = (share) => (share < 0.5 ? 2 * share ** 2 : 1 - 2 * (1 - share) ** 2)
