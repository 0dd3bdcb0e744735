// A picture that the visitor draws, the same as the network reads it, its beliefs on the same axis, and its answer.
import { styleSheet } from "../shared/styles.js"
import { Cells } from "./cells.js"
import { InkField } from "./field.js"
import { drawAnswer, drawCaptions, drawRows, drawStepNames, make, put } from "./labels.js"
import { places } from "./places.js"
import { drawStream } from "./stream.js"

const PATIENCE = 2000 // milliseconds; then an answer that has not come is not waited for
const READING = 3600 // milliseconds to read the whole picture
const GROUPS = { step: "unrolled:step", hover: "unrolled:hover" }

export class PaintView {
  /** @param {ShadowRoot} root */
  constructor(root) {
    this.root = root
    root.append(styleSheet())
    this.board = make("div", "board", root)
    this.sentence = make("p", "sentence", this.board)
    this.main = make("div", "main", this.board)
    this.rows = make("div", "rows", this.main)
    this.cells = new Cells(make("canvas", "cells", this.main))
    this.spoken = make("div", "spoken", this.board)
    this.spoken.setAttribute("aria-live", "polite")
    this.field = new InkField(make("canvas", "field", this.main), this.spoken, {
      begin: () => this.begin(),
      stroke: () => this.ask(false),
      rest: () => this.rest(),
    })
    this.hint = make("div", "hint", this.main)
    this.stream = make("div", "stream", this.main)
    this.bands = document.createElementNS("http://www.w3.org/2000/svg", "svg")
    this.mark = make("div", "mark", this.stream)
    this.stream.append(this.bands, this.mark)
    this.stream.tabIndex = 0
    this.stream.setAttribute("role", "slider")
    this.captions = make("div", "captions", this.main)
    this.stepNames = make("div", "steps", this.main)
    this.answer = make("div", "answer", this.main)
    const foot = make("div", "foot", this.board)
    this.playButton = make("button", "play", foot)
    this.clearButton = make("button", "", foot)
    this.eraseButton = make("button", "", foot)
    this.help = make("span", "", foot)
    this.playButton.onclick = () => (this.playing ? this.stop() : this.play())
    this.clearButton.onclick = () => this.clear()
    this.eraseButton.onclick = () => this.erase(!this.field.erasing)
    this.stream.onpointermove = this.stream.onpointerdown = (event) => this.point(event)
    this.stream.onpointerleave = () => this.show(null)
    this.stream.onkeydown = (event) => this.pressKey(event)
    this.resized = new ResizeObserver(() => this.layOut())
    this.resized.observe(this.board)
    this.erase(false)
  }

  destroy() {
    this.resized.disconnect()
    this.stop()
    this.cells.destroy()
    this.root.replaceChildren()
  }

  /**
   * @param {PaintMessage} data
   * @param {SendPixels} setStateValue
   * @param {SendCovered} setTriggerValue
   */
  receive(data, setStateValue, setTriggerValue) {
    const isFirst = !this.data
    const isOther = !isFirst && !data.is_own && data.name !== this.data.name
    this.setStateValue = setStateValue
    this.setTriggerValue = setTriggerValue
    this.asked = 0
    this.data = data
    this.field.receive(data)
    if (data.is_own && !this.isOwn && !this.field.isDrawing) this.field.fill(data.ink)
    this.isOwn = data.is_own || this.field.isDrawing
    this.clearButton.textContent = data.words.clear
    this.eraseButton.textContent = data.words.erase
    this.help.textContent = data.words.help
    this.hint.textContent = data.hint
    this.hint.hidden = Boolean(data.picture)
    this.sentence.replaceChildren(...data.sentence.split("**").map((text, k) => (k % 2 ? bold(text) : text)))
    this.sentence.hidden = !data.sentence
    this.playButton.hidden = !data.stream
    this.board.style.setProperty("--mark", data.stream ? `var(--text-${data.stream.ink})` : "")
    this.board.classList.toggle("fills", data.fills_stage)
    this.board.style.height = data.fills_stage ? "" : `${data.height}px`
    this.cells.receive(data.picture)
    this.settle(isFirst)
    this.layOut()
    if (isOther && data.stream && !matchMedia("(prefers-reduced-motion: reduce)").matches) this.play()
    else if (!this.playing) this.show(null)
  }

  /** What the pad shows at rest: the picture in the order of reading, with the visitor's own ink over it where no pixel is moved. */
  settle(atOnce = false) {
    const isDrawing = this.field.isDrawing
    const isMoved = Boolean(this.data.picture?.order.length)
    this.board.classList.toggle("drawing", isDrawing || !this.data.picture)
    this.board.classList.toggle("own", this.isOwn && !isMoved)
    this.cells.fly(isMoved && !isDrawing, atOnce || matchMedia("(prefers-reduced-motion: reduce)").matches)
  }

  begin() {
    this.stop()
    if (!this.isOwn) this.field.fill(null)
    this.isOwn = true
    this.hint.hidden = true
    this.settle(true)
  }

  rest() {
    this.ask(true)
    this.settle()
  }

  /**
   * Send the ink: at the end of a stroke, and while it is drawn whenever the page has answered.
   * @param {boolean} isEnd
   */
  ask(isEnd) {
    const now = performance.now()
    if (!isEnd && now - this.asked < PATIENCE) return
    this.asked = now
    this.setStateValue("ink", this.field.packed())
  }

