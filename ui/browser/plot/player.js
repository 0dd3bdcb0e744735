// Plays a figure's frames in the browser: play, pause, and a slider under the chart. The server takes no part.
import { element } from "./dom.js"

const MOVED = "unrolled:replay"

/** A figure's `layout.meta` may say that its replay begins at its end, and of which replay on the page it is a part. */
export class Player {
  constructor(parent, redraw) {
    this.redraw = redraw
    this.frames = []
    this.at = 0
    this.timer = null
    this.box = element("div", "player", parent)
    this.button = element("button", "play", this.box)
    this.button.type = "button"
    this.button.onclick = () => (this.timer ? this.stop() : this.play())
    this.slider = element("input", "frame", this.box)
    this.slider.type = "range"
    this.slider.min = 0
    this.slider.oninput = () => {
      const frame = Number(this.slider.value)
      this.stop()
      this.show(frame)
    }
    this.label = element("output", "label", this.box)
    this.label.setAttribute("aria-live", "off") // the slider says it; playing would talk without end
    this.box.onkeydown = (event) => event.stopPropagation()
    document.addEventListener(MOVED, ({ detail }) => {
      if (detail.from !== this && this.group && detail.group === this.group && this.box.isConnected) this.follow(detail.at)
    })
  }

  update(frames, words, { replay, begins_at_end: beginsAtEnd }) {
    const atEnd = this.frames.length > 0 ? this.at === this.frames.length - 1 : beginsAtEnd
    this.group = replay
    this.frames = frames
    this.words = words
    this.box.hidden = frames.length === 0
    // A run that grows is followed at its end; otherwise the chosen frame stays.
    this.at = atEnd || this.at >= frames.length ? Math.max(0, frames.length - 1) : this.at
    this.slider.max = Math.max(0, frames.length - 1)
    this.slider.setAttribute("aria-label", words.frame)
    if (frames.length === 0) this.stop()
    this.tell()
  }

  /** The figure with the frame in view laid over it. */
  apply(figure) {
    const frame = this.frames[this.at]
    if (!frame) return figure
    const data = [...figure.data]
    const targets = frame.traces ?? frame.data.map((_, index) => index)
    targets.forEach((target, index) => (data[target] = { ...data[target], ...frame.data[index] }))
    return { ...figure, data, layout: { ...figure.layout, ...frame.layout } }
  }

  play() {
    if (this.at === this.frames.length - 1) this.show(0)
    const wait = Math.max(40, Math.min(500, 6000 / this.frames.length)) // about six seconds in all
    this.timer = setInterval(() => {
      if (this.at < this.frames.length - 1) this.show(this.at + 1)
      else this.stop()
    }, wait)
    this.tell()
  }

  stop() {
    clearInterval(this.timer)
    this.timer = null
    this.tell()
  }

  show(frame) {
    this.at = frame
    this.tell()
    this.redraw()
    if (this.group) document.dispatchEvent(new CustomEvent(MOVED, { detail: { from: this, group: this.group, at: frame } }))
  }

  /** Another part of the same replay has moved. */
  follow(frame) {
    clearInterval(this.timer)
    this.timer = null
    this.at = Math.min(frame, this.frames.length - 1)
    this.tell()
    cancelAnimationFrame(this.waiting) // a slow surface leaves frames out, and does not hold up the other view
    this.waiting = requestAnimationFrame(() => this.redraw())
  }

  tell() {
    const playing = this.timer !== null
    this.button.textContent = playing ? "❚❚" : "▶"
    this.button.setAttribute("aria-label", playing ? this.words?.pause : this.words?.play)
    this.slider.value = this.at
    const name = this.frames[this.at]?.name ?? ""
    this.slider.setAttribute("aria-valuetext", name)
    this.label.textContent = name
  }
}
