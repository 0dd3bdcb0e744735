// Plays the frames of a figure in the browser: play, pause, and a slider under the chart. Nothing is sent to the server.
import { element } from "./dom.js"

const MOVED = "unrolled:replay"

/** `layout.meta` of a figure can name the replay that it belongs to, and let it begin at its last frame, or at another one. */
export class Player {
  /**
   * @param {Element} parent
   * @param {() => void} redraw
   */
  constructor(parent, redraw) {
    this.redraw = redraw
    /** @type {Frame[]} */
    this.frames = []
    this.at = 0
    /** @type {number | null} */
    this.timer = null
    this.box = element("div", "player", parent)
    this.button = element("button", "play", this.box)
    this.button.type = "button"
    this.button.onclick = () => (this.timer ? this.stop() : this.play())
    this.slider = element("input", "frame", this.box)
    this.slider.type = "range"
    this.slider.min = "0"
    this.slider.oninput = () => {
      const frame = Number(this.slider.value)
      this.stop()
      this.goTo(frame)
    }
    this.label = element("output", "label", this.box)
    this.label.setAttribute("aria-live", "off") // the slider's text names the frame; here a screen reader would read every frame of a replay
    this.box.onkeydown = (event) => event.stopPropagation()
    document.addEventListener(MOVED, ({ detail }) => {
      if (detail.from !== this && this.group && detail.group === this.group && this.box.isConnected) this.follow(detail.at)
    })
  }

  /**
   * @param {Frame[]} frames
   * @param {PlotWords} words
   * @param {{replay?: string, begins_at_end?: boolean, begins_at?: number}} meta
   */
  update(frames, words, { replay, begins_at_end: beginsAtEnd, begins_at: begins }) {
    const atEnd = this.frames.length > 0 ? this.at === this.frames.length - 1 : beginsAtEnd
    if (begins !== undefined && (this.frames.length === 0 || this.at === this.begun)) this.at = begins // until the reader moves it
    this.begun = begins
    this.group = replay
    this.frames = frames
    this.words = words
    this.box.hidden = frames.length === 0
    // While a run goes on, its last frame stays in view; otherwise the chosen frame does.
    this.at = (atEnd && this.at !== begins) || this.at >= frames.length ? Math.max(0, frames.length - 1) : this.at
    this.slider.max = String(Math.max(0, frames.length - 1))
    this.slider.setAttribute("aria-label", words.frame)
    if (frames.length === 0) this.stop()
    this.showFrame()
  }

  /**
   * The figure with the data and the layout of the frame in view.
   * @param {Figure} figure
   * @returns {Figure}
   */
  apply(figure) {
    const frame = this.frames[this.at]
    if (!frame) return figure
    const data = [...figure.data]
    const targets = frame.traces ?? frame.data.map((_, index) => index)
    targets.forEach((target, index) => {
      data[target] = { ...data[target], ...frame.data[index] }
    })
    return { ...figure, data, layout: { ...figure.layout, ...frame.layout } }
  }

  play() {
    if (this.at === this.frames.length - 1) this.goTo(0)
    const wait = Math.max(40, Math.min(500, 6000 / this.frames.length)) // about six seconds in all
    this.timer = setInterval(() => {
      if (this.at < this.frames.length - 1) this.goTo(this.at + 1)
      else this.stop()
    }, wait)
    this.showFrame()
  }

  stop() {
    clearInterval(this.timer)
    this.timer = null
    this.showFrame()
  }

  /** @param {number} frame */
  goTo(frame) {
    this.at = frame
    this.showFrame()
    this.redraw()
    if (this.group) document.dispatchEvent(new CustomEvent(MOVED, { detail: { from: this, group: this.group, at: frame } }))
  }

  /**
   * Another chart of the same replay shows this frame now.
   * @param {number} frame
   */
  follow(frame) {
    clearInterval(this.timer)
    this.timer = null
    this.at = Math.min(frame, this.frames.length - 1)
    this.showFrame()
    cancelAnimationFrame(this.redrawing) // a chart that is slow to draw leaves frames out
    this.redrawing = requestAnimationFrame(() => this.redraw())
  }

  showFrame() {
    const playing = this.timer !== null
    this.button.textContent = playing ? "❚❚" : "▶"
    this.button.setAttribute("aria-label", playing ? this.words?.pause : this.words?.play)
    this.slider.value = String(this.at)
    const name = this.frames[this.at]?.name ?? ""
    this.slider.setAttribute("aria-valuetext", name)
    this.label.textContent = name
  }
}