  clear() {
    this.stop()
    this.isOwn = true
    this.field.fill(null)
    this.ask(true)
  }

  /** @param {boolean} on */
  erase(on) {
    this.field.erasing = on
    this.eraseButton.setAttribute("aria-pressed", String(on))
  }

  layOut() {
    if (!this.data || !this.board.clientWidth) return
    const { data } = this
    this.isSmall = window.innerWidth < 760
    this.board.classList.toggle("small", this.isSmall)
    const across = data.stream?.across ?? false
    this.places = places(data, { width: this.main.clientWidth, height: this.main.clientHeight, isSmall: this.isSmall })
    const { pad, stream, answer, height } = this.places
    this.main.style.height = this.isSmall ? `${height}px` : ""
    for (const canvas of [this.cells.canvas, this.field.canvas, this.hint]) put(canvas, pad)
    put(this.stream, stream)
    put(this.answer, answer)
    this.answer.classList.toggle("beside", Boolean(answer && answer.width < 100))
    drawRows(this.rows, data, pad, (row) => this.setTriggerValue("cover", row))
    drawCaptions(this.captions, data, this.places, this.isSmall)
    drawStepNames(this.stepNames, data.stream, stream, (step) => this.show(step))
    if (data.stream && stream) {
      const size = { width: stream.width, height: stream.height, across }
      if (!isSame(this.drawn, [data.stream, size])) drawStream(this.bands, data.stream, size)
      this.drawn = [data.stream, size]
    }
    this.showStep()
  }

  get steps() {
    return this.data.stream?.beliefs.length ?? 0
  }

  /** @param {PointerEvent} event */
  point(event) {
    if (!this.steps) return
    this.stop()
    const box = this.stream.getBoundingClientRect()
    const across = this.data.stream.across
    const share = across ? (event.clientX - box.left) / box.width : (event.clientY - box.top) / box.height
    const first = this.data.stream.before ? 0 : 1
    const step = across ? Math.ceil(share * this.steps) : Math.round(share * this.steps)
    this.show(Math.max(first, Math.min(this.steps, step)))
    if (event.type === "pointerdown") this.tell(GROUPS.step)
  }

  /** @param {KeyboardEvent} event */
  pressKey(event) {
    const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key]
    if (!by) return
    event.preventDefault()
    event.stopPropagation()
    this.stop()
    const first = this.data.stream.before ? 0 : 1
    this.show(Math.max(first, Math.min(this.steps, (this.step ?? this.steps) + by)))
    this.tell(GROUPS.step)
  }

  /** @param {string} event */
  tell(event) {
    const { cursor } = this.data
    if (cursor) window.dispatchEvent(new CustomEvent(event, { detail: { group: cursor, step: this.step ?? null } }))
  }

  play() {
    this.playing = true
    this.setPlaying()
    const begun = performance.now() - (this.at && this.at < this.steps ? (this.at / this.steps) * READING : 0)
    const next = () => {
      this.at = Math.min(1, (performance.now() - begun) / READING) * this.steps
      if (this.at >= this.steps) return this.stop()
      this.frame = requestAnimationFrame(next)
      this.showStep()
    }
    next()
  }

  stop() {
    cancelAnimationFrame(this.frame)
    this.playing = false
    this.at = null
    if (this.data) this.show(null)
  }

  setPlaying() {
    this.playButton.textContent = this.playing ? "❚❚" : "▶"
    this.playButton.setAttribute("aria-label", this.playing ? this.data.words.pause : this.data.words.play)
  }

  /** @param {number | null} step null: the end */
  show(step) {
    this.step = step
    this.at = step
    this.setPlaying()
    this.showStep()
    this.tell(GROUPS.hover)
  }

  /** The picture, the stream and the answer, as far as it has read. */
  showStep() {
    const { stream, picture } = this.data
    const step = this.at === null || this.at === undefined ? null : Math.floor(this.at + 1e-6)
    drawAnswer(this.answer, this.stream, this.data, step)
    this.mark.hidden = !stream || this.at === null || this.at === undefined
    if (!stream || !this.places?.stream) return
    const at = this.at ?? this.steps
    const { width, height } = this.places.stream
    const isWhole = stream.across && !this.playing // across, the pointer marks a frame: the network has read all of them
    const share = at / this.steps
    this.bands.style.clipPath = isWhole || share === 1 ? "" : stream.across ? `inset(0 ${(1 - share) * 100}% 0 0)` : `inset(0 0 ${(1 - share) * 100}% 0)`
    const along = stream.across ? (isWhole ? (at - 0.5) / this.steps : share) * width : share * height
    this.mark.style.transform = stream.across ? `translateX(${along}px)` : `translateY(${along}px)`
    this.mark.className = stream.across ? "mark across" : "mark"
    this.cells.readTo = stream.across || !picture ? Infinity : Math.floor(share * this.steps + 1e-6) * (picture.values.length / this.steps)
    this.cells.draw()
  }
}

/** @param {string} text */
function bold(text) {
  const made = document.createElement("b")
  made.textContent = text
  return made
}

/** @param {any} one @param {any} other */
const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other)
