// The stage of the page: the ball plays on the left, and on the right lies everything that the network makes of it, on one axis.
import { writeSentence } from "../shared/sentence.js"
import { styleSheet } from "../shared/styles.js"
import { html, svg } from "../stepper/dom.js"
import { BallField } from "./field.js"
import { colourOf } from "./pixels.js"
import { Rows } from "./rows.js"

const TICK = 170 // milliseconds a frame
const ICONS = { play: "M6 3.5v17L20 12z", pause: "M5 4h5v16H5zM14 4h5v16h-5z" }

export class StripView {
  /** @param {ShadowRoot} parent */
  constructor(parent) {
    this.parent = parent
    this.field = new BallField({ begin: () => this.stop(), end: (path) => this.end(path) })
    this.rows = new Rows()
    this.sentence = html("p", { class: "sentence" })
    this.playButton = html("button", { class: "play" })
    this.playButton.onclick = () => (this.timer ? this.stop() : this.play())
    this.hint = html("p", { class: "hint" })
    const foot = html("div", { class: "foot" })
    foot.append(this.playButton, this.hint)
    const left = html("div", { class: "left" })
    left.append(this.field.root, foot)
    const main = html("div", { class: "main" })
    main.append(left, this.rows.root)
    this.root = html("div", { class: "strip" })
    this.root.dataset.picture = ""
    this.root.append(this.sentence, main)
    this.rows.root.onpointermove = this.rows.root.onpointerdown = (event) => this.point(event)
    this.rows.root.onkeydown = (event) => this.onKey(event)
    this.frame = 0
    parent.append(styleSheet(), this.root)
  }

  /**
   * @param {StripMessage} data
   * @param {PartCall<any>["setStateValue"]} _setStateValue
   * @param {SendPath} setTriggerValue
   */
  receive(data, _setStateValue, setTriggerValue) {
    const isOther = data.name !== this.data?.name
    const content = JSON.stringify([data.frames, data.predicted, data.beliefs, data.seen, data.kinds, colourOf(this.root, "--read")])
    this.data = data
    this.send = setTriggerValue
    this.field.receive(data)
    writeSentence(this.sentence, data.sentence)
    this.hint.textContent = [data.words.hint, data.places.length > data.seen ? data.words.ring : ""].filter(Boolean).join(" · ")
    if (content !== this.content) this.rows.draw(data)
    this.content = content
    if (this.field.isBusy) return
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches
    if (isOther && !isStill) this.play()
    else this.show(isOther ? data.frames.length - 1 : Math.min(this.frame, data.frames.length - 1))
  }

  /** @param {number} frame */
  show(frame) {
    this.frame = frame
    this.field.show(frame)
    this.rows.show(frame, this.field.label.textContent)
    const isPlaying = Boolean(this.timer)
    const icon = ICONS[isPlaying ? "pause" : "play"]
    this.playButton.replaceChildren(svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("path", { d: icon })))
    this.playButton.setAttribute("aria-label", this.data.words[isPlaying ? "pause" : "play"])
  }

  play() {
    this.stop()
    const last = this.data.frames.length - 1
    let rounds = 0
    this.timer = setInterval(() => {
      if (this.frame < last) return this.show(this.frame + 1)
      if (rounds < 1) {
        rounds += 1
        return this.show(0)
      }
      this.stop()
    }, TICK)
    this.show(0)
  }

  stop() {
    clearInterval(this.timer)
    this.timer = undefined
    if (this.data && !this.field.isBusy) this.show(this.frame)
  }

  /** @param {Pair[] | null} path */
  end(path) {
    if (path) this.send("path", path)
    else this.show(this.frame)
  }

  /** @param {PointerEvent} event */
  point(event) {
    if (event.pointerType !== "mouse" && event.type === "pointermove" && !event.buttons) return
    this.stop()
    this.show(this.rows.under(event, this.data.frames.length))
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const last = this.data.frames.length - 1
    const to = { ArrowRight: this.frame + 1, ArrowLeft: this.frame - 1, Home: 0, End: last }[event.key]
    if (to === undefined) return
    event.preventDefault()
    event.stopPropagation()
    this.stop()
    this.show(Math.max(0, Math.min(last, to)))
  }

  destroy() {
    clearInterval(this.timer)
    this.parent.replaceChildren()
  }
}
